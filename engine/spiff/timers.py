"""Timers of the elements: when they are due, and what happens in their rows.

Nothing here judges whether a moment has come: a timer waits until it is told to fire. The timer of an event in the
flow belongs to the event's own activation, those of boundary events to the activation of the activity they stand on,
so no token stands on a border before its timer has fired.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from engine.events import TimerArmed, TimerCancelled, TimerFired, TimerMoved
from engine.spiff.activation import Activation, Armed
from engine.spiff.faults import Stuck
from engine.spiff.moments import Cycle, Reading, TimeRefused, first_due, next_due, read_time
from engine.spiff.variables import evaluate, warn

if TYPE_CHECKING:
    from engine.feel import Value
    from engine.spiff.attributes import Timer
    from engine.spiff.run import Run
    from engine.spiff.specs import Node


def plan(run: Run, activation: Activation, event: Node) -> Armed:
    """The timer of an event, as its activation sees it now. Raises ``Stuck`` when there is no such moment."""
    due_at, reading = _judged(run, activation, event)
    if not isinstance(reading, Cycle):
        return Armed(run.next_id(), event.name, due_at)
    repeats = None if reading.firings is None else reading.firings - 1
    return Armed(run.next_id(), event.name, due_at, repeats, reading.interval)


def _judged(run: Run, activation: Activation, event: Node) -> tuple[datetime | None, Reading | None]:
    """When the timer is due, and what that was read from; neither while a deadline that it follows stands still."""
    timer = event.behaviour.timer
    if timer is None:
        raise RuntimeError(f"{event.element} has no timer, but passed the lint")
    value = evaluate(run, activation, timer.when)
    if _stands_still(run, timer, value):
        return None, None
    try:
        reading = read_time(timer.kind, value)
        return first_due(reading, run.step.now, run.step.evaluation.zone), reading
    except TimeRefused as refused:
        raise Stuck(
            "timer_unusable",
            f"定时器“{event.element}”的 {timer.kind.value}：{refused.message_zh}",
            f'{timer.kind.value} of timer "{event.element}": {refused.message_en}',
        ) from None


def _stands_still(run: Run, timer: Timer, value: Value) -> bool:
    """Whether there is nothing to wait for now, because a deadline that it follows does not run or is paused."""
    if not timer.follows and not timer.follows_host:
        return False
    return value is None or not all(map(run.step.deadlines.is_running, timer.follows))


def arm(run: Run, activation: Activation, timers: Sequence[Armed]) -> None:
    """Begin to wait for each of the timers."""
    activation.timers += tuple(timers)
    for armed in timers:
        event = _event_of(activation, armed)
        run.step.emit(
            TimerArmed(
                timer=armed.id,
                instance=run.instance,
                element=event.element,
                name=event.behaviour.name,
                attached_to=event.behaviour.attached_to,
                due_at=armed.due_at,
                repeats=armed.repeats,
            )
        )


def disarm(run: Run, activation: Activation) -> None:
    """Wait no longer for any timer of an activation."""
    timers, activation.timers = activation.timers, ()
    for armed in timers:
        element = _event_of(activation, armed).element
        run.step.emit(TimerCancelled(timer=armed.id, instance=run.instance, element=element))


def follow(run: Run, activation: Activation, names: Set[str]) -> None:
    """Wait for other moments with the timers of an activation that follow one of the deadlines."""
    activation.timers = tuple(_followed(run, activation, armed, names) for armed in activation.timers)


def _followed(run: Run, activation: Activation, armed: Armed, names: Set[str]) -> Armed:
    event = _event_of(activation, armed)
    timer = event.behaviour.timer
    if timer is None or (timer.follows.isdisjoint(names) and not timer.follows_host):
        return armed
    due_at = _due_now(run, activation, event, timer)
    if due_at == armed.due_at:
        return armed
    run.step.emit(TimerMoved(timer=armed.id, instance=run.instance, element=event.element, due_at=due_at))
    return msgspec.structs.replace(armed, due_at=due_at)


def _due_now(run: Run, activation: Activation, event: Node, timer: Timer) -> datetime | None:
    try:
        return _judged(run, activation, event)[0]
    except Stuck as stuck:
        # The activity goes on whatever becomes of its timer, which waits for the next move.
        told = {"code": stuck.code, "message_zh": stuck.message_zh, "message_en": stuck.message_en}
        warn(run, activation, f"{event.element}:{timer.kind.value}", [told])
        return None


def take(run: Run, activation: Activation, armed: Armed) -> Node:
    """End one timer because its moment has come; the event that caught it."""
    event = _event_of(activation, armed)
    activation.timers = tuple(other for other in activation.timers if other is not armed)
    run.step.emit(TimerFired(timer=armed.id, instance=run.instance, element=event.element))
    return event


def again(run: Run, armed: Armed) -> Armed | None:
    """The timer of the next moment of a cycle, if there is one."""
    if armed.interval is None or armed.repeats == 0:
        return None
    if armed.due_at is None:
        raise RuntimeError(f"{armed.node} has fired, but was due at no time")
    repeats = None if armed.repeats is None else armed.repeats - 1
    due_at = next_due(armed.due_at, armed.interval, run.step.now)
    return Armed(run.next_id(), armed.node, due_at, repeats, armed.interval)


def _event_of(activation: Activation, armed: Armed) -> Node:
    event: Node = activation.workflow.spec.task_specs[armed.node]
    return event
