"""Import of a catalogue sheet: a report, a candidate for the next version, and what it would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from processes.catalogue.assembly import Assembly
from processes.catalogue.catalogue import Catalogue
from processes.catalogue.columns import CATALOGUE_COLUMNS
from processes.catalogue.differences import Difference, differences_between
from processes.catalogue.numbering import Numbering
from processes.catalogue.row_values import row_values
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


def read_catalogue(
    data: bytes, earlier: Sequence[Catalogue] = (), *, vocabulary: Vocabulary = STANDARD_VOCABULARY
) -> CatalogueImport:
    """Read a CSV or XLSX file as the next version after all earlier ones, of which the last is in force.

    Rows that cannot be read are left out and reported; SheetError when the file as a whole is refused.
    """
    assembly = Assembly(Numbering(earlier))
    report = read_rows(data, CATALOGUE_COLUMNS, lambda row: assembly.add(row_values(row, vocabulary)))
    candidate = assembly.catalogue(vocabulary)
    changes = differences_between(earlier[-1] if earlier else None, candidate)
    return CatalogueImport(report, candidate, changes)


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
