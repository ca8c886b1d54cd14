"""Catalogues in and out of files; a door of its own, because it loads what reads and writes workbooks."""

from processes.catalogue.exporting import catalogue_csv, catalogue_xlsx
from processes.catalogue.importing import CatalogueImport, apply_import, merged, read_catalogue

__all__ = [
    "CatalogueImport",
    "apply_import",
    "catalogue_csv",
    "catalogue_xlsx",
    "merged",
    "read_catalogue",
]
