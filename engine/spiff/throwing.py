"""Errors, escalations and cancellations: thrown inside, caught by the nearest event that waits for their code.

Borders and event sub-processes are asked from the inside outwards, in each place the event that names the code before
the one that takes every code. An event sub-process does not catch what it throws itself.
An error ends what threw it and must be caught; an escalation that nobody catches is noted, and the flow goes on. A
cancellation is caught on the border of its transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from engine.events import ErrorThrown, EscalationThrown
from engine.feel import Value
from engine.spiff.attributes import Trigger, TriggerKind
from engine.spiff.faults import Stuck
from engine.spiff.gathering import has_come
from engine.spiff.waits import come

if TYPE_CHECKING:
    from engine.spiff.activation import Activation
    from engine.spiff.run import Run
    from engine.spiff.specs import Node
    from engine.spiff.workflow import Tokens


class Interrupted(Exception):
    """Raised inside a step when what an element threw has ended the element itself."""


def throw(run: Run, activation: Activation, thrown: Trigger) -> None:
    """Throw what an event says, with the event's own variables.

    Raises ``Stuck``, with no effect, when it is an error that nothing catches, and ``Interrupted`` when the event's own
    token was ended.
    """
    variables = {} if activation.local is None else dict(activation.local.values)
    _THROW[thrown.kind](run, activation, thrown.code, variables)
    if not activation.is_live:
        raise Interrupted


def throw_error(run: Run, activation: Activation, code: str, variables: Mapping[str, Value]) -> None:
    """End an activation with an error. Raises ``Stuck``, with no effect, when nothing catches it."""
    element = activation.task_spec.element
    caught = _catcher(activation, Trigger(TriggerKind.ERROR, code))
    if caught is None:
        raise Stuck(
            "error_uncaught",
            f"没有边界事件或事件子流程捕获错误“{code}”。",
            f'Expected a boundary event or an event sub-process to catch the error "{code}", but none does.',
        )
    host, event = caught
    catching = run.beside(host.workflow.top_workflow)
    thrown = ErrorThrown(
        instance=run.instance, element=element, code=code, caught_by=event.element, caught_in=catching.instance
    )
    run.step.emit(thrown)
    come(catching, host, event, variables)


def throw_escalation(run: Run, activation: Activation, code: str, variables: Mapping[str, Value]) -> None:
    """Tell the scopes around an activation of an escalation, which may end them."""
    element = activation.task_spec.element
    caught = _catcher(activation, Trigger(TriggerKind.ESCALATION, code))
    if caught is None:
        run.step.emit(EscalationThrown(instance=run.instance, element=element, code=code))
        return
    host, event = caught
    catching = run.beside(host.workflow.top_workflow)
    thrown = EscalationThrown(
        instance=run.instance, element=element, code=code, caught_by=event.element, caught_in=catching.instance
    )
    run.step.emit(thrown)
    come(catching, host, event, variables)


def _cancel(run: Run, activation: Activation, _code: str, variables: Mapping[str, Value]) -> None:
    """End the transaction around an activation."""
    caught = _catcher(activation, Trigger(TriggerKind.CANCEL))
    if caught is None:
        raise RuntimeError(f"nothing catches that {activation.task_spec.element} cancels, but it passed the lint")
    host, event = caught
    come(run.beside(host.workflow.top_workflow), host, event, variables)


_THROW = {TriggerKind.ERROR: throw_error, TriggerKind.ESCALATION: throw_escalation, TriggerKind.CANCEL: _cancel}


def _catcher(activation: Activation, thrown: Trigger) -> tuple[Activation, Node] | None:
    """The innermost place that catches it, told by an activation there, and the event that does."""
    for host in activation.outwards():
        for events in (host.task_spec.boundaries, _event_starts_beside(host)):
            for code in (thrown.code, ""):
                for event in events:
                    for awaited in event.awaited:
                        if awaited.behaviour.catches == Trigger(thrown.kind, code) and not has_come(host, awaited):
                            return host, awaited
    return None


def _event_starts_beside(host: Activation) -> Sequence[Node]:
    """What may begin an event sub-process of the scope of an activation, which is not one of them itself."""
    tokens: Tokens = host.workflow
    if tokens.is_interrupted:
        return ()
    return [event for event in tokens.spec.event_starts if event.outgoing[0].target is not host.task_spec]
