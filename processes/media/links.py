"""Which cases show which media: whatever the data of an event names as ``media:12`` belongs to its case.

The event's actor must have uploaded it, unless the case shows it already; the database's foreign key says so within the
commit, and a command that names another's media is refused as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.event import Event
from engine.events import Recorded
from engine.projection import Rows
from engine.storage.tables import columns

_PREFIX = "media:"
#: A whole JSON string that names media.
_REFERENCE = re.compile(rb'"media:([1-9][0-9]{0,17})"')


def media_reference(media: int) -> str:
    """How data of forms and events name media."""
    return f"{_PREFIX}{media}"


@dataclass(frozen=True, kw_only=True)
class CaseMediaRow:
    """A case shows media."""

    #: ``Actor.id``.
    linked_by: str
    linked_at: datetime


class CaseMediaProjection:
    """Folds what events name; the first to name it linked it."""

    table = "case_media"
    events = (Event,)

    def fold(self, rows: Rows[CaseMediaRow], recorded: Recorded) -> None:
        """Link the media that the event's data name."""
        for named in _REFERENCE.findall(recorded.payload):
            if (media := int(named)) not in rows:
                rows.put(media, CaseMediaRow(linked_by=recorded.actor, linked_at=recorded.at))


class CaseMediaTable:
    """Links are written and never read by commands: the write passes over those that exist."""

    table = "case_media"
    whole = "select media, linked_by, linked_at from case_media where tree = $1"
    load = ""
    write = "write_case_media"
    types = ("bigint[]", "text[]", "timestamptz[]")

    def read(self, record: Sequence[Any]) -> tuple[int, CaseMediaRow]:
        """Key and row."""
        media, linked_by, linked_at = record
        return media, CaseMediaRow(linked_by=linked_by, linked_at=linked_at)

    def folded(self, row: CaseMediaRow) -> CaseMediaRow:
        """Everything comes from events."""
        return row

    def arrays(self, rows: Sequence[tuple[int, CaseMediaRow]]) -> Sequence[Sequence[Any]]:
        """One array per column."""
        return columns([(media, row.linked_by, row.linked_at) for media, row in rows])
