"""The one loop of every import: each row is taken or refused, and the report says which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from processes.sheets.errors import SheetError
from processes.sheets.findings import Finding, Findings, ImportReport
from processes.sheets.table import Column, Row, open_table

#: Takes a row and gives back what is to be said about it; raises SheetError to refuse it.
Take = Callable[[Row], Iterable[Finding]]


class Worded(Protocol):
    """An error of the city: a code, words in both languages, and the field that is wrong."""

    code: str
    message_zh: str
    message_en: str
    pointer: str


def read_rows(data: bytes, columns: Sequence[Column], take: Take) -> ImportReport:
    """Hand every readable row of a file to `take`. SheetError when the file as a whole is refused."""
    table, findings = open_table(data, columns), Findings()
    findings.extend(table.notes)
    rows_read = 0
    for row in table.rows:
        rows_read += 1
        findings.extend(row.findings)
        if row.is_refused:
            continue
        try:
            findings.extend(take(row))
        except SheetError as error:
            findings.add(error.as_finding(row.number))
    return findings.report(rows_read=rows_read)


def in_column(error: Worded) -> SheetError:
    """The error as one of a cell: the field that it points to is the column."""
    return SheetError(error.code, error.message_zh, error.message_en, column=error.pointer.removeprefix("/"))
