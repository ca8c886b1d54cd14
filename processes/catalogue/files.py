"""Catalogues in and out of files; a door of its own, because it loads what reads and writes workbooks."""

from processes.catalogue.exporting import catalogue_csv, catalogue_xlsx
from processes.catalogue.importing import CatalogueImport, merged, read_catalogue

__all__ = [
    "CatalogueImport",
    "catalogue_csv",
    "catalogue_xlsx",
    "merged",
    "read_catalogue",
]
