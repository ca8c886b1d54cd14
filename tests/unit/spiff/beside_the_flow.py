"""A process with an event sub-process beside its flow."""

from __future__ import annotations

from tests.unit.spiff.drawing import (
    chain,
    document,
    event_sub,
    message,
    of_message,
    of_signal,
    signal,
    start,
    timer,
    user,
)
from tests.unit.spiff.driving import Case

PAID, ALARM = message("m", "paid", "= order"), signal("signal", "alarm")


def case(*parts: str, reloads: bool, called: bytes | None = None, **variables: object) -> Case:
    driven = Case(document(*parts, PAID, ALARM), *([called] if called else []), reloads=reloads)
    driven.start(**variables)
    return driven


def beside(cause: str, *, interrupts: bool = True, inner: str = "") -> str:
    """An event sub-process ``x`` with a task ``u``."""
    return event_sub("x", cause, user("u"), chain("on_x", "u"), interrupts=interrupts, inner=inner)


LINE = (start(), user("a"), user("b"), chain("start", "a", "b"))


CAUSES = {
    "message": of_message("m"),
    "signal": of_signal("signal"),
    "timer": timer("timeDuration", "PT1H"),
}
