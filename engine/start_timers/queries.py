"""When processes begin by themselves, the soonest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.clock import Clock
from engine.storage.database import Database

_ARMED = """
select t.process, d.name, t.number, t.due_at, t.repeats, t.every is not null as comes_again,
       t.due_at <= coalesce($1::timestamptz, clock_timestamp()) as is_overdue
from start_timer t join definition d on d.kind = 'process' and d.key = t.process and d.number = t.number
order by t.due_at, t.process, t.place
"""


@dataclass(frozen=True, kw_only=True)
class ArmedStartTimer:
    """A moment at which a process begins."""

    #: Key of the process, its name, and the number of the version in force.
    process: str
    name: str
    number: int
    due_at: datetime
    #: Whether more moments follow, and how many; ``None`` where there is no end.
    comes_again: bool
    repeats: int | None
    #: Whether it should have fired by now.
    is_overdue: bool


async def armed_start_timers(database: Database, clock: Clock) -> Sequence[ArmedStartTimer]:
    """All of them, the next one due first. Raises ``Unavailable``."""
    return [ArmedStartTimer(**row) for row in await database.fetch(_ARMED, clock.moment())]
