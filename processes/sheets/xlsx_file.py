"""XLSX in and out: the first visible sheet, as text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import openpyxl
import xlsxwriter
from lxml import etree
from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import TranslatorError

from processes.sheets.cells import text_of
from processes.sheets.errors import SheetError
from processes.sheets.findings import Finding, Severity
from processes.sheets.merges import MergeFiller, read_merges
from processes.sheets.raw import RawRow, RawSheet
from processes.sheets.xlsx_guard import broken, guarded

#: What openpyxl and lxml raise over parts that are XML but no workbook.
_BROKEN = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    TokenizerError,
    TranslatorError,
    zipfile.BadZipFile,
    etree.Error,
)

#: Written into every file, so that the same rows give the same bytes.
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - the file format knows no zones


def read_xlsx(data: bytes) -> RawSheet:
    """The rows of the first visible sheet, read one by one; SheetError when the file is broken or hostile."""
    archive = guarded(data)
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        # Any: the stubs know only worksheets held in memory, not the streamed one.
        sheet: Any = next((sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"), None)
        if sheet is None:
            raise broken("no visible sheet")
        # A streamed worksheet does not tell its merged areas, and the path of its part is private to it.
        merges = read_merges(archive.open(sheet._worksheet_path))
    except SheetError:
        raise
    except _BROKEN as error:
        raise broken(str(error)) from None
    return RawSheet(_rows(sheet, MergeFiller(merges)), _note_of_merges(len(merges)))


def write_xlsx(header: Sequence[str], rows: Iterable[Sequence[str]], *, sheet_name: str) -> bytes:
    """A workbook of one sheet whose cells are all typed as text, so that nothing in it is a formula."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as workbook:
        workbook.set_properties({"created": _CREATED})
        sheet = workbook.add_worksheet(sheet_name)
        sheet.freeze_panes(1, 0)
        for row_number, row in enumerate((header, *rows)):
            for column, cell in enumerate(row):
                sheet.write_string(row_number, column, cell)
    return out.getvalue()


def _rows(sheet: Any, filler: MergeFiller) -> Iterator[RawRow]:
    # The declared size of a sheet may be a lie that pads every row to 16,384 cells.
    sheet.reset_dimensions()
    try:
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            texts = [_text(cell.data_type, cell.value) for cell in cells]
            findings = tuple(
                finding for column, cell in enumerate(cells) for finding in _findings(number, column, cell.data_type)
            )
            yield RawRow(number, tuple(filler.filled(number, texts)), findings)
    except SheetError:
        raise
    except _BROKEN as error:
        raise broken(str(error)) from None


def _text(data_type: str, value: object) -> str:
    """The text of a cell; a formula stays the text that it is, array formulas included."""
    if data_type == "f" and not isinstance(value, str):
        return str(getattr(value, "text", None) or "=")
    return text_of(value)


def _findings(row: int, column: int, data_type: str) -> tuple[tuple[int, Finding], ...]:
    if data_type == "f":
        zh, en = "单元格是公式，已按文本保留，未计算", "the cell is a formula; it was kept as text and not computed"
        return ((column, Finding("formula_kept_as_text", Severity.NOTE, zh, en, row=row)),)
    if data_type == "e":
        zh, en = "单元格是计算错误值", "the cell holds an error value"
        return ((column, Finding("error_value", Severity.REFUSED, zh, en, row=row)),)
    return ()


def _note_of_merges(count: int) -> tuple[Finding, ...]:
    if not count:
        return ()
    zh = f"有 {count} 处合并单元格，已把合并内容填入区域内的每个单元格"
    en = f"the sheet has {count} merged areas; each cell of an area was read with the area's text"
    return (Finding("merged_cells_filled", Severity.NOTE, zh, en),)
