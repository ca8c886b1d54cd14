"""One version of a catalogue: classes, sub-categories and filing conditions that fit together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from processes.catalogue.entries import CategoryClass, FilingCondition, SubCategory
from processes.catalogue.errors import CatalogueError
from processes.catalogue.seasons import is_in_season
from processes.catalogue.terms import Term

Entry = TypeVar("Entry", CategoryClass, SubCategory, FilingCondition)


@dataclass(frozen=True)
class Catalogue:
    """Entries that fit together.

    CatalogueError `duplicate_key`, `no_parent`, or `no_condition` for a sub-category under which nothing could be
    filed.
    """

    kinds: tuple[Term, ...]
    classes: tuple[CategoryClass, ...]
    subcategories: tuple[SubCategory, ...]
    conditions: tuple[FilingCondition, ...]

    def __post_init__(self) -> None:
        kinds = {kind.code for kind in self.kinds}
        classes, subcategories = set(self._classes), set(self._subcategories)
        _require_parents(((entry.key, entry.kind) for entry in self.classes), kinds)
        _require_parents(((entry.key, entry.class_key) for entry in self.subcategories), classes)
        _require_parents(((entry.key, entry.subcategory) for entry in self._conditions.values()), subcategories)
        for key in subcategories - self._conditions_of.keys():
            raise CatalogueError(
                "no_condition", f"小类“{key}”没有立案条件", f"{key!r} has no filing condition", pointer=f"/{key}"
            )

    @cached_property
    def _classes(self) -> Mapping[str, CategoryClass]:
        return _by_key(self.classes)

    @cached_property
    def _subcategories(self) -> Mapping[str, SubCategory]:
        return _by_key(self.subcategories)

    @cached_property
    def _conditions(self) -> Mapping[str, FilingCondition]:
        return _by_key(self.conditions)

    @cached_property
    def _conditions_of(self) -> Mapping[str, tuple[FilingCondition, ...]]:
        found: dict[str, list[FilingCondition]] = {}
        for condition in self.conditions:
            found.setdefault(condition.subcategory, []).append(condition)
        return {key: tuple(sorted(each, key=lambda condition: condition.number)) for key, each in found.items()}

    def category_class(self, key: str) -> CategoryClass:
        """The class of a key such as component-01, or CatalogueError `unknown_key`."""
        return _found(self._classes, key)

    def subcategory(self, key: str) -> SubCategory:
        """The sub-category of a key such as component-0101, or CatalogueError `unknown_key`."""
        return _found(self._subcategories, key)

    def condition(self, key: str) -> FilingCondition:
        """The filing condition of a key such as component-0101-01, or CatalogueError `unknown_key`."""
        return _found(self._conditions, key)

    def conditions_of(
        self, subcategory: str, *, area_class: str = "", on: date | None = None
    ) -> tuple[FilingCondition, ...]:
        """The conditions a case of a sub-category may be filed under in an area and on a day, by number.

        A condition without area class holds everywhere, one without season all year; without a given area or day all
        are listed.
        """
        return tuple(each for each in self._conditions_of.get(subcategory, ()) if holds(each, area_class, on))

    def subcategories_of(self, class_key: str) -> tuple[SubCategory, ...]:
        """The sub-categories of a class, in the order of the catalogue."""
        return tuple(each for each in self.subcategories if each.class_key == class_key)

    def name_of(self, selector: str) -> str:
        """What a kind, class or sub-category is called; empty for a selector that names none, such as ``*``."""
        named = (self._subcategories.get(selector), self._classes.get(selector))
        found = next((each.name for each in named if each), None)
        return found or next((kind.name_zh for kind in self.kinds if kind.code == selector), "")


def holds(condition: FilingCondition, area_class: str, on: date | None) -> bool:
    """Whether a condition holds in an area (empty for any) and on a day (``None`` for any)."""
    return (not area_class or condition.area_class in ("", area_class)) and (
        on is None or is_in_season(condition.season, on)
    )


def _by_key(entries: Iterable[Entry]) -> Mapping[str, Entry]:
    by_key: dict[str, Entry] = {}
    for entry in entries:
        if entry.key in by_key:
            raise CatalogueError(
                "duplicate_key", f"“{entry.key}”重复", f"{entry.key!r} stands twice", pointer=f"/{entry.key}"
            )
        by_key[entry.key] = entry
    return by_key


def _require_parents(children: Iterable[tuple[str, str]], parents: set[str]) -> None:
    for key, parent in children:
        if parent not in parents:
            raise CatalogueError(
                "no_parent", f"“{key}”的上级“{parent}”不存在", f"{key!r} has no parent {parent!r}", pointer=f"/{key}"
            )


def _found(entries: Mapping[str, Entry], key: str) -> Entry:
    if key not in entries:
        raise CatalogueError("unknown_key", f"目录中没有“{key}”", f"the catalogue has no {key!r}", pointer="/key")
    return entries[key]
