"""A part of a diagram with one way in and one way out, and what has to happen so that a token passes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.decisions import DecisionSet, load_decisions
from tests.unit.spiff.drawing import chain, document, message, signal, start, user
from tests.unit.spiff.driving import Case

#: What events of any part may refer to.
ROOTS = (message("paid", "paid", "= 7"), signal("alarm", "alarm"))
Act = Callable[[Case], Any]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One element, or what it needs around it."""

    name: str
    #: The elements that it shows, as the table of elements names them.
    shows: Sequence[str]
    nodes: Sequence[str]
    first: str
    last: str
    #: What happens while a token is in the part, in order.
    acts: Sequence[Act] = field(default=())

    def pass_through(self, case: Case) -> None:
        """Let one token that has entered come out."""
        for act in self.acts:
            act(case)


def complete(element: str, **data: Any) -> Act:
    """Somebody completes a task."""
    return lambda case: case.complete(element, **data)


def begin(element: str) -> Act:
    """Somebody begins an activity that is offered."""
    return lambda case: case.begin(element)


def fire(case: Case) -> None:
    """The earliest timer fires."""
    assert case.fire()


def correlate(element: str) -> Act:
    """What an element waits for comes."""

    def act(case: Case) -> None:
        assert case.correlate(element)

    return act


def meet(case: Case) -> None:
    """The condition of whoever waits for one becomes true; when it is, nothing happens."""
    for instance in tuple(case.tree.instances)[:1]:
        case.correct(instance, met=True)


def answer(element: str) -> Act:
    """The outside system answers."""
    return lambda case: case.answer(element)


def reject(element: str) -> Act:
    """The outside system answers with an error."""
    return lambda case: case.reject(element, "lost")


def driven(*parts: str, reloads: bool) -> Case:
    """An instance of a process made of parts, just begun."""
    case = Case(document(*parts, *ROOTS), CALLED, reloads=reloads)
    case.decisions = DecisionSet((load_decisions(DECISION),))
    case.start(v=1)
    return case


#: A process to call, and a decision to ask.
CALLED = document(start("begin"), user("inside"), chain("begin", "inside"), key="called")
DECISION = b"""
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="rates" name="rates" namespace="urn:test">
  <decision id="rating" name="rating"><literalExpression><text>"high"</text></literalExpression></decision>
</definitions>"""
