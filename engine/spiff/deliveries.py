"""Work handed to outside systems: requested by a step, answered by a later command.

A step only says what is to be delivered; sending is nobody's business in here. The activation waits until it is
answered, also while it stands as a fault because nobody could be reached: then the same delivery is sent again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.delivery_events import (
    DeliveryCompleted,
    DeliveryRejected,
    DeliveryRequested,
    DeliveryResent,
    DeliverySkipped,
)
from engine.feel import Value, kind_of, to_json
from engine.spiff.activation import Activation, Phase, Requested
from engine.spiff.faults import Stuck
from engine.spiff.limits import LONGEST_TOPIC, MOST_RETRIES
from engine.spiff.throwing import throw_error
from engine.spiff.variables import evaluate
from engine.spiff.whole_numbers import whole_number
from engine.turns import Answered, GivenUp, Refused, Replaced, Resent, Turn

if TYPE_CHECKING:
    from engine.spiff.attributes import Attribute, OutsideJob
    from engine.spiff.run import Run

#: How often a delivery is tried when the diagram does not say.
DEFAULT_RETRIES = 10


def request(run: Run, activation: Activation) -> None:
    """Ask an outside system, with the element's own variables as payload. Raises ``Stuck``; then nothing is asked."""
    behaviour = activation.task_spec.behaviour
    job: OutsideJob | None = behaviour.job
    if job is None:
        raise RuntimeError(f"{behaviour.element} has no topic, but passed the lint")
    topic, retries = _topic(run, activation, job.topic), _retries(run, activation, job.retries)
    payload = {
        mapping.target: to_json(activation.local.values[mapping.target] if activation.local else None)
        for mapping in behaviour.inputs
    }
    requested = Requested(run.next_id(), job.target or topic, topic)
    activation.requested = requested
    run.step.emit(
        DeliveryRequested(
            delivery=requested.id,
            instance=run.instance,
            element=behaviour.element,
            name=behaviour.name,
            topic=topic,
            target=requested.target,
            payload=payload,
            headers=dict(job.headers),
            retries=retries,
        )
    )


def take_turn(run: Run, activation: Activation, requested: Requested, turn: Turn) -> bool:
    """Let an element that waits for a delivery go on; ``False`` when it stands as a fault instead."""
    match turn:
        case Answered(result):
            run.step.emit(DeliveryCompleted(**_of(run, activation, requested), result=_told(result)))
            return _go_on(run, activation, result)
        case Replaced(result, reason):
            run.step.emit(DeliverySkipped(**_of(run, activation, requested), result=_told(result), reason=reason))
            return _go_on(run, activation, result)
        case Refused():
            return _refuse(run, activation, requested, turn)
        case Resent():
            run.step.emit(DeliveryResent(**_of(run, activation, requested)))
            run.clear_fault(activation)
            return True
        case GivenUp():
            # Still awaited: a person may have it sent again, changed or not, or answer for it.
            run.halt(activation, Stuck("delivery_failed", turn.message_zh, turn.message_en))
            return False


def _refuse(run: Run, activation: Activation, requested: Requested, turn: Refused) -> bool:
    activation.requested = None
    try:
        throw_error(run, activation, turn.error, turn.variables)
    except Stuck as stuck:
        activation.requested = requested
        run.halt(activation, stuck)
        return False
    about = _of(run, activation, requested)
    run.step.emit(DeliveryRejected(**about, error=turn.error, variables=_told(turn.variables)))
    return True


def _of(run: Run, activation: Activation, requested: Requested) -> dict[str, Any]:
    return {"delivery": requested.id, "instance": run.instance, "element": activation.task_spec.element}


def _told(values: Mapping[str, Value]) -> dict[str, Any]:
    return {name: to_json(value) for name, value in values.items()}


def _go_on(run: Run, activation: Activation, result: Mapping[str, Value]) -> bool:
    # What comes from outside is taken by name or not at all: it must not write over what the diagram knows.
    activation.answer = dict(result) if activation.task_spec.behaviour.outputs else {}
    activation.phase = Phase.ANSWERED
    run.resume(activation)
    return True


def _topic(run: Run, activation: Activation, attribute: Attribute) -> str:
    value = evaluate(run, activation, attribute)
    if isinstance(value, str) and 0 < len(value) <= LONGEST_TOPIC:
        return value
    raise _unusable(
        attribute, value, f"1 到 {LONGEST_TOPIC} 个字符的文字", f"a text of 1 to {LONGEST_TOPIC} characters"
    )


def _retries(run: Run, activation: Activation, attribute: Attribute | None) -> int:
    if attribute is None:
        return DEFAULT_RETRIES
    value = evaluate(run, activation, attribute)
    if (number := whole_number(value, 1, MOST_RETRIES)) is None:
        raise _unusable(attribute, value, f"1 到 {MOST_RETRIES} 的整数", f"a whole number from 1 to {MOST_RETRIES}")
    return number


def _unusable(attribute: Attribute, value: Value, wanted_zh: str, wanted_en: str) -> Stuck:
    return Stuck(
        "delivery_unusable",
        f"{attribute.name} 应得到{wanted_zh}，得到的却是 {kind_of(value)}。",
        f"Expected {attribute.name} to be {wanted_en}, but it is {kind_of(value)}.",
    )
