"""Activities that are performed for several items, begun and looked at."""

from __future__ import annotations

from typing import Any

from engine.events import VariablesWritten
from tests.unit.spiff.drawing import (
    chain,
    document,
    for_each,
    repeated,
    start,
    user,
)
from tests.unit.spiff.driving import Case

SEQUENTIAL = {"isSequential": "true"}


def case(*parts: str, reloads: bool, called: bytes | None = None, **variables: Any) -> Case:
    driven = Case(document(*parts), *([called] if called else []), reloads=reloads)
    driven.start(**variables)
    return driven


def asking(characteristics: str, *inner: str) -> tuple[str, ...]:
    """A repeated task ``u``, then a task ``next``."""
    return (start(), repeated(user("u", *inner), characteristics), user("next"), chain("start", "u", "next"))


VOTING = for_each("= people", "p", output="votes", yields="= vote")


def values_of(driven: Case, name: str) -> list[Any]:
    """What was written to a variable, in order."""
    return [event.values[name] for event in driven.of(VariablesWritten) if name in event.values]


def numbers(driven: Case) -> dict[int, int]:
    """Which performance each scope is."""
    return {
        event.scope: event.values["loopCounter"]
        for event in driven.of(VariablesWritten)
        if "loopCounter" in event.values
    }
