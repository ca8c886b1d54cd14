"""Tables in and out as CSV and XLSX, safe against hostile files, with findings row by row."""

from .cells import cleaned, is_formula, quoted
from .csv_file import write_csv
from .errors import SheetError
from .findings import Finding, Findings, ImportReport, Severity
from .table import Column, Row, Table, open_table
from .xlsx_file import write_xlsx

__all__ = [
    "Column",
    "Finding",
    "Findings",
    "ImportReport",
    "Row",
    "Severity",
    "SheetError",
    "Table",
    "cleaned",
    "is_formula",
    "open_table",
    "quoted",
    "write_csv",
    "write_xlsx",
]
