"""Which timers of processes are armed: those of the version in force, and no others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from engine.clock import Clock
from engine.definitions import DefinitionKind
from engine.feel import Evaluation
from engine.spiff import Definition, start_timers
from engine.storage.unit_of_work import UnitOfWork

_DISARM = "delete from start_timer where process = $1"
_IN_FORCE = """
select number, source, coalesce($2::timestamptz, clock_timestamp()) as now from definition
where kind = 'process' and key = $1 and state = 'published'
  and number = (
    select max(n.number) from definition n where n.kind = 'process' and n.key = $1 and n.state = 'published')
  and exists (select from unnest(starts_by) s where s like 'timer:%')
"""
_ARM = """
insert into start_timer (process, place, number, due_at, every, repeats, armed_at) values ($1, $2, $3, $4, $5, $6, $7)
"""


@dataclass(frozen=True, kw_only=True)
class StartTimerArming:
    """Arms timers as a version comes into force."""

    compile: Callable[[bytes], Definition]
    clock: Clock
    #: The city's zone, for moments that name none.
    zone: tzinfo

    async def __call__(self, kind: DefinitionKind, key: str, uow: UnitOfWork) -> None:
        """Let exactly the timers be armed of the version that is now in force, as the open transaction sees it.

        A date behind us is waited for no more. Raises ``Invalid`` for a moment that cannot be waited for.
        """
        if kind is not DefinitionKind.PROCESS:
            return
        await uow.execute(_DISARM, key)
        row = await uow.fetchrow(_IN_FORCE, key, self.clock.moment())
        if row is None:
            return
        definition = await asyncio.to_thread(self.compile, row["source"])
        evaluation = Evaluation(now=row["now"], zone=self.zone)
        for place, timer in enumerate(start_timers(definition, evaluation)):
            if not timer.has_passed:
                until = (timer.due_at, timer.interval, timer.repeats)
                await uow.execute(_ARM, key, place, row["number"], *until, row["now"])
