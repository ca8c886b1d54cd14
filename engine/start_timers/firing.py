"""Firing a timer of a process that was claimed: it goes on, and its message is taken in, in one commit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar, Final

import asyncpg

from engine.clock import Clock
from engine.configuration import ConfigurationCommand
from engine.spiff import next_due
from engine.storage.unit_of_work import UnitOfWork

#: How long a firing of which no case has come yet is kept for people to put it right.
KEPT: Final = timedelta(days=31)

_TAKE = """
select t.number, t.due_at, t.every, t.repeats, m.now
from start_timer t cross join (select coalesce($4::timestamptz, clock_timestamp()) as now) m
where t.process = $1 and t.place = $2 and t.lease = $3 and t.due_at <= m.now
for update of t
"""
_SAY = """
insert into message (name, key, variables, sender, source, state, is_wanted, received_at, expires_at, begins)
values ($1, $2, '{}', $3, $4, 'open', true, $5, $6, $1)
on conflict (sender, name, source) where source is not null do nothing
returning id
"""
_GO_ON = "update start_timer set due_at = $3, repeats = $4, leased_until = null where process = $1 and place = $2"
_END = "delete from start_timer where process = $1 and place = $2"


@dataclass(frozen=True, kw_only=True)
class FireStartTimer(ConfigurationCommand):
    """Let a timer of a process fire whose moment has come; without effect when it is too late or too early for that."""

    takes_effect: ClassVar[bool] = False

    process: str
    place: int
    #: The lease under which it was claimed; who holds an older one was overtaken.
    lease: int
    object: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", f"start-timer:{self.process}")


class FireStartTimerHandler:
    """Decides ``FireStartTimer`` by case time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def __call__(self, command: FireStartTimer, uow: UnitOfWork) -> dict[str, Any]:
        """The number of the message that begins the case; ``None`` when nothing fired."""
        row = await uow.fetchrow(_TAKE, command.process, command.place, command.lease, self._clock.moment())
        if row is None:
            return {"process": command.process, "message": None}
        due, now = row["due_at"].isoformat(), row["now"]
        source = f"{row['number']}.{command.place}.{due}"
        message = await uow.fetchval(_SAY, command.process, due, command.actor.id, source, now, now + KEPT)
        await _go_on(command, row, uow)
        return {"process": command.process, "message": message}


async def _go_on(command: FireStartTimer, row: asyncpg.Record, uow: UnitOfWork) -> None:
    """Arm the next moment of a cycle, in step with this one; those missed are left out."""
    if row["every"] is None or row["repeats"] == 0:
        await uow.execute(_END, command.process, command.place)
        return
    due_at = next_due(row["due_at"], row["every"], row["now"])
    repeats = None if row["repeats"] is None else row["repeats"] - 1
    await uow.execute(_GO_ON, command.process, command.place, due_at, repeats)
