"""The row of an escalation: who was told of a deadline and why, and who took notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EscalationState(StrEnum):
    """Whether somebody has taken notice."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    #: Its deadline was met, moved or suspended before anybody did.
    MOOT = "moot"


@dataclass(frozen=True, kw_only=True)
class EscalationRow:
    """One escalation, under the number of the task by which they were told."""

    #: The procedure that told them, and the element by which.
    instance: int
    element: str
    title: str
    level: str
    groups: tuple[str, ...]
    #: Key and name of the deadline, the stage it is about and the unit that it binds; empty for nobody in particular.
    deadline: int
    name: str
    stage: str
    unit: str
    #: As it stood when they were told.
    warn_at: datetime | None
    due_at: datetime | None
    raised_at: datetime
    state: EscalationState = EscalationState.OPEN
    ended_at: datetime | None = None
    #: ``Actor.id`` of whoever took notice, and what they said; empty when nobody did.
    acknowledged_by: str = ""
    note: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody is still to take notice."""
        return self.state is EscalationState.OPEN
