"""How each kind of step is taken: as commands through the one door, by the people of the story."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any, Final

from engine.actors import Actor
from engine.clock import elapsed
from engine.commands import BeginActivity, ClaimTask, CompleteTask, RetryFault
from engine.jsontext import json_value
from engine.spiff import PublicationKind
from processes.calendars import CalendarError, from_seconds, to_seconds
from processes.scenarios.failing import StepFailed
from processes.scenarios.limits import LONGEST_STORY, MOST_FIRINGS, PATIENCE
from processes.scenarios.outside import answer, send_message, send_signal
from processes.scenarios.passing import Due, next_due
from processes.scenarios.scenario import (
    AnswerStep,
    CompleteStep,
    MessageStep,
    RetryStep,
    SignalStep,
    StartStep,
    UntilStep,
    UseStep,
    WaitStep,
    WorkStep,
)
from processes.scenarios.situation import Situation
from processes.scenarios.stage import Stage
from processes.verbs import UseVerb


class Acting:
    """One story while it is played: what it may still do, and how far its clock has come."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._ends_by = stage.clock.now + LONGEST_STORY
        self._firings = 0

    async def complete(self, step: CompleteStep, now: Situation) -> None:
        """Claim and complete. Raises ``StepFailed``, and the ``Refusal`` of the house."""
        number = _only(step.element, {key: row.element for key, row in now.rows["task"].items() if row.is_open})
        actor = self._actor(step.by)
        await self._stage.handle(ClaimTask(actor=actor, tree=self._stage.tree, task=number))
        await self._stage.handle(
            CompleteTask(actor=actor, tree=self._stage.tree, task=number, data=step.data, comment=step.comment)
        )

    async def start(self, step: StartStep, now: Situation) -> None:
        """Start what is offered."""
        offers = {number: row.element for number, row in now.subscriptions if row.kind == PublicationKind.ACTIVITY}
        wish = BeginActivity(
            actor=self._actor(step.by), tree=self._stage.tree, subscription=_only(step.element, offers)
        )
        await self._stage.handle(wish)

    async def retry(self, step: RetryStep, now: Situation) -> None:
        """Retry the fault at an element."""
        fault = _only(step.element, {number: row.element for number, row in now.faults})
        await self._stage.handle(RetryFault(actor=self._actor(step.by), tree=self._stage.tree, fault=fault))

    async def use(self, step: UseStep, now: Situation) -> None:
        """Use a verb."""
        task = None
        if step.on is not None:
            task = _only(step.on, {key: row.element for key, row in now.rows["task"].items() if row.is_open})
        await self._stage.handle(
            UseVerb(
                actor=self._actor(step.by),
                tree=self._stage.tree,
                verb=step.verb,
                data=step.data,
                comment=step.comment,
                task=task,
            )
        )

    async def message(self, step: MessageStep, now: Situation) -> None:
        """Let a message come."""
        await send_message(self._stage, step, now)

    async def signal(self, step: SignalStep, now: Situation) -> None:
        """Let a signal come."""
        await send_signal(self._stage, step, now)

    async def answer(self, step: AnswerStep, now: Situation) -> None:
        """Let an outside system answer."""
        await answer(self._stage, step, now)

    async def wait(self, step: WaitStep, now: Situation) -> None:
        """Let time pass."""
        await self._pass(now.now + step.duration)

    async def work(self, step: WorkStep, now: Situation) -> None:
        """Let working time pass."""
        calendar = self._stage.calendar
        moment = to_seconds(now.now)
        try:
            if step.days:
                moment = calendar.moment_after_work_days(moment, Fraction(step.days), calendar.side_of(moment))
            if step.time:
                moment = calendar.moment_after_work(moment, int(step.time.total_seconds()))
            target = from_seconds(moment, self._stage.zone)
        except CalendarError as error:
            raise StepFailed(error.message_zh, error.message_en) from error
        await self._pass(target)

    async def until(self, step: UntilStep, now: Situation) -> None:
        """Let time pass until a moment, or until the next timer is due."""
        target = step.moment or next((timer.due_at for _, timer in now.timers), None)
        if target is None:
            raise StepFailed("没有等待中的定时器", "no timer waits for a moment")
        if target < now.now:
            raise StepFailed(
                f"{target.isoformat()} 已经过去，现在是 {now.now.isoformat()}",
                f"{target.isoformat()} is past, it is {now.now.isoformat()} now",
            )
        await self._pass(target)

    def check_patience(self) -> None:
        """Raises ``StepFailed`` when the story has taken too long already."""
        if elapsed() > self._stage.give_up_at:
            raise StepFailed(f"演练超过 {PATIENCE:g} 秒", f"playing takes longer than {PATIENCE:g} seconds")

    def _actor(self, name: str) -> Actor:
        return self._stage.actors[name]

    async def _pass(self, target: datetime) -> None:
        if target > self._ends_by:
            raise StepFailed(
                f"一个场景最长 {LONGEST_STORY.days} 天", f"a scenario spans at most {LONGEST_STORY.days} days"
            )
        clock = self._stage.clock
        while (due := next_due(self._stage.tree, await self._stage.loaded(), target)) is not None:
            clock.now = max(clock.now, due.at).astimezone(self._stage.zone)
            await self._carry_out(due)
        clock.now = target.astimezone(self._stage.zone)

    async def _carry_out(self, due: Due) -> None:
        self.check_patience()
        self._firings += 1
        if self._firings > MOST_FIRINGS:
            raise StepFailed(
                f"一个场景中最多有 {MOST_FIRINGS} 次定时", f"at most {MOST_FIRINGS} timers fire in one scenario"
            )
        answer: dict[str, Any] = json_value((await self._stage.handle(due.command)).body)
        if not answer[due.took_place]:
            raise StepFailed(f"{due.name_zh} 到时而无动作", f"{due.name_en} was due and did nothing")


def _only(element: str, found: Mapping[int, str]) -> int:
    """The number of what waits at an element. Raises ``StepFailed``."""
    numbers = [number for number, place in found.items() if place == element]
    if len(numbers) == 1:
        return numbers[0]
    if not numbers:
        raise StepFailed(f"{element} 处没有等待办理的事项", f"nothing waits at {element}")
    raise StepFailed(f"{element} 处有 {len(numbers)} 个等待办理的事项", f"{len(numbers)} things wait at {element}")


Act = Callable[[Acting, Any, Situation], Awaitable[None]]

ACTS: Final[Mapping[type, Act]] = {
    CompleteStep: Acting.complete,
    StartStep: Acting.start,
    RetryStep: Acting.retry,
    UseStep: Acting.use,
    MessageStep: Acting.message,
    SignalStep: Acting.signal,
    AnswerStep: Acting.answer,
    WaitStep: Acting.wait,
    WorkStep: Acting.work,
    UntilStep: Acting.until,
}
