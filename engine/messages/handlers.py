"""Taking a message in, and what people decide about one that is kept."""

from __future__ import annotations

from typing import Any

from engine.clock import Clock
from engine.errors import InvalidState
from engine.jsontext import json_text
from engine.messages.beginning import Beginning, Start
from engine.messages.commands import DropMessage, PublishMessage, RetryMessage
from engine.spiff.admission import refuse_reserved
from engine.storage.unit_of_work import UnitOfWork

_PUBLISH = """
select message, is_new, receivers, starter, coalesce($6::timestamptz, clock_timestamp()) as now
from publish_message($1, $2, $3, $4, $5, coalesce($6::timestamptz, clock_timestamp()), $7)
"""
_RETRY = "update message set is_wanted = true, refusal = null where id = $1 and state = 'open'"
_DROP = """
update message
set state = 'dropped', dropped_by = $2, reason = $3, ended_at = coalesce($4::timestamptz, clock_timestamp())
where id = $1 and state = 'open'
"""


class PublishMessageHandler:
    """Decides ``PublishMessage``; how long a message is kept goes by case time."""

    def __init__(self, clock: Clock, beginning: Beginning) -> None:
        self._clock = clock
        self._beginning = beginning

    async def __call__(self, command: PublishMessage, uow: UnitOfWork) -> dict[str, Any]:
        """The number of the message.

        Raises ``InvalidState`` when several wait for it, or nobody and it is not kept, and the refusal of one that
        would begin a process and cannot.
        """
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
            if row["starter"] is not None:
                self._beginning.judge(_start(command, row["starter"]), row["now"])
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


async def retry_message(command: RetryMessage, uow: UnitOfWork) -> dict[str, Any]:
    """Let it be handed over again. Raises ``InvalidState`` when it is no longer kept."""
    if await uow.execute(_RETRY, command.message) == "UPDATE 0":
        raise _not_kept(command.message)
    return {"message": command.message}


class DropMessageHandler:
    """Decides ``DropMessage``."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def __call__(self, command: DropMessage, uow: UnitOfWork) -> dict[str, Any]:
        """Nobody gets it. Raises ``InvalidState`` when it is no longer kept."""
        dropped = await uow.execute(_DROP, command.message, command.actor.id, command.reason, self._clock.moment())
        if dropped == "UPDATE 0":
            raise _not_kept(command.message)
        line = {"message": command.message, "reason": command.reason}
        uow.record("message_dropped", line, actor=command.actor.id)
        return {"message": command.message}


def _start(command: PublishMessage, process: str) -> Start:
    return Start(
        process=process, kind="message", name=command.name, variables=command.variables, sender=command.actor.id
    )


def _not_kept(message: int) -> InvalidState:
    return InvalidState(
        "message_not_kept",
        "没有这个消息，或它已有结果",
        f"Expected message {message} to wait for somebody, but it has come to its end or never was",
    )
