"""What comes of a delivery: the answer, a try in vain, or a person's decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.deliveries.commands import (
    AcceptDelivery,
    AnswerDelivery,
    CompleteDelivery,
    DeliveryCommand,
    EditDelivery,
    FailDelivery,
    RejectDelivery,
    RetryDelivery,
    SentDelivery,
    SkipDelivery,
)
from engine.delivery_events import DeliveryAccepted, DeliveryEdited, DeliveryFailed
from engine.errors import Forbidden, Invalid, InvalidState, NotFound
from engine.feel import FeelLimitExceeded, NotConvertible, Value, from_json
from engine.handlers.progress import progress
from engine.handling import Handlers, Work
from engine.projections import DeliveryRow, DeliveryState
from engine.turns import Answered, GivenUp, Refused, Replaced, Resent

#: Characters of the reason that a person gives.
LONGEST_REASON = 500


def complete_delivery(command: CompleteDelivery, work: Work) -> dict[str, Any]:
    """Go on with the answer, when the claim still holds; whether it did is in the answer."""
    row = _held(command, work)
    if row is not None:
        work.turn(command.delivery, Answered(_values(command.result, "/result")))
    return _answer(command, work, taken=row is not None)


def accept_delivery(command: AcceptDelivery, work: Work) -> dict[str, Any]:
    """Wait for the answer without sending again, when the claim still holds; whether it did is in the answer."""
    row = _held(command, work)
    if row is not None:
        work.record(DeliveryAccepted(delivery=command.delivery, instance=row.instance, element=row.element))
    return _answer(command, work, taken=row is not None)


def reject_delivery(command: RejectDelivery, work: Work) -> dict[str, Any]:
    """Take an error as the answer, when the claim still holds; what nothing in the diagram catches is a fault."""
    row = _held(command, work)
    refused = Refused(command.error, _values(command.variables, "/variables"))
    if row is not None and not work.turn(command.delivery, refused):
        work.record(
            DeliveryFailed(
                delivery=command.delivery,
                instance=row.instance,
                element=row.element,
                code="rejected",
                message_zh=f"对方拒绝（{command.error}）：{command.message}",
                message_en=f"refused by the other side ({command.error}): {command.message}",
            )
        )
    return _answer(command, work, taken=row is not None)


def fail_delivery(command: FailDelivery, work: Work) -> dict[str, Any]:
    """Plan the next try, or raise a fault when there is none, when the claim still holds."""
    row = _held(command, work)
    if row is not None:
        is_last = command.retry_in is None or row.attempts + 1 >= row.retries
        work.record(
            DeliveryFailed(
                delivery=command.delivery,
                instance=row.instance,
                element=row.element,
                code=command.code,
                message_zh=command.message_zh,
                message_en=command.message_en,
                next_at=None if is_last or command.retry_in is None else work.now + command.retry_in,
            )
        )
        if is_last:
            work.turn(command.delivery, _given_up(command, row))
    return _answer(command, work, taken=row is not None)


def answer_delivery(command: AnswerDelivery, work: Work) -> dict[str, Any]:
    """Go on with the answer of the system that was asked; a late or second answer has no effect and says so."""
    row = _known(command, work)
    if row is not None and row.target != command.target:
        raise Forbidden(
            "delivery_of_another",
            "这件事没有委托给您",
            f"Expected the answer of {row.target}, but {command.target} answers",
        )
    if row is not None:
        work.turn(command.delivery, Answered(_values(command.result, "/result")))
    return _answer(command, work, taken=row is not None)


def retry_delivery(command: RetryDelivery, work: Work) -> dict[str, Any]:
    """Begin the tries anew. Raises ``InvalidState`` while it is being sent."""
    _at_rest(command, work)
    work.turn(command.delivery, Resent())
    return _answer(command, work, taken=True)


def edit_delivery(command: EditDelivery, work: Work) -> dict[str, Any]:
    """Change the payload and begin the tries anew. Raises ``InvalidState`` while it is being sent."""
    row, reason = _at_rest(command, work), _reason(command.reason)
    work.record(
        DeliveryEdited(
            delivery=command.delivery,
            instance=row.instance,
            element=row.element,
            payload=dict(command.payload),
            reason=reason,
        )
    )
    work.turn(command.delivery, Resent())
    return _answer(command, work, taken=True)


def skip_delivery(command: SkipDelivery, work: Work) -> dict[str, Any]:
    """Go on with a person's answer instead. Raises ``InvalidState`` while it is being sent."""
    _at_rest(command, work)
    work.turn(command.delivery, Replaced(_values(command.result, "/result"), _reason(command.reason)))
    return _answer(command, work, taken=True)


DELIVERY_HANDLERS: Handlers = {
    CompleteDelivery: complete_delivery,
    AcceptDelivery: accept_delivery,
    RejectDelivery: reject_delivery,
    FailDelivery: fail_delivery,
    AnswerDelivery: answer_delivery,
    RetryDelivery: retry_delivery,
    EditDelivery: edit_delivery,
    SkipDelivery: skip_delivery,
}


def _known(command: DeliveryCommand, work: Work) -> DeliveryRow | None:
    row: DeliveryRow | None = work.rows("delivery").get(command.delivery)
    return row if row is not None and row.is_open else None


def _held(command: SentDelivery, work: Work) -> DeliveryRow | None:
    """The delivery, when it is still to be sent and nobody has claimed it since."""
    row = _known(command, work)
    return row if row is not None and row.state is DeliveryState.OPEN and row.lease == command.lease else None


def _at_rest(command: DeliveryCommand, work: Work) -> DeliveryRow:
    """The delivery, when a person may decide about it."""
    row = _known(command, work)
    if row is None:
        raise NotFound(
            "delivery_not_found",
            "没有这个未完成的投递",
            f"Expected an open delivery {command.delivery}, but case {command.tree} has none",
        )
    if row.is_held:
        raise InvalidState(
            "delivery_in_flight",
            "正在发送，请在结果出来后再处理（最多一分钟）",
            "Expected a delivery that is not being sent just now; try again when its result is there",
        )
    return row


def _given_up(command: FailDelivery, row: DeliveryRow) -> GivenUp:
    tries = row.attempts + 1
    return GivenUp(
        f"向“{row.target}”投递 {tries} 次未成：{command.message_zh}",
        f"{row.target} could not be reached in {tries} tries: {command.message_en}",
    )


def _reason(text: str) -> str:
    reason = text.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise Invalid(
            "reason_missing",
            f"请写明原因（不超过 {LONGEST_REASON} 字）",
            f"Expected a reason of 1 to {LONGEST_REASON} characters",
            pointer="/reason",
        )
    return reason


def _values(result: Mapping[str, Any], pointer: str) -> dict[str, Value]:
    try:
        return {name: from_json(value) for name, value in result.items()}
    except (NotConvertible, FeelLimitExceeded) as error:
        raise Invalid("result_unusable", error.message_zh, error.message_en, pointer=pointer) from None


def _answer(command: DeliveryCommand, work: Work, *, taken: bool) -> dict[str, Any]:
    return {"case": command.tree, "delivery": command.delivery, "taken": taken, **progress(work)}
