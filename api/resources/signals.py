"""Signals from outside to every case that waits for them."""

from __future__ import annotations

from typing import Any

import msgspec

from api.commands import carry_out
from api.resources.messages import MessageName
from api.routes import Call, Nothing, Reply, Resource, Route
from engine.messages import BroadcastSignal


class NewSignal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A signal for everybody who waits for its name now."""

    name: MessageName
    variables: dict[str, Any] = {}


class SentSignal(msgspec.Struct, frozen=True, kw_only=True):
    """The batch that carries it, one item per receiver; ``null`` when nobody waits."""

    batch: int | None
    version: int


async def send_signal(call: Call[Nothing, NewSignal]) -> Reply:
    """Let everybody have it who waits for it now."""
    body = call.body
    command = BroadcastSignal(actor=call.signed_in.actor, key=call.key, name=body.name, variables=body.variables)
    return await carry_out(call, command)


RESOURCE = Resource(
    name="signals",
    title_zh="信号",
    title_en="Signals",
    routes=(
        Route(
            method="POST",
            path="/signals",
            handler=send_signal,
            summary_zh="发出信号，所有在等它的案件都收到",
            summary_en="Send a signal to every case that waits for it",
            body=NewSignal,
            answer=SentSignal,
            status=201,
            also_status=200,
            keyed=True,
        ),
    ),
)
