"""Subscriptions of the elements: which message, signal or condition each waits for, and what happens in their rows.

Nothing here knows who else waits or what was sent: a subscription waits until it is told what has come. Like timers,
the subscription of an event in the flow belongs to the event's own activation, those of boundary events to the
activation of the activity they stand on, and those of an event-based gateway's arms to the gateway's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.feel import Value, to_json
from engine.message_events import SubscriptionClosed, SubscriptionCorrelated, SubscriptionOpened
from engine.spiff.activation import Activation, Subscribed
from engine.spiff.keys import correlation_key
from engine.spiff.variables import evaluate

if TYPE_CHECKING:
    from engine.spiff.attributes import Publication
    from engine.spiff.run import Run
    from engine.spiff.specs import Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """A message or signal that has come, as a subscription is told of it."""

    variables: Mapping[str, Value] = field(default_factory=dict)
    #: Number of the message; ``None`` for a signal, and when nobody keeps count.
    message: int | None = None
    #: ``Actor.id`` of who sent it, or the element that threw it, behind its tree when that is another one.
    sender: str = ""


def plan(run: Run, activation: Activation, event: Node) -> Subscribed:
    """The subscription of an event, as its activation sees it now.

    Raises ``Stuck`` when it has no usable key, or when its condition cannot be judged.
    """
    publication = publication_of(event)
    if publication.condition is not None:
        evaluate(run, activation, publication.condition)
    key = correlation_key(run, activation, publication) if publication.key is not None else ""
    return Subscribed(run.next_id(), event.name, key)


def subscribe(run: Run, activation: Activation, subscriptions: Sequence[Subscribed]) -> None:
    """Begin to wait for each of them."""
    activation.subscriptions += tuple(subscriptions)
    for subscribed in subscriptions:
        event = subscribed_event(activation, subscribed)
        publication = publication_of(event)
        run.step.emit(
            SubscriptionOpened(
                subscription=subscribed.id,
                instance=run.instance,
                element=event.element,
                name=event.behaviour.name,
                attached_to=event.behaviour.attached_to,
                kind=publication.kind.value,
                message=publication.name,
                key=subscribed.key,
                origin=subscribed.origin,
                groups=subscribed.groups,
            )
        )


def unsubscribe(run: Run, activation: Activation) -> None:
    """Wait no longer for any message or signal of an activation."""
    subscriptions, activation.subscriptions = activation.subscriptions, ()
    for subscribed in subscriptions:
        element = subscribed_event(activation, subscribed).element
        run.step.emit(SubscriptionClosed(subscription=subscribed.id, instance=run.instance, element=element))


def take(run: Run, activation: Activation, subscribed: Subscribed, delivery: Delivery) -> None:
    """End one subscription because what it waited for has come."""
    activation.subscriptions = tuple(other for other in activation.subscriptions if other is not subscribed)
    run.step.emit(
        SubscriptionCorrelated(
            subscription=subscribed.id,
            instance=run.instance,
            element=subscribed_event(activation, subscribed).element,
            message=delivery.message,
            sender=delivery.sender,
            variables={name: to_json(value) for name, value in delivery.variables.items()},
        )
    )


def again(run: Run, activation: Activation, subscribed: Subscribed) -> Subscribed:
    """A subscription for the next one of the same name and key, from the same people; a condition that was met is still
    true."""
    is_met = publication_of(subscribed_event(activation, subscribed)).condition is not None
    return Subscribed(run.next_id(), subscribed.node, subscribed.key, origin_of(subscribed), is_met, subscribed.groups)


def origin_of(subscribed: Subscribed) -> int:
    """The first of those that the same border has opened one after another: by it, a signal finds whichever is open."""
    return subscribed.origin or subscribed.id


def subscribed_event(activation: Activation, subscribed: Subscribed) -> Node:
    """The element that catches it."""
    event: Node = activation.workflow.spec.task_specs[subscribed.node]
    return event


def publication_of(event: Node) -> Publication:
    """What an element waits for."""
    publication = event.behaviour.publication
    if publication is None:
        raise RuntimeError(f"{event.element} names neither message, signal nor condition, but passed the lint")
    return publication
