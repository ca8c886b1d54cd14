"""Import of a catalogue sheet: a dry run that gives a report, a candidate and its differences; then applying it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from processes.catalogue.assembly import Assembly
from processes.catalogue.catalogue import Catalogue
from processes.catalogue.columns import CATALOGUE_COLUMNS
from processes.catalogue.differences import Difference, differences_between
from processes.catalogue.errors import CatalogueError
from processes.catalogue.numbering import Numbering
from processes.catalogue.row_values import row_values
from processes.catalogue.versions import History
from processes.catalogue.vocabulary import STANDARD_VOCABULARY, Vocabulary
from processes.sheets import ImportReport, read_rows


@dataclass(frozen=True, slots=True)
class CatalogueImport:
    """What a file would make of the catalogue. Nothing has been changed yet."""

    report: ImportReport
    #: All rows that were taken, as the whole next version.
    catalogue: Catalogue
    #: Against the latest version.
    differences: tuple[Difference, ...]
    #: Number of the version it was compared with; 0 for none.
    based_on: int


def read_catalogue(
    data: bytes, history: History[Catalogue], *, vocabulary: Vocabulary = STANDARD_VOCABULARY
) -> CatalogueImport:
    """Read a CSV or XLSX file as the next version.

    Rows that cannot be read are left out and reported; SheetError when the file as a whole is refused.
    """
    assembly = Assembly(Numbering(history))
    report = read_rows(data, CATALOGUE_COLUMNS, lambda row: assembly.add(row_values(row, vocabulary)))
    candidate = assembly.catalogue(vocabulary)
    latest = history.latest
    changes = differences_between(latest.content if latest else None, candidate)
    return CatalogueImport(report, candidate, changes, history.latest_number)


def merged(current: Catalogue, imported: Catalogue) -> Catalogue:
    """The imported catalogue and, unchanged, the sub-categories of the current one that it does not name.

    For files that cover only a part, such as the incidents alone.
    """
    named = {subcategory.key for subcategory in imported.subcategories}
    kept = tuple(each for each in current.subcategories if each.key not in named)
    kept_keys = {subcategory.key for subcategory in kept}
    classes = {entry.key: entry for entry in (*current.classes, *imported.classes)}
    in_use = {subcategory.class_key for subcategory in (*kept, *imported.subcategories)}
    return Catalogue(
        tuple(dict.fromkeys((*current.kinds, *imported.kinds))),
        tuple(entry for key, entry in classes.items() if key in in_use),
        (*kept, *imported.subcategories),
        (*(each for each in current.conditions if each.subcategory in kept_keys), *imported.conditions),
    )


def apply_import(
    history: History[Catalogue],
    imported: CatalogueImport,
    *,
    refusals_seen: int,
    effective_at: datetime,
    note: str = "",
) -> History[Catalogue]:
    """Publish an imported candidate as the next version.

    Who applies says how many refused rows the report showed; another number, or a version published since the dry
    run, is refused (`refusals_not_seen`, `stale`), and so is a file of which nothing was taken (`nothing_taken`).
    """
    if imported.report.rows_refused != refusals_seen:
        raise CatalogueError(
            "refusals_not_seen",
            f"报告中有 {imported.report.rows_refused} 行被拒绝，请先查看再确认",
            f"the report has {imported.report.rows_refused} refused rows; see them before applying",
            pointer="/refusals_seen",
        )
    if not imported.catalogue.conditions:
        raise CatalogueError("nothing_taken", "没有可导入的行", "no row of the file was taken")
    return history.published(imported.catalogue, based_on=imported.based_on, effective_at=effective_at, note=note)
