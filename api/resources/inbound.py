"""What outside systems send by themselves: answers to what they took over, and messages to cases that wait.

Each is signed over its exact bytes and taken once under its ``webhook-id``: sent again, it is answered as before.
"""

from __future__ import annotations

import hashlib
import re
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.bodies import read_json
from api.commands import carry_out
from api.parameters import read_path
from api.resources.messages import KEPT, Kept, MessageName, check_kept, hand_over
from api.routes import JSON_TYPE, Call, Nothing, Reply, Resource, Route
from api.validation import typed
from connectors import Target
from engine.actors import Actor
from engine.commands import IdempotencyKey
from engine.deliveries import AnswerDelivery
from engine.errors import Invalid, Malformed
from engine.jsontext import json_value
from engine.messages import PublishMessage
from processes.access import Permission

_IDENTITY = re.compile(r"[\x21-\x7e]{1,200}")
_HEADERS = {
    "webhook-id": "Names what is sent; the same for every repetition.",
    "webhook-timestamp": "When it was signed, in seconds since 1970.",
    "webhook-signature": "v1, and the Base64 of HMAC-SHA256 over id.timestamp.body; several are separated by spaces.",
}


class DeliveryAnswer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The answer to something that was taken over."""

    #: Case and number of the delivery, as its key began: ``1024.7``.
    delivery: Annotated[str, msgspec.Meta(pattern=r"^[1-9][0-9]{0,18}\.[1-9][0-9]{0,9}$")]
    #: By name, for the output mappings of the diagram.
    result: dict[str, Any] = {}


class SentMessage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A message for the one case that waits for its name and key."""

    name: MessageName
    correlation_key: MessageName
    variables: dict[str, Any] = {}
    #: How long it is kept until somebody waits for it.
    time_to_live: Kept = KEPT


class Inbound(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an outside system sends: one of the two."""

    answer: DeliveryAnswer | None = None
    message: SentMessage | None = None


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """Whether it had an effect; an answer that comes too late or a second time has none."""

    taken: bool


async def receive(call: Call[Nothing, bytes]) -> Reply:
    """Take what an outside system sends, once."""
    source = call.path["source"]
    target = await call.platform.listening.sender(source, call.headers, call.body)
    sent = typed(read_json(call.body), Inbound)
    actor, key = _actor(source, target), _key(call, source)
    if sent.answer is not None and sent.message is None:
        return await _take_answer(call, sent.answer, actor, key)
    if sent.message is not None and sent.answer is None:
        return await _take_message(call, sent.message, actor, key)
    raise Invalid("one_of_two", "answer 和 message 应恰有其一", "Expected either an answer or a message")


async def _take_answer(call: Call[Any, Any], sent: DeliveryAnswer, actor: Actor, key: IdempotencyKey) -> Reply:
    wanted = read_path({"delivery": sent.delivery})["delivery"]
    source = call.path["source"]
    command = AnswerDelivery(
        actor=actor, key=key, tree=wanted.tree, delivery=wanted.number, target=source, result=sent.result
    )
    reply = await carry_out(call, command)
    return answered(Received(taken=json_value(reply.body)["taken"]))


async def _take_message(call: Call[Any, Any], sent: SentMessage, actor: Actor, key: IdempotencyKey) -> Reply:
    check_kept(sent.time_to_live, "/message/time_to_live")
    command = PublishMessage(
        actor=actor,
        key=key,
        name=sent.name,
        correlation_key=sent.correlation_key,
        variables=sent.variables,
        time_to_live=sent.time_to_live,
        message_id=key.key,
    )
    reply = await hand_over(call, command)
    return answered(Received(taken=json_value(reply.body)["is_new"]))


def _actor(source: str, target: Target) -> Actor:
    """The outside system as one who acts: it may answer what it was asked, and send messages."""
    permissions = frozenset({Permission.MESSAGE_SEND.value})
    return Actor(id=f"source:{source}", name=target.title, permissions=permissions, audience=None)


def _key(call: Call[Any, bytes], source: str) -> IdempotencyKey:
    """The same id with other content is refused."""
    identity = call.headers["webhook-id"]
    if not _IDENTITY.fullmatch(identity):
        raise Malformed(
            "webhook_id_unreadable",
            "webhook-id 应为 1 到 200 个可见 ASCII 字符",
            "webhook-id must be 1 to 200 visible ASCII characters",
        )
    return IdempotencyKey(actor=f"source:{source}", key=identity, fingerprint=hashlib.sha256(call.body).digest())


RESOURCE = Resource(
    name="inbound",
    title_zh="外部系统来件",
    title_en="What outside systems send",
    routes=(
        Route(
            method="POST",
            path="/inbound/{source}",
            handler=receive,
            summary_zh="外部系统的答复或消息，须签名，同一编号只生效一次",
            summary_en="An answer or a message of an outside system: signed, and taken once under its id",
            body=Inbound,
            body_types=(JSON_TYPE,),
            answer=Received,
            is_open=True,
            headers=_HEADERS,
            refusals=("unauthenticated",),
        ),
    ),
)
