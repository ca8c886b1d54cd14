"""How a process begins that something begins: when its timers are due, and what its start event makes of what came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from engine.errors import Invalid
from engine.feel import Evaluation, FeelLimitExceeded, Value
from engine.spiff.attributes import Attribute, Behaviour, Mapping_, Timer
from engine.spiff.moments import Cycle, TimeRefused, first_due, has_passed, read_time

if TYPE_CHECKING:
    from engine.spiff.definition import Definition


@dataclass(frozen=True, kw_only=True, slots=True)
class Beginning:
    """What the start event of a process declares."""

    #: Id of the start event.
    element: str
    timers: tuple[Timer, ...]
    #: What becomes of that which comes with a message, a signal or a timer.
    outputs: tuple[Mapping_, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StartTimer:
    """When a process begins by itself, as seen at one moment."""

    #: In UTC; the next firing of a cycle that has begun already.
    due_at: datetime
    #: Between two firings of a cycle; ``None`` for a date.
    interval: timedelta | None
    #: How many more follow; ``None`` for no end, and for a date.
    repeats: int | None
    #: Whether it is a date behind us.
    has_passed: bool


def beginning_of(behaviour: Behaviour) -> Beginning:
    """What is declared by the start event that behaves so."""
    each = behaviour.each or (behaviour,)
    timers = tuple(one.timer for one in each if one.timer is not None)
    return Beginning(element=behaviour.element, timers=timers, outputs=behaviour.outputs)


def start_timers(definition: Definition, evaluation: Evaluation) -> Sequence[StartTimer]:
    """The timers that begin a process, in the order in which they are drawn. Raises ``Invalid`` for an unusable one."""
    return [_start_timer(definition.beginning.element, timer, evaluation) for timer in definition.beginning.timers]


def begun_with(definition: Definition, came: Mapping[str, Value], evaluation: Evaluation) -> dict[str, Value]:
    """The variables that a process begins with: its output mappings choose from what came, else all of it is taken.

    What looks wrong stands in the evaluation's warnings. Raises ``Invalid`` when a limit is exceeded.
    """
    outputs = definition.beginning.outputs
    seen, begun = dict(came), dict[str, Value]()
    for mapping in outputs:
        begun[mapping.target] = _value(definition.beginning.element, mapping.source, seen, evaluation)
        seen[mapping.target] = begun[mapping.target]
    return begun if outputs else seen


def _start_timer(element: str, timer: Timer, evaluation: Evaluation) -> StartTimer:
    value = _value(element, timer.when, {}, evaluation)
    now, zone = evaluation.now, evaluation.zone
    try:
        reading = read_time(timer.kind, value)
        due_at, passed = first_due(reading, now, zone), has_passed(reading, now, zone)
    except TimeRefused as refused:
        raise Invalid(
            "timer_unusable",
            f"定时器“{element}”的 {timer.kind.value}：{refused.message_zh}",
            f'{timer.kind.value} of timer "{element}": {refused.message_en}',
            element=element,
            line=timer.when.line,
        ) from None
    if not isinstance(reading, Cycle):
        return StartTimer(due_at=due_at, interval=None, repeats=None, has_passed=passed)
    repeats = None if reading.firings is None else reading.firings - 1
    return StartTimer(due_at=due_at, interval=reading.interval, repeats=repeats, has_passed=False)


def _value(element: str, attribute: Attribute, names: dict[str, Value], evaluation: Evaluation) -> Value:
    if attribute.expression is None:
        return attribute.literal
    try:
        return attribute.expression.evaluate(names, evaluation)
    except FeelLimitExceeded as error:
        raise Invalid(
            "expression_limit",
            f"{attribute.name}：{error.message_zh}",
            f"{attribute.name}: {error.message_en}",
            element=element,
            line=attribute.line,
        ) from None
