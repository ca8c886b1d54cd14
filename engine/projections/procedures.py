"""Procedures: what was attached to which host, by whom, and what became of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from engine.events import (
    EffectTaken,
    InstanceCancelled,
    InstanceCompleted,
    ProcedureMoot,
    ProcedureStarted,
    Recorded,
)
from engine.jsontext import json_text
from engine.projection import Rows


class ProcedureState(StrEnum):
    """What became of a procedure."""

    OPEN = "open"
    COMPLETED = "completed"
    #: Its host went on without it, or another procedure settled the matter.
    MOOT = "moot"
    CANCELLED = "cancelled"


class ProcedureRow(msgspec.Struct, frozen=True, kw_only=True):
    """One procedure, under the number of its instance."""

    verb: str
    host_instance: int
    #: ``None`` and empty when the host is the instance as a whole.
    host_activity: int | None
    host_element: str
    state: ProcedureState
    started_at: datetime
    #: ``Actor.id`` of whoever used the verb.
    starter: str
    #: JSON text of the verb's form, and the words beside it.
    data: str
    comment: str
    #: The effects that it had, in order.
    effects: tuple[str, ...] = ()
    ended_at: datetime | None = None
    #: Ids of the end events that it reached.
    ends: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it still runs."""
        return self.state is ProcedureState.OPEN


class ProcedureProjection:
    """Folds the life of procedures."""

    table = "procedure"
    events = (ProcedureStarted, EffectTaken, InstanceCompleted, ProcedureMoot, InstanceCancelled)

    def fold(self, rows: Rows[ProcedureRow], recorded: Recorded) -> None:
        """Start a procedure, note its effect, or end it."""
        match recorded.event:
            case ProcedureStarted() as started:
                rows.put(started.instance, _started(started, recorded))
            case EffectTaken(instance=instance, effect=effect) if instance in rows:
                rows.put(instance, replace(rows[instance], effects=(*rows[instance].effects, effect)))
            case InstanceCompleted(instance=instance, ends=ends) if instance in rows:
                _end(rows, recorded, instance, ProcedureState.COMPLETED, tuple(ends))
            case ProcedureMoot(instance=instance):
                _end(rows, recorded, instance, ProcedureState.MOOT)
            case InstanceCancelled(instance=instance) if instance in rows:
                _end(rows, recorded, instance, ProcedureState.CANCELLED)


def _started(started: ProcedureStarted, recorded: Recorded) -> ProcedureRow:
    return ProcedureRow(
        verb=started.verb,
        host_instance=started.host_instance,
        host_activity=started.host_activity,
        host_element=started.host_element,
        state=ProcedureState.OPEN,
        started_at=recorded.at,
        starter=recorded.actor,
        data=json_text(started.data).decode(),
        comment=started.comment,
    )


def _end(
    rows: Rows[ProcedureRow], recorded: Recorded, instance: int, state: ProcedureState, ends: tuple[str, ...] = ()
) -> None:
    rows.put(instance, replace(rows[instance], state=state, ended_at=recorded.at, ends=ends))
