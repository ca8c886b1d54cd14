"""Conditions that are waited for: judged whenever a tree has come to rest, and met once each time they become true.

Nobody sends a condition, so that whoever waits looks for it: at once when it begins to wait, then each time that
something in the tree has happened and everything is at rest again. A condition that has been met on the border of an
activity that goes on, or by an event sub-process beside its scope, has to become false before it is met again. Time
alone makes nothing happen: what is to come with a moment is a timer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from engine.spiff.faults import Stuck
from engine.spiff.subscriptions import publication_of, subscribed_event
from engine.spiff.variables import value_of, warn

if TYPE_CHECKING:
    from engine.spiff.activation import Activation, Subscribed
    from engine.spiff.run import Run


def is_condition(activation: Activation, subscribed: Subscribed) -> bool:
    """Whether it is a condition that is waited for, and no message or signal."""
    return publication_of(subscribed_event(activation, subscribed)).condition is not None


def comes_true(run: Run, activation: Activation, subscribed: Subscribed) -> bool:
    """Whether a condition has become true; one that no longer is can do so again."""
    holds = _holds(run, activation, subscribed)
    if holds and not subscribed.is_met:
        return True
    if subscribed.is_met and not holds:
        again = msgspec.structs.replace(subscribed, is_met=False)
        activation.subscriptions = tuple(again if each is subscribed else each for each in activation.subscriptions)
    return False


def _holds(run: Run, activation: Activation, subscribed: Subscribed) -> bool:
    """What is neither true nor false is not true yet; what looked wrong in it was told when the waiting began."""
    event = subscribed_event(activation, subscribed)
    condition = publication_of(event).condition
    if condition is None:
        raise RuntimeError(f"{event.element} waits for no condition, but was judged by one")
    try:
        return value_of(run, activation, condition) is True
    except Stuck as stuck:
        # Nothing stands at the condition that could be a fault: the activity goes on whatever becomes of it.
        told = {"code": stuck.code, "message_zh": stuck.message_zh, "message_en": stuck.message_en}
        warn(run, activation, f"{event.element}:{condition.name}", [told])
        return False
