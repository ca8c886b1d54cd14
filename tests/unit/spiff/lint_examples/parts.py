"""What examples for the lint are made of."""

from __future__ import annotations

from tests.unit.spiff.drawing import (
    boundary,
    catch,
    chain,
    element,
    end,
    event_based,
    extensions,
    flow,
    message,
    of_message,
    of_signal,
    properties,
    signal,
    start,
    timer,
    user,
)

LINE = (start(), user("a"), end(), chain("start", "a", "end"))

#: (rule, element), and the parts of the process.
Example = tuple[tuple[str, str | None], tuple[str, ...]]


def gate(*flows: str, kind: str = "exclusiveGateway", **attributes: str) -> tuple[str, ...]:
    nodes = (start(), element(kind, "g", **attributes), user("a"), user("b"), end(), chain("start", "g"))
    return (*nodes, *flows, chain("a", "end"), chain("b", "end"))


def waiting(inner: str) -> tuple[str, ...]:
    return (start(), catch("w", inner), end(), chain("start", "w", "end"))


def repeating(cycle: str) -> tuple[str, ...]:
    return (*LINE, boundary("late", "a", timer("timeCycle", cycle), interrupts=False))


def limited(**declared: str) -> tuple[str, ...]:
    return (start(), user("a", properties(**declared)), end(), chain("start", "a", "end"))


PAID = message("m", "paid", "= order")
ALARM = signal("s", "alarm")


def choice(arm: str, identity: str, **attributes: str) -> tuple[str, ...]:
    """An event-based gateway with its first arm."""
    return (start(), event_based("g", **attributes), arm, user("a"), end(), chain("start", "g", identity, "a", "end"))


ARMS = (*choice(catch("x", of_message("m")), "x"), catch("y", of_signal("s")), flow("g", "y"), chain("y", "a"))


def rules(task: str) -> tuple[str, ...]:
    return (start(), task, user("a"), chain("start", "r", "a"))


def process(**values: str) -> str:
    """Properties of the process."""
    return extensions(properties(**values))


def procedure(written: dict[str, str], attaches_to: str = "activity", kind: str = "endEvent") -> tuple[str, ...]:
    """A procedure with one effect."""
    acting = element(kind, "act", extensions(properties(**written)))
    about = process(attachesTo=attaches_to, startedBy="performer")
    return (about, start(), user("a"), acting, chain("start", "a", "act"))


def returning(target: str, *more: str) -> tuple[str, ...]:
    return (start(), user("a", properties(onReturn=target)), end(), chain("start", "a", "end"), *more)


def asked(task: str) -> tuple[str, ...]:
    return (start(), task, user("a"), chain("start", "s", "a"))
