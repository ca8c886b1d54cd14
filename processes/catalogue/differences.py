"""What changed from one version of a catalogue to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from processes.catalogue.catalogue import Catalogue
from processes.catalogue.entries import CategoryClass, EvidenceRule, FilingCondition, Milestone, SubCategory, TimeLimit

Entry = CategoryClass | SubCategory | FilingCondition


class Action(StrEnum):
    """What happened to an entry."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a changed entry, as texts for people."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry that differs."""

    action: Action
    #: class, subcategory or condition.
    sort: str
    key: str
    #: Name of the class or sub-category, text of the condition.
    title: str
    fields: tuple[FieldChange, ...] = ()


def differences_between(before: Catalogue | None, after: Catalogue) -> tuple[Difference, ...]:
    """All differences: classes, then sub-categories, then conditions, each in order of key."""
    layers = zip(("class", "subcategory", "condition"), _entries(before), _entries(after), strict=True)
    return tuple(
        difference
        for sort, old, new in layers
        for key in sorted(old.keys() | new.keys())
        if (difference := _difference(sort, old.get(key), new.get(key))) is not None
    )


def _entries(catalogue: Catalogue | None) -> tuple[Mapping[str, Entry], ...]:
    if catalogue is None:
        return ({}, {}, {})
    layers: tuple[tuple[Entry, ...], ...] = (catalogue.classes, catalogue.subcategories, catalogue.conditions)
    return tuple({entry.key: entry for entry in layer} for layer in layers)


def _difference(sort: str, old: Entry | None, new: Entry | None) -> Difference | None:
    if old is None and new is not None:
        return Difference(Action.ADDED, sort, new.key, _title(new))
    if new is None and old is not None:
        return Difference(Action.REMOVED, sort, old.key, _title(old))
    if old is None or new is None or old == new:
        return None
    changes = tuple(
        FieldChange(field.name, _text(getattr(old, field.name)), _text(getattr(new, field.name)))
        for field in fields(new)
        if getattr(old, field.name) != getattr(new, field.name)
    )
    return Difference(Action.CHANGED, sort, new.key, _title(new), changes)


def _title(entry: Entry) -> str:
    return entry.text if isinstance(entry, FilingCondition) else entry.name


def _text(value: object) -> str:
    match value:
        case TimeLimit(amount, unit):
            return f"{amount} {unit}"
        case Milestone(code, limit, closing):
            return f"{code}: {_text(limit)}, {closing}"
        case EvidenceRule(usage, medium, least, same_view):
            return " ".join((usage, medium, str(least), *(("same_view",) if same_view else ())))
        case tuple():
            return "; ".join(map(_text, value))
        case _:
            return str(value)
