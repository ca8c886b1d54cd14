"""What is said and answered about a register's versions, imports and exports."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

from api.lists import List, Paging
from api.parameters import LARGEST_SMALL_ID
from processes.catalogue import Difference
from processes.contents import ChangeCount
from processes.files import FileFinding, FileFormat, Mode
from processes.registers import ImportReport, StagedCandidate
from processes.territory import Crs


class ImportOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a file is meant."""

    #: ``replace``: the file is the whole register; ``merge``: it names some rows, the others stay. Grids are added.
    mode: Mode = Mode.REPLACE
    #: Coordinate system of positions in files that name none.
    crs: Crs = Crs.CGCS2000


class ExportOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is exported."""

    #: The first that the register has when none is named.
    format: FileFormat | None = None
    #: The version in force when none is named.
    version: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_SMALL_ID)] | None = None
    #: Of positions in GeoJSON.
    crs: Crs = Crs.CGCS2000


class ImportShown(msgspec.Struct, frozen=True, kw_only=True):
    """A staged import with its report."""

    id: int
    register: str
    #: The version that it was compared with; applying it is refused when another is in force by then.
    based_on: int
    rows_read: int
    rows_taken: int
    rows_refused: int
    #: How many findings there are; the first thousand stand in ``findings``.
    finding_count: int
    findings: tuple[FileFinding, ...]
    changes: ChangeCount
    #: Entry by entry and field by field; of the catalogue only.
    differences: tuple[Difference, ...]
    #: Of the content that would come into force.
    sha256: str
    staged_by: str
    staged_at: datetime


class Applying(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That the report was read."""

    #: ``rows_refused`` of the report: nothing is left out by oversight.
    refusals_seen: Annotated[int, msgspec.Meta(ge=0)]
    note: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class RegisterPublished(msgspec.Struct, frozen=True, kw_only=True):
    """The version that has come into force."""

    register: str
    #: Number of the version, and ``ETag`` of the register.
    number: int
    digest: str
    rows: int
    version: int


class RegisterVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a register."""

    number: int
    rows: int
    sha256: str
    note: str
    published_by: str
    published_at: datetime


class RegisterVersionList(List, frozen=True, kw_only=True):
    """Versions, the newest first."""

    items: list[RegisterVersion]


class VersionPaging(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which page of versions."""


class Against(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The version to compare with."""

    #: The one before when none is named; 0 is the empty register.
    against: Annotated[int, msgspec.Meta(ge=0, le=LARGEST_SMALL_ID)] | None = None


class VersionDifferences(msgspec.Struct, frozen=True, kw_only=True):
    """What was added, removed and changed from one version to another."""

    version: int
    against: int
    #: How many there are; the first thousand are listed.
    count: int
    differences: tuple[Difference, ...]


def import_shown(staged: StagedCandidate) -> ImportShown:
    """A staged candidate with what was said of its file."""
    kept = msgspec.json.decode(staged.report, type=ImportReport)
    report = kept.report
    return ImportShown(
        id=staged.id,
        register=staged.register,
        based_on=staged.based_on,
        rows_read=report.rows_read,
        rows_taken=report.rows_read - report.rows_refused,
        rows_refused=report.rows_refused,
        finding_count=report.finding_count,
        findings=report.findings,
        changes=kept.changes,
        differences=kept.differences,
        sha256=staged.digest.hex(),
        staged_by=staged.staged_by,
        staged_at=staged.staged_at,
    )
