"""Publishes what elements throw out of their tree: it is an event first, and goes out after the commit."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from engine.feel import to_json
from engine.message_events import MessageThrown, SignalThrown
from engine.spiff.attributes import Publication, PublicationKind, TimerKind
from engine.spiff.faults import Stuck
from engine.spiff.keys import correlation_key
from engine.spiff.limits import TIME_TO_LIVE
from engine.spiff.moments import TimeRefused, first_due, read_time
from engine.spiff.signals import spread
from engine.spiff.subscriptions import publication_of
from engine.spiff.variables import evaluate

if TYPE_CHECKING:
    from engine.spiff.activation import Activation
    from engine.spiff.run import Run


def publish(run: Run, activation: Activation) -> None:
    """Let the message or signal go that the element throws, with the element's own variables.

    Raises ``Stuck``, with no effect, when the key or the time to live is unusable, and ``Interrupted`` when a signal
    has ended the element itself.
    """
    behaviour = activation.task_spec.behaviour
    publication = publication_of(activation.task_spec)
    told = activation.local.values if activation.local is not None else {}
    variables = {name: to_json(value) for name, value in told.items()}
    if publication.kind is PublicationKind.SIGNAL:
        thrown = SignalThrown(
            thrown=run.next_id(),
            instance=run.instance,
            element=behaviour.element,
            signal=publication.name,
            variables=variables,
        )
        run.step.emit(thrown)
        spread(run, activation, thrown)
        return
    run.step.emit(
        MessageThrown(
            thrown=run.next_id(),
            instance=run.instance,
            element=behaviour.element,
            message=publication.name,
            key=correlation_key(run, activation, publication),
            variables=variables,
            expires_at=_expires_at(run, activation, publication),
        )
    )


def _expires_at(run: Run, activation: Activation, publication: Publication) -> datetime:
    if publication.time_to_live is None:
        return run.step.now + TIME_TO_LIVE
    value = evaluate(run, activation, publication.time_to_live)
    try:
        return first_due(read_time(TimerKind.DURATION, value), run.step.now, run.step.evaluation.zone)
    except TimeRefused as refused:
        raise Stuck(
            "time_to_live_unusable",
            f"消息“{publication.name}”的 timeToLive：{refused.message_zh}",
            f'timeToLive of message "{publication.name}": {refused.message_en}',
        ) from None
