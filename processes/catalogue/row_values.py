"""From the texts of one catalogue row to values. What cannot be read names its column."""

from __future__ import annotations

import re
from dataclasses import dataclass

from processes.catalogue.columns import (
    ALIASES,
    AREA_CLASS,
    CLASS_CODE,
    CLASS_NAME,
    CLASS_NAME_EN,
    CLOSING_CONDITION,
    CONDITION_NO,
    EVIDENCE,
    FILING_CONDITION,
    HINTS,
    KIND,
    LEGAL_BASIS,
    LIMIT_CLASS,
    LIMIT_UNIT,
    LIMIT_VALUE,
    MILESTONE,
    SEASON,
    SOURCE,
    SUB_CODE,
    SUB_NAME,
    SUB_NAME_EN,
    UNIT_TYPES,
)
from processes.catalogue.entries import CategoryClass, EvidenceRule, FilingCondition, Milestone, SubCategory, TimeLimit
from processes.catalogue.errors import CatalogueError
from processes.catalogue.terms import Terms
from processes.catalogue.vocabulary import Vocabulary
from processes.sheets import Column, Row, SheetError, in_column

_BETWEEN_ITEMS = re.compile(r"[;；\n]+")
_AMOUNT_AND_UNIT = re.compile(r"([0-9]+)\s*(\D.*)")
_WHOLE_NUMBER = re.compile(r"[0-9]{1,9}")
_EVIDENCE = re.compile(
    r"(?P<usage>\S+)\s+(?P<medium>\S+)(\s+(?P<least>[0-9]{1,2}))?(?P<same_view>\s+(same_view|同视角))?"
)


@dataclass(frozen=True, slots=True)
class RowValues:
    """What one row says: a class, a sub-category and a condition, or one milestone of it."""

    number: int
    category_class: CategoryClass
    subcategory: SubCategory
    #: Its number is 0 when the row gives none.
    condition: FilingCondition

    @property
    def milestone(self) -> str:
        """The code of the milestone that the row gives, or nothing."""
        return self.condition.milestones[0].code if self.condition.milestones else ""


def row_values(row: Row, vocabulary: Vocabulary) -> RowValues:
    """The values of a row, or SheetError with the column that cannot be read."""
    try:
        return _values(row, vocabulary)
    except CatalogueError as error:
        raise in_column(error) from None


def _values(row: Row, vocabulary: Vocabulary) -> RowValues:
    kind = _term(vocabulary.kinds, row.required(KIND.key), KIND)
    class_code = _code(row, CLASS_CODE)
    category_class = CategoryClass(kind, class_code, row.required(CLASS_NAME.key), row.text(CLASS_NAME_EN.key))
    subcategory = SubCategory(
        kind,
        class_code,
        _code(row, SUB_CODE),
        row.required(SUB_NAME.key),
        row.text(SUB_NAME_EN.key),
        aliases=_items(row.text(ALIASES.key)),
        unit_types=_items(row.text(UNIT_TYPES.key)),
        legal_basis=row.text(LEGAL_BASIS.key),
        hints=_items(row.text(HINTS.key)),
    )
    return RowValues(row.number, category_class, subcategory, _condition(row, subcategory.key, vocabulary))


def _condition(row: Row, subcategory: str, vocabulary: Vocabulary) -> FilingCondition:
    limit = _limit(row, vocabulary)
    closing = row.required(CLOSING_CONDITION.key)
    milestones: tuple[Milestone, ...] = ()
    if row.text(MILESTONE.key):
        milestone = _term(vocabulary.milestones, row.text(MILESTONE.key), MILESTONE)
        milestones = (Milestone(milestone, limit, closing),)
    return FilingCondition(
        subcategory,
        _whole_number(row.text(CONDITION_NO.key) or "0", CONDITION_NO),
        row.required(FILING_CONDITION.key),
        limit,
        closing,
        limit_class=row.text(LIMIT_CLASS.key),
        area_class=row.text(AREA_CLASS.key),
        milestones=milestones,
        evidence=tuple(_evidence(item, vocabulary) for item in _items(row.text(EVIDENCE.key))),
        source=row.text(SOURCE.key),
        season=row.text(SEASON.key),
    )


def _limit(row: Row, vocabulary: Vocabulary) -> TimeLimit:
    """Amount and unit from two cells, or from one that reads like “2 工作日”."""
    amount, unit = row.required(LIMIT_VALUE.key), row.text(LIMIT_UNIT.key)
    together = _AMOUNT_AND_UNIT.fullmatch(amount)
    if together and not unit:
        amount, unit = together[1], together[2]
    if not unit:
        raise SheetError("empty_cell", "没有时限单位", "the time limit has no unit", column=LIMIT_UNIT.key)
    return TimeLimit(_whole_number(amount, LIMIT_VALUE), _term(vocabulary.limit_units, unit, LIMIT_UNIT))


def _evidence(item: str, vocabulary: Vocabulary) -> EvidenceRule:
    """A rule such as “verify photo 1 same_view” or “核查 照片 1 同视角”; the amount may be left out."""
    match = _EVIDENCE.fullmatch(item)
    if match is None:
        raise SheetError(
            "bad_evidence",
            f"取证要求“{item[:40]}”应写作“环节 方式 数量 [同视角]”",
            f"the evidence rule {item[:40]!r} must read: use medium amount [same_view]",
            column=EVIDENCE.key,
        )
    return EvidenceRule(
        _term(vocabulary.evidence_usages, match["usage"], EVIDENCE),
        _term(vocabulary.evidence_media, match["medium"], EVIDENCE),
        int(match["least"] or "1"),
        match["same_view"] is not None,
    )


def _code(row: Row, column: Column) -> str:
    """A code; spreadsheets that take 01 for a number leave 1, which is put right."""
    code = row.required(column.key).upper()
    return code.zfill(2) if code.isdecimal() else code


def _whole_number(text: str, column: Column) -> int:
    if not _WHOLE_NUMBER.fullmatch(text):
        raise SheetError(
            "not_a_number", f"“{text[:20]}”不是整数", f"{text[:20]!r} is not a whole number", column=column.key
        )
    return int(text)


def _items(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.strip() for item in _BETWEEN_ITEMS.split(text) if item.strip()))


def _term(terms: Terms, word: str, column: Column) -> str:
    return terms.term(word, pointer=f"/{column.key}").code
