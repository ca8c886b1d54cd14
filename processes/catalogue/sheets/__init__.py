"""Tables in and out as CSV and XLSX, safe against hostile files, with findings row by row."""

from processes.catalogue.sheets.cells import cleaned, is_formula, quoted
from processes.catalogue.sheets.csv_file import write_csv
from processes.catalogue.sheets.errors import SheetError
from processes.catalogue.sheets.findings import Finding, Findings, ImportReport, Severity
from processes.catalogue.sheets.reading import in_column, read_rows
from processes.catalogue.sheets.table import Column, Row, Table, open_table
from processes.catalogue.sheets.xlsx_file import write_xlsx

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
    "in_column",
    "is_formula",
    "open_table",
    "quoted",
    "read_rows",
    "write_csv",
    "write_xlsx",
]
