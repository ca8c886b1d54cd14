"""Taking a message in."""

from __future__ import annotations

from typing import Any

from engine.clock import Clock
from engine.errors import InvalidState
from engine.jsontext import json_text
from engine.messages.commands import PublishMessage
from engine.spiff.admission import refuse_reserved
from engine.storage.unit_of_work import UnitOfWork

_PUBLISH = """
select message, is_new, receivers
from publish_message($1, $2, $3, $4, $5, coalesce($6::timestamptz, clock_timestamp()), $7)
"""


class PublishMessageHandler:
    """Decides ``PublishMessage``; how long a message is kept goes by case time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def __call__(self, command: PublishMessage, uow: UnitOfWork) -> dict[str, Any]:
        """The number of the message. Raises ``InvalidState`` when several wait for it, or nobody and it is not kept."""
        refuse_reserved(command.variables)
        row = await uow.fetchrow(
            _PUBLISH,
            command.name,
            command.correlation_key,
            json_text(command.variables).decode(),
            command.actor.id,
            command.message_id,
            self._clock.moment(),
            command.time_to_live,
        )
        assert row is not None, "the function always answers one row"  # noqa: S101 - its last statement
        if row["is_new"]:
            judge_receivers(row["receivers"], is_kept=bool(command.time_to_live))
        return {"message": row["message"], "is_new": row["is_new"]}


def judge_receivers(receivers: int, *, is_kept: bool) -> None:
    """Raises ``InvalidState`` when several wait for a message, or nobody and it is not kept."""
    if receivers > 1:
        raise InvalidState(
            "message_ambiguous",
            "有几处在等同样名称和关联键的消息，无法确定给谁；没有投递",
            "Expected one receiver for this name and correlation key, but several wait; nothing was delivered",
        )
    if not receivers and not is_kept:
        raise InvalidState(
            "message_without_receiver",
            "此刻没有谁在等这个消息，而它不保留；没有投递",
            "Expected somebody to wait for the message, for it is not to be kept, but nobody does",
        )
