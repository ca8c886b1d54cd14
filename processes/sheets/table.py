"""A table: rows whose cells are known by the keys of declared columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from processes.sheets.cells import cleaned
from processes.sheets.csv_file import read_csv
from processes.sheets.errors import SheetError
from processes.sheets.findings import Finding, Severity
from processes.sheets.limits import HEADER_WITHIN_ROWS, MIB, MOST_COLUMNS, MOST_FILE_BYTES, MOST_ROWS
from processes.sheets.raw import RawRow, RawSheet
from processes.sheets.xlsx_file import read_xlsx
from processes.sheets.xlsx_guard import OLE_MAGIC, ZIP_MAGIC


@dataclass(frozen=True, slots=True)
class Column:
    """A column that an importer understands. Its header may be the key, the Chinese name or another name."""

    key: str
    name_zh: str
    required: bool = False
    other_names: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every header that means this column, folded for comparison."""
        return tuple(_folded(name) for name in (self.key, self.name_zh, *self.other_names))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    #: As a spreadsheet counts, from 1.
    number: int
    #: Text by column key; a column that the file does not have is empty.
    cells: Mapping[str, str]
    findings: tuple[Finding, ...] = ()

    def text(self, key: str) -> str:
        """The text of a cell, maybe empty."""
        return self.cells.get(key, "")

    def required(self, key: str) -> str:
        """The text of a cell that must not be empty (SheetError `empty_cell`)."""
        text = self.text(key)
        if not text:
            raise SheetError("empty_cell", f"“{key}”不能为空", f"{key!r} must not be empty", column=key)
        return text

    @property
    def is_refused(self) -> bool:
        """Whether a cell could not be read at all."""
        return any(finding.severity is Severity.REFUSED for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below the header, read while they are asked for, and what is to be said about the file."""

    columns: tuple[str, ...]
    rows: Iterator[Row]
    notes: tuple[Finding, ...]


def open_table(data: bytes, columns: Sequence[Column]) -> Table:
    """The table in a CSV or XLSX file, told apart by the file's first bytes.

    Refuses (SheetError) what is too large, broken, hostile, empty or without the required columns before any row is
    given out; too many rows are refused where they begin.
    """
    sheet = _opened(data)
    header, skipped = _header(sheet.rows, columns)
    keys = _keys(header, columns)
    unknown = tuple(
        _unknown_column(name, header.number)
        for name, key in zip(header.cells, keys, strict=True)
        if not key and name.strip()
    )
    present = tuple(key for key in keys if key)
    return Table(present, _rows(sheet.rows, keys, MOST_ROWS + skipped), (*sheet.notes, *unknown))


def _opened(data: bytes) -> RawSheet:
    if len(data) > MOST_FILE_BYTES:
        raise SheetError(
            "file_too_large",
            f"文件超过 {MOST_FILE_BYTES // MIB} MiB",
            f"the file is larger than {MOST_FILE_BYTES // MIB} MiB",
        )
    if not data.strip():
        raise SheetError("empty_file", "文件是空的", "the file is empty")
    if data.startswith(OLE_MAGIC):
        raise SheetError(
            "old_or_encrypted",
            "文件是旧版 XLS 或带密码的工作簿，请另存为不带密码的 XLSX",
            "the file is an old XLS or has a password; save it as XLSX without one",
        )
    return read_xlsx(data) if data.startswith(ZIP_MAGIC) else read_csv(data)


def _header(rows: Iterator[RawRow], columns: Sequence[Column]) -> tuple[RawRow, int]:
    """The first row that holds all required columns, and its number."""
    required = [column for column in columns if column.required]
    best: list[Column] = required
    for row in rows:
        folded = {_folded(cell) for cell in row.cells}
        missing = [column for column in required if folded.isdisjoint(column.names)]
        if not missing:
            return row, row.number
        best = min(best, missing, key=len)
        if row.number >= HEADER_WITHIN_ROWS:
            break
    zh = "、".join(f"{column.name_zh}（{column.key}）" for column in best)
    en = ", ".join(column.key for column in best)
    raise SheetError(
        "no_header",
        f"前 {HEADER_WITHIN_ROWS} 行内没有完整的表头，缺少列：{zh}",
        f"no complete header within the first {HEADER_WITHIN_ROWS} rows; missing columns: {en}",
    )


def _keys(header: RawRow, columns: Sequence[Column]) -> tuple[str, ...]:
    """The column key of each position, empty where the header means nothing to the importer."""
    if len(header.cells) > MOST_COLUMNS:
        raise _too_many_columns(header.number)
    by_name = {name: column.key for column in columns for name in column.names}
    keys = tuple(by_name.get(_folded(cell), "") for cell in header.cells)
    for position, key in enumerate(keys):
        if key and key in keys[:position]:
            zh, en = f"表头中“{key}”列出现两次", f"the header has the column {key!r} twice"
            raise SheetError("duplicate_column", zh, en, row=header.number, column=key)
    return keys


def _rows(rows: Iterator[RawRow], keys: Sequence[str], last: int) -> Iterator[Row]:
    for raw in rows:
        if raw.number > last:
            zh, en = f"数据超过 {MOST_ROWS} 行", f"there are more than {MOST_ROWS} rows"
            raise SheetError("too_many_rows", zh, en, row=raw.number)
        if len(raw.cells) > MOST_COLUMNS:
            raise _too_many_columns(raw.number)
        if not raw.is_empty:
            yield _row(raw, keys)


def _row(raw: RawRow, keys: Sequence[str]) -> Row:
    cells: dict[str, str] = {}
    findings = [
        replace(finding, column=keys[position])
        for position, finding in raw.findings
        if position < len(keys) and keys[position]
    ]
    for key, cell in zip(keys, raw.cells, strict=False):
        if key:
            try:
                cells[key] = cleaned(cell, column=key)
            except SheetError as error:
                findings.append(error.as_finding(raw.number))
    return Row(raw.number, cells, tuple(findings))


def _folded(name: str) -> str:
    return "".join(name.split()).casefold()


def _unknown_column(name: str, row: int) -> Finding:
    zh, en = f"不认识的列“{name[:40]}”，未读取", f"the column {name[:40]!r} is not known and was not read"
    return Finding("unknown_column", Severity.NOTE, zh, en, row=row)


def _too_many_columns(row: int) -> SheetError:
    return SheetError(
        "too_many_columns", f"超过 {MOST_COLUMNS} 列", f"there are more than {MOST_COLUMNS} columns", row=row
    )
