"""What elements wait for from outside: moments, messages and signals, begun, ended and answered in one way.

An activation may wait for any number of events of its scope: its own, those on its border, the arms of its gateway.
``plan_all`` computes what each is waited for with and changes nothing, ``begin`` begins to wait, ``end`` gives up
whatever is still waited for, and ``fire``, ``correlate`` or ``come`` say that one of them has come. A parallel multiple
event goes on when all that it waits for has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from engine.feel import Value
from engine.spiff import subscriptions, timers
from engine.spiff.activation import Activation, Armed, Come, Phase, Subscribed
from engine.spiff.gathering import gather, keeper_of, variables_of
from engine.spiff.stored_values import encode_values
from engine.spiff.subscriptions import Delivery
from engine.spiff.taking import take

if TYPE_CHECKING:
    from engine.spiff.run import Run
    from engine.spiff.specs import Node

#: One moment, message or signal that is waited for.
Wait: TypeAlias = Armed | Subscribed


def plan_all(run: Run, activation: Activation, events: Iterable[Node]) -> list[Wait]:
    """What the events wait for, as the activation sees it now; those that wait for nothing from outside add nothing.

    Raises ``Stuck`` when one of them cannot be waited for; nothing has begun then.
    """
    return [
        wait for event in events for awaited in event.awaited if (wait := _plan(run, activation, awaited)) is not None
    ]


def begin(run: Run, activation: Activation, waits: Sequence[Wait]) -> None:
    """Let an activation wait for all of them."""
    timers.arm(run, activation, [wait for wait in waits if isinstance(wait, Armed)])
    subscriptions.subscribe(run, activation, [wait for wait in waits if isinstance(wait, Subscribed)])


def end(run: Run, activation: Activation) -> None:
    """Let an activation wait no longer for anything from outside."""
    timers.disarm(run, activation)
    subscriptions.unsubscribe(run, activation)
    activation.come = ()


def fire(run: Run, activation: Activation, armed: Armed) -> None:
    """The moment of a timer has come; a cycle on the border of an activity that goes on is armed again."""
    event = timers.take(run, activation, armed)
    _come(run, activation, event, {}, armed)


def correlate(run: Run, activation: Activation, subscribed: Subscribed, delivery: Delivery) -> None:
    """A message or signal has come; the border of an activity that goes on waits for the next one."""
    event = subscriptions.subscribed_event(activation, subscribed)
    subscriptions.take(run, activation, subscribed, delivery)
    _come(run, activation, event, delivery.variables, subscribed)


def come(run: Run, host: Activation, event: Node, variables: Mapping[str, Value]) -> None:
    """What an event on the border of a host or in its scope catches has been thrown inside."""
    _come(run, keeper_of(host, event), event, variables, None)


def _plan(run: Run, activation: Activation, event: Node) -> Wait | None:
    if event.behaviour.timer is not None:
        return timers.plan(run, activation, event)
    if event.behaviour.publication is not None:
        return subscriptions.plan(run, activation, event)
    return None


def _come(run: Run, activation: Activation, event: Node, variables: Mapping[str, Value], wait: Wait | None) -> None:
    """Go on, or keep what has come until nothing is missing; what waited and still stands there waits anew."""
    if event.whole is not event:
        _gather(run, activation, event.whole, _kept(run, event, variables, wait))
    elif _go_on(run, activation, event, variables) and wait is not None:
        _wait_again(run, activation, [wait])


def _gather(run: Run, activation: Activation, whole: Node, come: Come) -> None:
    gathered = gather(activation, whole, come)
    if gathered and _go_on(run, activation, whole, variables_of(gathered)):
        waits = [one.armed or one.subscribed for one in gathered]
        if not _wait_again(run, activation, [wait for wait in waits if wait is not None]):
            # What has come stays so: nothing of it is awaited any more.
            activation.come += gathered


def _wait_again(run: Run, activation: Activation, waits: Sequence[Wait]) -> bool:
    """Wait for the next of each; ``False``, with nothing waited for, when one of them cannot come again."""
    again = [found for wait in waits if (found := _again(run, activation, wait)) is not None]
    if len(again) < len(waits):
        return False
    begin(run, activation, again)
    return True


def _kept(run: Run, event: Node, variables: Mapping[str, Value], wait: Wait | None) -> Come:
    return Come(
        event.name,
        run.step.now,
        encode_values(variables),
        wait if isinstance(wait, Armed) else None,
        wait if isinstance(wait, Subscribed) else None,
    )


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


def _again(run: Run, activation: Activation, wait: Wait) -> Wait | None:
    """What to wait for so that the same comes once more; ``None`` when it cannot."""
    return timers.again(run, wait) if isinstance(wait, Armed) else subscriptions.again(run, activation, wait)
