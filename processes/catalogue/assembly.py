"""Puts the values of rows together to a catalogue; a row that contradicts an earlier one is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from processes.catalogue.catalogue import Catalogue
from processes.catalogue.entries import CategoryClass, FilingCondition, SubCategory
from processes.catalogue.numbering import Numbering
from processes.catalogue.row_values import RowValues
from processes.catalogue.vocabulary import Vocabulary
from processes.sheets import Finding, Severity, SheetError


class Assembly:
    """A catalogue while its rows come in."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._classes: dict[str, CategoryClass] = {}
        self._subcategories: dict[str, SubCategory] = {}
        self._conditions: dict[tuple[str, ...], FilingCondition] = {}
        self._row_of_number: dict[tuple[str, int], int] = {}

    def add(self, values: RowValues) -> list[Finding]:
        """Take one row and say what is odd about it; SheetError when it contradicts or repeats an earlier row."""
        self._add_condition(values)
        return [*self._add_class(values), *self._add_subcategory(values)]

    def catalogue(self, vocabulary: Vocabulary) -> Catalogue:
        """The catalogue of all rows taken; conditions that brought no number get one."""
        numbered = []
        for condition in self._conditions.values():
            number = condition.number or self._numbering.number_of(condition)
            numbered.append(replace(condition, number=number))
        return Catalogue(
            tuple(vocabulary.kinds),
            tuple(self._classes.values()),
            tuple(self._subcategories.values()),
            tuple(numbered),
        )

    def _add_condition(self, values: RowValues) -> None:
        condition = values.condition
        known = self._conditions.get(condition.identity)
        if known is not None:
            self._conditions[condition.identity] = _with_milestone(known, values)
            return
        if condition.number:
            place = (condition.subcategory, condition.number)
            earlier = self._row_of_number.setdefault(place, values.number)
            if earlier != values.number:
                raise SheetError(
                    "duplicate_number",
                    f"条件序号 {condition.number} 已在第 {earlier} 行使用",
                    f"row {earlier} has the condition number {condition.number} already",
                    column="condition_no",
                )
            self._numbering.reserve(*place)
        self._conditions[condition.identity] = condition

    def _add_class(self, values: RowValues) -> Iterator[Finding]:
        new = values.category_class
        known = self._classes.setdefault(new.key, new)
        if known.name != new.name:
            yield _two_names(values.number, "class_name", known=known.name, new=new.name)

    def _add_subcategory(self, values: RowValues) -> Iterator[Finding]:
        new = values.subcategory
        known = self._subcategories.setdefault(new.key, new)
        aliases = new.aliases
        if known.name != new.name:
            yield _two_names(values.number, "sub_name", known=known.name, new=new.name)
            aliases = (*aliases, new.name)
        self._subcategories[new.key] = replace(
            known,
            name_en=known.name_en or new.name_en,
            aliases=_joined(known.aliases, aliases),
            unit_types=_joined(known.unit_types, new.unit_types),
            legal_basis=known.legal_basis or new.legal_basis,
            hints=_joined(known.hints, new.hints),
        )


def _two_names(row: int, column: str, *, known: str, new: str) -> Finding:
    zh = f"同一代码先前名为“{known}”，本行名为“{new}”；保留前者，后者记为别名"
    en = f"the same code was called {known!r} before and {new!r} here; the former stays, the latter is an alias"
    return Finding("name_differs", Severity.NOTE, zh, en, row=row, column=column)


def _with_milestone(known: FilingCondition, values: RowValues) -> FilingCondition:
    """The condition with one more milestone; the last of a file carries the limit and closing of the whole."""
    taken = {milestone.code for milestone in known.milestones}
    if not taken or not values.milestone or values.milestone in taken:
        raise SheetError(
            "duplicate_condition",
            "同一小类下立案条件重复；多个节点须各写一行并填写不同的“节点”",
            "the filing condition stands twice under its sub-category; milestones take a row each, with different "
            "names in the column 'milestone'",
            column="filing_condition",
        )
    new = values.condition
    return replace(known, milestones=(*known.milestones, *new.milestones), limit=new.limit, closing=new.closing)


def _joined(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
