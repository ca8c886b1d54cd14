"""Faults: where an instance stands still until someone acts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from engine.events import FaultCleared, FaultRaised, Recorded
from engine.projection import Rows


class FaultState(StrEnum):
    """Whether a fault still holds an instance."""

    OPEN = "open"
    CLEARED = "cleared"


class FaultRow(msgspec.Struct, frozen=True, kw_only=True):
    """One fault."""

    instance: int
    element: str
    code: str
    message_zh: str
    message_en: str
    state: FaultState
    raised_at: datetime
    cleared_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still holds its instance."""
        return self.state is FaultState.OPEN


class FaultProjection:
    """Folds the raising and clearing of faults."""

    table = "fault"
    events = (FaultRaised, FaultCleared)

    def fold(self, rows: Rows[FaultRow], recorded: Recorded) -> None:
        """Raise or clear a fault."""
        match recorded.event:
            case FaultRaised() as raised:
                rows.put(raised.fault, _open_fault(raised, recorded.at))
            case FaultCleared(fault=fault):
                rows.put(fault, replace(rows[fault], state=FaultState.CLEARED, cleared_at=recorded.at))


def _open_fault(raised: FaultRaised, at: datetime) -> FaultRow:
    return FaultRow(
        instance=raised.instance,
        element=raised.element,
        code=raised.code,
        message_zh=raised.message_zh,
        message_en=raised.message_en,
        state=FaultState.OPEN,
        raised_at=at,
    )
