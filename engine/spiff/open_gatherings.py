"""How far the parallel multiple events have come that are waited for, as others ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from engine.spiff.activation import Activation, Armed, Subscribed
from engine.spiff.workflow import InstanceWorkflow

if TYPE_CHECKING:
    from engine.spiff.specs import Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Cause:
    """One definition of a parallel multiple event."""

    #: ``timer``, ``message``, ``signal``, ``condition`` or ``escalation``.
    kind: str
    #: Of a message or signal its name, of an escalation its code, else empty.
    name: str
    #: Correlation key, of messages only.
    key: str
    #: When it has come; ``None`` while it is awaited.
    at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenGathering:
    """A parallel multiple event that is waited for."""

    instance: int
    element: str
    name: str
    #: The call activities that lead to its instance, from the outermost instance inwards.
    calls: tuple[str, ...]
    #: Numbers of the timers and subscriptions with which the rest is awaited; none when only what is thrown inside is.
    waits: frozenset[int]
    #: Its definitions in the order of the diagram.
    causes: tuple[Cause, ...]


def open_gatherings(workflow: InstanceWorkflow, activation: Activation) -> Iterator[OpenGathering]:
    """The parallel multiple events that are waited for at an activation or watch; not those that cannot come again."""
    specs = activation.workflow.spec.task_specs
    open_: tuple[Armed | Subscribed, ...] = (*activation.timers, *activation.subscriptions)
    waits = {wait.node: wait for wait in open_}
    nodes = [*waits, *(come.node for come in activation.come)]
    for whole in dict.fromkeys(specs[node].whole for node in nodes if specs[node].whole is not specs[node]):
        causes = tuple(_cause(activation, each, waits.get(each.name)) for each in whole.awaited)
        if any(cause.at is None for cause in causes):
            numbers = frozenset(waits[each.name].id for each in whole.awaited if each.name in waits)
            yield OpenGathering(
                instance=workflow.instance,
                element=whole.element,
                name=whole.behaviour.name,
                calls=workflow.way_in,
                waits=numbers,
                causes=causes,
            )


def _cause(activation: Activation, awaited: Node, wait: Armed | Subscribed | None) -> Cause:
    come = next((come for come in activation.come if come.node == awaited.name), None)
    subscribed = wait if come is None else come.subscribed
    kind, name = _told(awaited)
    return Cause(
        kind=kind,
        name=name,
        key=subscribed.key if isinstance(subscribed, Subscribed) else "",
        at=None if come is None else come.at,
    )


def _told(awaited: Node) -> tuple[str, str]:
    """The kind of what is awaited, and what it is called."""
    behaviour = awaited.behaviour
    if behaviour.catches is not None:
        return "escalation", behaviour.catches.code
    if behaviour.publication is None:
        return "timer", ""
    is_condition = behaviour.publication.condition is not None
    return behaviour.publication.kind.value, "" if is_condition else behaviour.publication.name
