"""What comes to a case from outside in a story: messages, signals and the answers of outside systems."""

from __future__ import annotations

from typing import Final

from engine.commands import CatchSignal, CorrelateMessage
from engine.deliveries import ClaimedDelivery, Job, report
from engine.messages import MESSAGE, judge_receivers
from engine.projections import DeliveryRow, DeliveryState
from processes.scenarios.failing import StepFailed
from processes.scenarios.scenario import AnswerStep, MessageStep, SignalStep
from processes.scenarios.situation import Situation
from processes.scenarios.stage import Stage

#: Pauses after tries in vain are partly left to chance; stories take the longest, so that they come out alike.
_LONGEST: Final = 1.0


async def send_message(stage: Stage, step: MessageStep, now: Situation) -> None:
    """Hand it to the one who waits. Raises the ``Refusal`` of a message that is not kept when nobody or several do."""
    waiting = [
        number
        for number, row in now.subscriptions
        if (row.kind, row.message, row.key) == ("message", step.name, step.key)
    ]
    judge_receivers(len(waiting), is_kept=False)
    await stage.handle(
        CorrelateMessage(
            actor=MESSAGE, tree=stage.tree, subscription=waiting[0], message=None, variables=step.variables
        )
    )


async def send_signal(stage: Stage, step: SignalStep, now: Situation) -> None:
    """Hand it to everybody who waits now. Raises ``StepFailed`` when nobody does."""
    waiting = [number for number, row in now.subscriptions if (row.kind, row.message) == ("signal", step.name)]
    if not waiting:
        raise StepFailed(f"没有谁在等信号 {step.name}", f"nobody waits for the signal {step.name}")
    for number in waiting:
        await stage.handle(
            CatchSignal(actor=MESSAGE, tree=stage.tree, subscription=number, signal=step.name, variables=step.variables)
        )


async def answer(stage: Stage, step: AnswerStep, now: Situation) -> None:
    """Let an outside system be asked and this come of it. Raises ``StepFailed`` when it is not asked now."""
    asked = [
        (number, row)
        for number, row in now.deliveries
        if step.place in (row.element, row.topic) and row.state is DeliveryState.OPEN
    ]
    if len(asked) != 1:
        raise StepFailed(
            f"{step.place} 处有 {len(asked)} 件待发送的外部请求，应恰有一件",
            f"{len(asked)} requests wait to be sent at {step.place}, not exactly one",
        )
    number, row = asked[0]
    if row.next_at > now.now:
        due = row.next_at.astimezone(now.now.tzinfo).isoformat()
        raise StepFailed(f"{step.place} 到 {due} 才再次发送", f"{step.place} is not sent again before {due}")
    claimed = ClaimedDelivery(_job(stage.tree, number, row), row.lease)
    await report(stage.handle, claimed, step.outcome, chance=lambda: _LONGEST)


def _job(tree: int, number: int, row: DeliveryRow) -> Job:
    return Job(
        tree=tree,
        delivery=number,
        target=row.target,
        topic=row.topic,
        element=row.element,
        payload=row.payload or {},
        headers=row.headers,
        requested_at=row.requested_at,
        attempts=row.attempts,
        revision=row.revision,
    )
