"""What elements wait for from outside: moments, messages and signals, begun, ended and answered in one way.

An activation may wait for any number of events of its scope: its own, those on its border, the arms of its gateway.
``plan_all`` computes what each is waited for with and changes nothing, ``begin`` begins to wait, ``end`` gives up
whatever is still waited for, and ``fire`` or ``correlate`` say that one of them has come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from engine.feel import Value
from engine.spiff import subscriptions, timers
from engine.spiff.activation import Activation, Armed, Phase, Subscribed
from engine.spiff.subscriptions import Delivery
from engine.spiff.throwing import take

if TYPE_CHECKING:
    from engine.spiff.run import Run
    from engine.spiff.specs import Node

#: One moment, message or signal that is waited for.
Wait: TypeAlias = Armed | Subscribed


def plan_all(run: Run, activation: Activation, events: Iterable[Node]) -> list[Wait]:
    """What the events wait for, as the activation sees it now; those that wait for nothing from outside add nothing.

    Raises ``Stuck`` when one of them cannot be waited for; nothing has begun then.
    """
    return [wait for event in events if (wait := _plan(run, activation, event)) is not None]


def begin(run: Run, activation: Activation, waits: Sequence[Wait]) -> None:
    """Let an activation wait for all of them."""
    timers.arm(run, activation, [wait for wait in waits if isinstance(wait, Armed)])
    subscriptions.subscribe(run, activation, [wait for wait in waits if isinstance(wait, Subscribed)])


def end(run: Run, activation: Activation) -> None:
    """Let an activation wait no longer for anything from outside."""
    timers.disarm(run, activation)
    subscriptions.unsubscribe(run, activation)


def fire(run: Run, activation: Activation, armed: Armed) -> None:
    """The moment of a timer has come; a cycle on the border of an activity that goes on is armed again."""
    event = timers.take(run, activation, armed)
    if _go_on(run, activation, event, {}):
        timers.arm_again(run, activation, armed)


def correlate(run: Run, activation: Activation, subscribed: Subscribed, delivery: Delivery) -> None:
    """A message or signal has come; the border of an activity that goes on waits for the next one."""
    event = subscriptions.subscribed_event(activation, subscribed)
    subscriptions.take(run, activation, subscribed, delivery)
    if _go_on(run, activation, event, delivery.variables):
        subscriptions.subscribe_again(run, activation, subscribed)


def _plan(run: Run, activation: Activation, event: Node) -> Wait | None:
    if event.behaviour.timer is not None:
        return timers.plan(run, activation, event)
    if event.behaviour.publication is not None:
        return subscriptions.plan(run, activation, event)
    return None


def _go_on(run: Run, activation: Activation, event: Node, answer: Mapping[str, Value]) -> bool:
    """Let the token go on, or another begin; whether what waited still does, another begun beside it."""
    if not event.begins_anew:
        activation.answer = answer
        activation.happened = event.name
        activation.phase = Phase.ANSWERED
        run.resume(activation)
        return False
    take(run, activation, event, answer)
    return not event.behaviour.interrupts
