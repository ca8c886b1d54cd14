"""What the lint of a model reports."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine.dmn.texts import text_of


class Severity(StrEnum):
    """Whether a finding forbids publishing or is for the author to judge."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a model that will not do what was meant; `row` counts from 1 within its table."""

    rule: str
    element_id: str | None
    row: int | None
    message_zh: str
    message_en: str
    severity: Severity
    line: int | None = None
    suggestion: str | None = None


_SEVERITIES = {
    "lint.overlap": Severity.ERROR,
    "lint.differ": Severity.ERROR,
    "lint.type": Severity.ERROR,
    "lint.not_allowed": Severity.ERROR,
    "lint.no_values": Severity.ERROR,
}


def finding(code: str, element_id: str | None, row: int | None, line: int | None, **fields: object) -> Finding:
    """A finding of the catalogue."""
    zh, en = text_of(code, {"row": row, **fields})
    severity = _SEVERITIES.get(code, Severity.WARNING)
    return Finding(code.removeprefix("lint."), element_id, row, zh, en, severity, line)
