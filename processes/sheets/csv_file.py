"""CSV in and out: UTF-8 with or without a byte order mark; GB18030 is taken and said so."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from processes.sheets.cells import quoted
from processes.sheets.errors import SheetError
from processes.sheets.findings import Finding, Severity
from processes.sheets.raw import RawRow, RawSheet

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_csv(data: bytes) -> RawSheet:
    """The rows of a CSV file, read one by one; SheetError `wrong_encoding` or `broken_csv` when it is none."""
    text, notes = _decoded(data)
    return RawSheet(_rows(text), notes)


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file that spreadsheet programs open rightly: UTF-8 with a byte order mark, formulas quoted."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([quoted(cell) for cell in header])
    writer.writerows([quoted(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _decoded(data: bytes) -> tuple[str, tuple[Finding, ...]]:
    if data.startswith(_UTF16_MARKS):
        raise _wrong_encoding("UTF-16")
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("gb18030"), (_read_as_gb18030(),)
    except UnicodeDecodeError as error:
        raise _wrong_encoding(f"byte {error.start}") from None


def _read_as_gb18030() -> Finding:
    return Finding(
        "read_as_gb18030",
        Severity.NOTE,
        "文件不是 UTF-8，已按 GB18030 读取，请核对中文是否正确",
        "the file is not UTF-8 and was read as GB18030; check that the Chinese text is right",
    )


def _wrong_encoding(detail: str) -> SheetError:
    return SheetError(
        "wrong_encoding",
        f"文件编码既不是 UTF-8 也不是 GB18030（{detail}），请另存为 UTF-8",
        f"the file is neither UTF-8 nor GB18030 ({detail}); save it as UTF-8",
    )


def _rows(text: str) -> Iterator[RawRow]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield RawRow(number, tuple(cells))
    except csv.Error as error:
        raise SheetError(
            "broken_csv",
            f"第 {number + 1} 行不是有效的 CSV：{error}",
            f"row {number + 1} is not valid CSV: {error}",
            row=number + 1,
        ) from None
