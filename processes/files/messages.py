"""What is asked of the process that reads and writes files, and what it answers."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from processes.catalogue import Difference
from processes.contents import ChangeCount, RegisterName
from processes.territory import Crs


class FileFormat(StrEnum):
    """The formats that are written; what is read is told apart by its first bytes."""

    CSV = "csv"
    XLSX = "xlsx"
    GEOJSON = "geojson"


class Mode(StrEnum):
    """What an imported file is to the register."""

    #: All of it.
    REPLACE = "replace"
    #: Some of its rows; the others stay.
    MERGE = "merge"


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What a file is read against."""

    units: tuple[str, ...] = ()
    #: The latest contents, by register.
    latest: dict[RegisterName, tuple[str, ...]] = {}
    #: All versions of the register itself, from the first, where numbers are kept over versions.
    versions: tuple[tuple[str, ...], ...] = ()

    def lines(self, register: RegisterName) -> tuple[str, ...]:
        """The latest content of a register; empty when it has none."""
        return self.latest.get(register, ())


class ReadFile(msgspec.Struct, frozen=True, kw_only=True, tag="read"):
    """A file to be read as the next content of a register."""

    register: RegisterName
    content: bytes
    mode: Mode = Mode.REPLACE
    #: Of positions in files that name no system.
    crs: Crs = Crs.CGCS2000
    known: Known = Known()


class WriteFile(msgspec.Struct, frozen=True, kw_only=True, tag="write"):
    """A content to be written as a file."""

    register: RegisterName
    format: FileFormat
    lines: tuple[str, ...]
    #: Of positions, where the format says which.
    crs: Crs = Crs.CGCS2000


class FileFinding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing found in a file."""

    code: str
    #: ``refused``: the row is left out; ``note``: it is taken.
    severity: str
    message_zh: str
    message_en: str
    #: As a spreadsheet counts, from 1; ``null`` when it is about the whole file or in a document.
    row: int | None
    column: str
    #: JSON pointer into a document.
    pointer: str


class FileReport(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the rows of a file."""

    rows_read: int
    rows_refused: int
    #: How many findings there were; the first thousand are told.
    finding_count: int
    findings: tuple[FileFinding, ...]


class Candidate(msgspec.Struct, frozen=True, kw_only=True, tag="candidate"):
    """What a file would make of a register."""

    lines: tuple[str, ...]
    report: FileReport
    changes: ChangeCount
    #: Entry by entry and field by field; of catalogues only.
    differences: tuple[Difference, ...] = ()


class Written(msgspec.Struct, frozen=True, kw_only=True, tag="written"):
    """A file."""

    content: bytes


class FileRefused(msgspec.Struct, frozen=True, kw_only=True, tag="refused"):
    """A file refused as a whole."""

    code: str
    message_zh: str
    message_en: str
    pointer: str = ""
    #: Counted from 1.
    line: int | None = None


class Defect(msgspec.Struct, frozen=True, kw_only=True, tag="defect"):
    """A mistake of ours, met while a file was handled."""

    #: What it was, for the log.
    trace: str


Request = ReadFile | WriteFile
Response = Candidate | Written | FileRefused | Defect
