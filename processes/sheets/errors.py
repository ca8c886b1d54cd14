"""The one error of this folder."""

from __future__ import annotations

from processes.sheets.findings import Finding, Severity


class SheetError(ValueError):
    """A file, a row or a cell that cannot be read, said in words.

    Raised for the file as a whole it ends the import; raised while a row is read it becomes a finding of that row.
    """

    def __init__(
        self, code: str, message_zh: str, message_en: str, *, row: int | None = None, column: str = ""
    ) -> None:
        super().__init__(message_en)
        self.code = code
        self.message_zh = message_zh
        self.message_en = message_en
        self.row = row
        self.column = column

    def as_finding(self, row: int) -> Finding:
        """The refusal of a row."""
        return Finding(self.code, Severity.REFUSED, self.message_zh, self.message_en, row=row, column=self.column)
