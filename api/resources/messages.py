"""Messages from outside to cases that wait for them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.commands import carry_out
from api.lists import List, Paging, next_cursor, position, shown_items
from api.pages import MemoryPage
from api.routes import Call, Nothing, Reply, Resource, Route
from api.shapes import shown
from engine.actors import Actor
from engine.errors import Forbidden, Invalid
from engine.jsontext import json_value
from engine.messages import DropMessage, PublishMessage, RetryMessage
from processes.access import Permission, against

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
    #: ``Actor.id`` of who sent it, or the tree that threw it.
    sender: str
    #: ``open``, ``consumed``, ``expired`` or ``dropped``.
    state: str
    #: Stable code of why its receiver could not take it, the last time, and how often that was.
    refusal: str | None
    refusals: int
    received_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    #: The case that took it or that it began.
    case: int | None
    #: ``Actor.id`` of who dropped it, and why.
    dropped_by: str | None
    reason: str | None
    #: Key of the process whose timer has fired and which it begins; ``null`` for other messages.
    begins: str | None


class WaitingFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which messages that wait for somebody."""

    #: Only those that whoever it was could not take.
    refused: bool = False
    #: Only those of this name, and of this correlation key; a key is asked for with its name.
    name: str | None = None
    key: str | None = None


class MessageList(List, frozen=True, kw_only=True):
    """A page of messages that wait for somebody, the oldest first."""

    items: list[Message]


class Dropping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why nobody is to get it."""

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]


class DecidedMessage(msgspec.Struct, frozen=True, kw_only=True):
    """The message that was decided about."""

    message: int
    version: int


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


async def hand_over(call: Call[Any, Any], command: PublishMessage | RetryMessage) -> Reply:
    """Take a message in and hand it to whoever waits for it; the bus's answer. Raises its refusal."""
    reply = await carry_out(call, command)
    await call.platform.deliverer.deliver(json_value(reply.body)["message"])
    return reply


async def get_message(call: Call[Nothing, None]) -> Reply:
    """Answer what became of a message of the caller's, or of any to those who look after all of them."""
    actor = call.signed_in.actor
    row = await call.platform.messages.message(call.path["message"], None if _looks_after_all(actor) else actor.id)
    return answered(shown(row, Message))


async def list_messages(call: Call[WaitingFilter, None]) -> Reply:
    """Answer messages that nobody has taken yet. Raises ``Forbidden`` for who does not look after all cases."""
    if not _looks_after_all(call.signed_in.actor):
        raise Forbidden("case_scope", "只有可查看全部案件的人可以查看", "Only those who see every case see these")
    after, limit, query = position(call), call.query.limit, call.query
    since = after[0] if after else None
    messages = call.platform.messages
    if query.name is None:
        rows = await messages.waiting(only_refused=query.refused, after=since, limit=limit)
    else:
        rows = await messages.waiting_under(query.name, query.key, after=since, limit=limit)
    page = MemoryPage(items=rows, next=[rows[-1].id] if len(rows) == limit else None, count=len(rows))
    return answered(MessageList(items=shown_items(rows, Message), next=next_cursor(call, page)))


async def retry_message(call: Call[Nothing, Nothing]) -> Reply:
    """Hand a message once more to whoever could not take it."""
    command = RetryMessage(actor=call.signed_in.actor, key=call.key, message=call.path["message"])
    return await hand_over(call, command)


async def drop_message(call: Call[Nothing, Dropping]) -> Reply:
    """Let nobody have a message."""
    command = DropMessage(
        actor=call.signed_in.actor, key=call.key, message=call.path["message"], reason=call.body.reason
    )
    return await carry_out(call, command)


def _looks_after_all(actor: Actor) -> bool:
    """Messages belong to no case before somebody takes them: whoever sees and mends all cases sees all of them."""
    return actor.audience is None and against(actor, Permission.FAULT_RETRY) is None


def _decision(verb: str, handler: Any, words: tuple[str, str], body: type[msgspec.Struct]) -> Route:
    return Route(
        method="POST",
        path=f"/messages/{{message}}/{verb}",
        handler=handler,
        summary_zh=words[0],
        summary_en=words[1],
        body=body,
        answer=DecidedMessage,
        status=200,
        also_status=201,
        keyed=True,
        refusals=("forbidden", "invalid_state"),
    )


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
        Route(
            method="GET",
            path="/messages",
            handler=list_messages,
            summary_zh="还没有谁收下的消息",
            summary_en="Messages that nobody has taken yet",
            query=WaitingFilter,
            answer=MessageList,
            permission=Permission.FAULT_RETRY,
        ),
        _decision("retry", retry_message, ("再次投递消息", "Hand a message over again"), Nothing),
        _decision("drop", drop_message, ("不再投递消息，说明理由", "Drop a message, with the reason"), Dropping),
    ),
)
