"""Instances: which definition runs in a tree, since when, and whether it still does."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from engine.events import InstanceCancelled, InstanceCompleted, InstanceStarted, ProcedureMoot, Recorded
from engine.intervention_events import InstancePaused, InstanceResumed, Intervened
from engine.projection import Rows


class InstanceState(StrEnum):
    """Where an instance stands."""

    ACTIVE = "active"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class InstanceRow(msgspec.Struct, frozen=True, kw_only=True):
    """One instance."""

    definition_key: str
    definition_sha: bytes
    state: InstanceState
    started_at: datetime
    #: The instance and its element that called this one; ``None`` and empty when nobody did.
    caller: int | None = None
    caller_element: str = ""
    ended_at: datetime | None = None
    #: Since when an operator lets it stand still; ``None`` while it runs.
    paused_at: datetime | None = None
    #: Why; ``None`` while it runs.
    pause_reason: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still runs."""
        return self.state is InstanceState.ACTIVE


class InstanceProjection:
    """Folds the life of instances."""

    table = "instance"
    events = (
        InstanceStarted,
        InstanceCompleted,
        Intervened,
        InstancePaused,
        InstanceResumed,
        InstanceCancelled,
        ProcedureMoot,
    )

    def fold(self, rows: Rows[InstanceRow], recorded: Recorded) -> None:
        """Start or end an instance."""
        match recorded.event:
            case InstanceStarted() as started:
                rows.put(started.instance, _active(started, recorded.at))
            case InstanceCompleted(instance=instance):
                rows.put(instance, replace(rows[instance], state=InstanceState.COMPLETED, ended_at=recorded.at))
            case Intervened(instance=instance, verb="pause", reason=reason):
                rows.put(instance, replace(rows[instance], pause_reason=reason))
            case InstancePaused(instance=instance):
                rows.put(instance, replace(rows[instance], paused_at=recorded.at))
            case InstanceResumed(instance=instance):
                rows.put(instance, replace(rows[instance], paused_at=None, pause_reason=None))
            case InstanceCancelled(instance=instance) | ProcedureMoot(instance=instance):
                rows.put(instance, replace(rows[instance], state=InstanceState.CANCELLED, ended_at=recorded.at))


def _active(started: InstanceStarted, at: datetime) -> InstanceRow:
    return InstanceRow(
        definition_key=started.definition_key,
        definition_sha=bytes.fromhex(started.definition_sha),
        state=InstanceState.ACTIVE,
        started_at=at,
        caller=started.caller,
        caller_element=started.caller_element,
    )
