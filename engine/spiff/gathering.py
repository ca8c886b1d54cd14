"""Parallel multiple events: whoever waits for one keeps what has come of it until the last of its definitions has.

Each definition is waited for on its own, and once: until the event goes on it is not awaited again, so that no more can
be kept than the event has definitions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.feel import Value
from engine.spiff.activation import Activation, Come
from engine.spiff.stored_values import decode_values

if TYPE_CHECKING:
    from engine.spiff.specs import Node


def gather(keeper: Activation, whole: Node, come: Come) -> tuple[Come, ...]:
    """Keep what has come of an event; once nothing is missing, all of it in the order of coming, kept no longer."""
    names = [awaited.name for awaited in whole.awaited]
    gathered = (*(one for one in keeper.come if one.node in names), come)
    if len(gathered) < len(names):
        keeper.come += (come,)
        return ()
    keeper.come = tuple(one for one in keeper.come if one.node not in names)
    return gathered


def variables_of(gathered: Sequence[Come]) -> dict[str, Value]:
    """What came with all of it; of a name that came more than once, the later one."""
    return {name: value for come in gathered for name, value in decode_values(come.variables).items()}


def has_come(host: Activation, awaited: Node) -> bool:
    """Whether a definition of a parallel multiple event on a host's border, or of its scope, has come already."""
    keeper = host if awaited.whole.is_on_border else host.workflow.watches.get(awaited.whole.name)
    return keeper is not None and any(come.node == awaited.name for come in keeper.come)


def keeper_of(host: Activation, awaited: Node) -> Activation:
    """Who keeps what has come of the events on a host's border, or of those that begin something in its scope."""
    if awaited.whole is awaited or awaited.whole.is_on_border:
        return host
    return host.workflow.watch_of(awaited.whole)
