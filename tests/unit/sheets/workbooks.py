"""Workbooks for tests: sound ones, and ones changed part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

HEADER = ("类型", "大类代码", "大类名称", "小类代码", "小类名称", "立案条件", "处置时限", "时限单位", "结案条件")
ROW = ("部件", "01", "公用设施", "01", "上水井盖", "缺失", 2, "紧急工作时", "复位")
SHEET = "xl/worksheets/sheet1.xml"


def workbook(rows: Sequence[Sequence[object]], change: Callable[[Worksheet], object] = lambda _: None) -> bytes:
    """A workbook of one sheet, changed by `change` before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(list(row))
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part rewritten, or added when it was not there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            content = source.read(part)
            target.writestr(part, change(content) if part == name else content)
        if name not in source.namelist():
            target.writestr(name, change(b""))
    return out.getvalue()
