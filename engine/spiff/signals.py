"""Signals inside their tree: whoever waits when one is thrown gets it, once, and nobody who begins to wait later.

Those of the same outermost instance have it at once, in the order in which they began to wait, so that a border ends
what is inside it in time; those of the tree's other instances when the one that throws it has come to rest. Other trees
get it after the commit.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from engine.feel import from_json
from engine.message_events import SignalThrown
from engine.spiff.attributes import PublicationKind
from engine.spiff.subscriptions import Delivery, publication_of, subscribed_event
from engine.spiff.throwing import Interrupted
from engine.spiff.waits import correlate

if TYPE_CHECKING:
    from engine.spiff.activation import Activation, Subscribed
    from engine.spiff.run import Run
    from engine.spiff.workflow import InstanceWorkflow

    Waiting: TypeAlias = tuple[InstanceWorkflow, Activation, Subscribed]


def spread(run: Run, activation: Activation, thrown: SignalThrown) -> None:
    """Let a signal reach whoever waits for it. Raises ``Interrupted`` when that has ended the element that threw it."""
    # As other trees get it: where somebody waits makes no difference to what comes.
    variables = {name: from_json(value) for name, value in thrown.variables.items()}
    delivery = Delivery(variables=variables, sender=thrown.element)
    run.tell_others(thrown.signal, delivery)
    for workflow, waiting, subscribed in listeners(_subscribed(run.workflow.outermost), thrown.signal):
        if subscribed in waiting.subscriptions:
            correlate(run.beside(workflow), waiting, subscribed, delivery)
    if not activation.is_live:
        raise Interrupted


def listeners(waiting: Iterable[Waiting], signal: str) -> list[Waiting]:
    """Those who wait for a signal, in the order in which they began to."""
    found = [each for each in waiting if _hears(each, signal)]
    return sorted(found, key=lambda each: each[2].id)


def _subscribed(outermost: InstanceWorkflow) -> Iterable[Waiting]:
    for workflow in outermost.family():
        for tokens in workflow.parts():
            for activation in tokens.waiting():
                yield from ((workflow, activation, subscribed) for subscribed in activation.subscriptions)


def _hears(waiting: Waiting, signal: str) -> bool:
    _, activation, subscribed = waiting
    publication = publication_of(subscribed_event(activation, subscribed))
    return publication.kind is PublicationKind.SIGNAL and publication.name == signal
