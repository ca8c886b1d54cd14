"""A catalogue as a sheet. What is exported can be imported again without loss."""

from __future__ import annotations

from collections.abc import Iterator

from processes.catalogue.catalogue import Catalogue
from processes.catalogue.columns import CATALOGUE_COLUMNS
from processes.catalogue.entries import EvidenceRule, FilingCondition, SubCategory, TimeLimit
from processes.catalogue.vocabulary import STANDARD_VOCABULARY, Vocabulary
from processes.sheets import write_csv, write_xlsx

_HEADER = tuple(column.name_zh for column in CATALOGUE_COLUMNS)


def catalogue_csv(catalogue: Catalogue, *, vocabulary: Vocabulary = STANDARD_VOCABULARY) -> bytes:
    """The catalogue as CSV with Chinese column names; texts that look like formulas are quoted."""
    return write_csv(_HEADER, _rows(catalogue, vocabulary))


def catalogue_xlsx(catalogue: Catalogue, *, vocabulary: Vocabulary = STANDARD_VOCABULARY) -> bytes:
    """The catalogue as a workbook of text cells."""
    return write_xlsx(_HEADER, _rows(catalogue, vocabulary), sheet_name="立案处置结案标准")


def _rows(catalogue: Catalogue, vocabulary: Vocabulary) -> Iterator[tuple[str, ...]]:
    for condition in catalogue.conditions:
        for cells in _condition_rows(catalogue, condition, vocabulary):
            yield tuple(cells.get(column.key, "") for column in CATALOGUE_COLUMNS)


def _condition_rows(
    catalogue: Catalogue, condition: FilingCondition, vocabulary: Vocabulary
) -> Iterator[dict[str, str]]:
    """One row, or one for each milestone."""
    cells = _category_cells(catalogue, catalogue.subcategory(condition.subcategory), vocabulary)
    cells |= {
        "condition_no": str(condition.number),
        "filing_condition": condition.text,
        "limit_class": condition.limit_class,
        "area_class": condition.area_class,
        "season": condition.season,
        "evidence": "；".join(_evidence_text(rule, vocabulary) for rule in condition.evidence),
        "source": condition.source,
        **_limit_cells(condition.limit, vocabulary),
        "closing_condition": condition.closing,
    }
    if not condition.milestones:
        yield cells
    for milestone in condition.milestones:
        name = vocabulary.milestones.term(milestone.code).name_zh
        limit = _limit_cells(milestone.limit, vocabulary)
        yield {**cells, **limit, "milestone": name, "closing_condition": milestone.closing}


def _category_cells(catalogue: Catalogue, subcategory: SubCategory, vocabulary: Vocabulary) -> dict[str, str]:
    category_class = catalogue.category_class(subcategory.class_key)
    return {
        "kind": vocabulary.kinds.term(subcategory.kind).name_zh,
        "class_code": category_class.code,
        "class_name": category_class.name,
        "class_name_en": category_class.name_en,
        "sub_code": subcategory.code,
        "sub_name": subcategory.name,
        "sub_name_en": subcategory.name_en,
        "aliases": "；".join(subcategory.aliases),
        "unit_types": "；".join(subcategory.unit_types),
        "hints": "；".join(subcategory.hints),
        "legal_basis": subcategory.legal_basis,
    }


def _limit_cells(limit: TimeLimit, vocabulary: Vocabulary) -> dict[str, str]:
    return {"limit_value": str(limit.amount), "limit_unit": vocabulary.limit_units.term(limit.unit).name_zh}


def _evidence_text(rule: EvidenceRule, vocabulary: Vocabulary) -> str:
    usage = vocabulary.evidence_usages.term(rule.usage).name_zh
    medium = vocabulary.evidence_media.term(rule.medium).name_zh
    return f"{usage} {medium} {rule.least}" + (" 同视角" if rule.same_view else "")
