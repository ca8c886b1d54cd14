"""Whether timers may begin a process: when it is published they are looked at as they would be when they fire."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

from engine.clock import Clock
from engine.definitions import Checked, DefinitionKind
from engine.errors import Invalid
from engine.feel import Evaluation
from engine.messages import Start
from engine.spiff import Definition, start_timers
from engine.storage.unit_of_work import UnitOfWork
from guiliu.memory import Memory

_NOW = "select coalesce($1::timestamptz, clock_timestamp())"


@dataclass(frozen=True)
class StartTimerCheck:
    """The check of a process that is to be published, the beginning by its timers included."""

    memory: Memory
    clock: Clock

    async def __call__(self, source: bytes, uow: UnitOfWork) -> Checked:
        """Raises ``Invalid`` also where a moment has passed or cannot be waited for, or no report would come of it."""
        checked = await self.memory.checks.checks[DefinitionKind.PROCESS](source, uow)
        if any(start.startswith("timer:") for start in checked.starts_by):
            definition = await asyncio.to_thread(self.memory.checks.compile_process, source)
            self._judge(definition, await uow.fetchval(_NOW, self.clock.moment()))
        return checked

    def _judge(self, definition: Definition, now: datetime) -> None:
        element = definition.beginning.element
        if any(timer.has_passed for timer in start_timers(definition, Evaluation(now=now, zone=self.memory.city.zone))):
            raise Invalid(
                "start_passed",
                f"“{element}”的日期已过，不会再开始案件；请改为以后的日期，或去掉这个定时器",
                f'The date of "{element}" has passed and would begin nothing; set a later one, or leave the timer out',
                element=element,
            )
        key = definition.view.key
        try:
            self.memory.beginning.judge_by(definition, Start(process=key, kind="timer", name=key, variables={}), now)
        except Invalid as refusal:
            raise Invalid(refusal.code, refusal.message_zh, refusal.message_en, element=element) from refusal
