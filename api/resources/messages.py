"""Messages from outside to cases that wait for them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.commands import carry_out
from api.routes import Call, Nothing, Reply, Resource, Route
from api.shapes import shown
from engine.errors import Invalid
from engine.jsontext import json_value
from engine.messages import PublishMessage
from processes.access import Permission

#: A day; the longest is a month.
KEPT = timedelta(days=1)
Kept = Annotated[timedelta, msgspec.Meta(description="ISO 8601 duration / ISO 8601 时长")]
MessageName = Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
LONGEST_KEPT = timedelta(days=31)


class NewMessage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A message for the one case that waits for its name and key."""

    name: MessageName
    correlation_key: MessageName
    variables: dict[str, Any] = {}
    #: How long it is kept until somebody waits for it; ``PT0S`` means that somebody must be waiting now.
    time_to_live: Kept = KEPT
    #: The sender's own id, under which it is taken once.
    message_id: MessageName | None = None


class TakenMessage(msgspec.Struct, frozen=True, kw_only=True):
    """The number of a message that was taken in; ``is_new`` is false when its ``message_id`` had come before."""

    message: int
    is_new: bool
    version: int


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a message."""

    id: int
    name: str
    key: str
    #: ``open``, ``consumed`` or ``expired``.
    state: str
    #: Stable code of why its receiver could not take it.
    refusal: str | None
    received_at: datetime
    expires_at: datetime
    ended_at: datetime | None


async def publish_message(call: Call[Nothing, NewMessage]) -> Reply:
    """Take a message in and hand it to whoever waits for it."""
    body = call.body
    check_kept(body.time_to_live, "/time_to_live")
    command = PublishMessage(
        actor=call.signed_in.actor,
        key=call.key,
        name=body.name,
        correlation_key=body.correlation_key,
        variables=body.variables,
        time_to_live=body.time_to_live,
        message_id=body.message_id,
    )
    return await hand_over(call, command)


def check_kept(time_to_live: timedelta, pointer: str) -> None:
    """Raises ``Invalid`` for a time that is not from none to the longest."""
    if not timedelta() <= time_to_live <= LONGEST_KEPT:
        raise Invalid(
            "time_to_live",
            f"保留时长应为 0 到 {LONGEST_KEPT.days} 天",
            f"Expected a time to live of 0 to {LONGEST_KEPT.days} days",
            pointer=pointer,
        )


async def hand_over(call: Call[Any, Any], command: PublishMessage) -> Reply:
    """Take a message in and hand it to whoever waits for it; the bus's answer. Raises its refusal."""
    reply = await carry_out(call, command)
    await call.platform.deliverer.deliver(json_value(reply.body)["message"])
    return reply


async def get_message(call: Call[Nothing, None]) -> Reply:
    """Answer what became of a message of the caller's."""
    row = await call.platform.messages.message(call.path["message"], call.signed_in.actor.id)
    return answered(shown(row, Message))


RESOURCE = Resource(
    name="messages",
    title_zh="消息",
    title_en="Messages",
    routes=(
        Route(
            method="POST",
            path="/messages",
            handler=publish_message,
            summary_zh="发来消息，交给在等它的案件",
            summary_en="Send a message to the case that waits for it",
            body=NewMessage,
            answer=TakenMessage,
            status=201,
            also_status=200,
            keyed=True,
            refusals=("forbidden", "invalid_state"),
        ),
        Route(
            method="GET",
            path="/messages/{message}",
            handler=get_message,
            summary_zh="消息的下落",
            summary_en="What became of a message",
            answer=Message,
            permission=Permission.MESSAGE_SEND,
        ),
    ),
)
