"""One cell: what text may stand in it, and how it leaves without becoming a formula."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from processes.sheets.errors import SheetError
from processes.sheets.limits import MOST_CELL_CHARACTERS

#: A cell that begins so is run as a formula by spreadsheet programs, the full-width signs included.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_QUOTE = "'"

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

CellValue = str | int | float | bool | date | time | None


def text_of(value: object) -> str:
    """The text of a typed cell: whole numbers without a fraction, days and times as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def cleaned(text: str, *, column: str = "") -> str:
    """The text without surrounding blanks and without the quote that `quoted` put before it.

    Refuses control characters, halves of surrogate pairs and overlong text (SheetError).
    """
    if len(text) > MOST_CELL_CHARACTERS:
        raise SheetError(
            "cell_too_long",
            f"单元格内容超过 {MOST_CELL_CHARACTERS} 个字符",
            f"the cell has more than {MOST_CELL_CHARACTERS} characters",
            column=column,
        )
    if bad := _FORBIDDEN.search(text):
        raise SheetError(
            "bad_character",
            f"单元格含有不可用字符 U+{ord(bad.group()):04X}",
            f"the cell contains the character U+{ord(bad.group()):04X}, which no text may contain",
            column=column,
        )
    unquoted = text[1:] if text.startswith(_QUOTE) and text[1:].startswith(FORMULA_SIGNS) else text
    return unquoted.strip()


def is_formula(text: str) -> bool:
    """Whether a spreadsheet program would run the text if it stood in a cell as it is."""
    return text.startswith(FORMULA_SIGNS)


def quoted(text: str) -> str:
    """The text as it may stand in a CSV cell: a formula gets a quote before it, as OWASP advises."""
    return _QUOTE + text if is_formula(text) else text
