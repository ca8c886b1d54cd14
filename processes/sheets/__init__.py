"""Tables in and out as CSV and XLSX, safe against hostile files, with findings row by row."""

from processes.sheets.cells import cleaned, is_formula, quoted
from processes.sheets.csv_file import write_csv
from processes.sheets.errors import SheetError
from processes.sheets.findings import Finding, Findings, ImportReport, Severity
from processes.sheets.reading import in_column, read_rows
from processes.sheets.table import Column, Row, Table, open_table
from processes.sheets.xlsx_file import write_xlsx

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
