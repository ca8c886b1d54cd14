"""What an import has to say about a file, row by row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from processes.sheets.limits import MOST_FINDINGS


class Severity(StrEnum):
    """What a finding does to its row."""

    #: The row is left out.
    REFUSED = "refused"
    #: The row is taken, and a person should know this about it.
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in an imported file, with its place and words in both languages."""

    code: str
    severity: Severity
    message_zh: str
    message_en: str
    #: Row as a spreadsheet counts them, from 1; None when it is about the whole file.
    row: int | None = None
    #: Key of the column, empty when it is about the whole row.
    column: str = ""
    #: JSON pointer, for files that are documents and not tables.
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of the rows of a file."""

    rows_read: int
    rows_refused: int
    #: At most MOST_FINDINGS of them, refusals and notes in order of appearance.
    findings: tuple[Finding, ...]
    #: How many findings there were in all.
    finding_count: int

    @property
    def rows_taken(self) -> int:
        """Rows that are part of the candidate."""
        return self.rows_read - self.rows_refused

    @property
    def refused(self) -> tuple[Finding, ...]:
        """The findings that left a row out."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.REFUSED)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """The findings about rows that were taken."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.NOTE)


@dataclass(slots=True)
class Findings:
    """Collects findings while a file is read; keeps the first MOST_FINDINGS and counts the rest."""

    _kept: list[Finding] = field(default_factory=list)
    _count: int = 0
    _refused_rows: set[int | str] = field(default_factory=set)

    def add(self, finding: Finding) -> None:
        """Take one finding."""
        self._count += 1
        if len(self._kept) < MOST_FINDINGS:
            self._kept.append(finding)
        if finding.severity is Severity.REFUSED:
            self._refused_rows.add(finding.pointer if finding.row is None else finding.row)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Take several findings."""
        for finding in findings:
            self.add(finding)

    def report(self, *, rows_read: int) -> ImportReport:
        """The report over all rows."""
        return ImportReport(rows_read, len(self._refused_rows), tuple(self._kept), self._count)
