"""Commands on their way to the bus, counted by what became of them."""

from __future__ import annotations

from typing import Any

from api.parameters import Numbered
from api.routes import Call, Reply
from engine.commands import Command
from engine.errors import Refusal

STATUS_OF_OUTCOME = {"created": 201, "done": 200}


async def carry_out(call: Call[Any, Any], command: Command) -> Reply:
    """Hand the command to the bus; its stored answer, byte for byte. Raises its ``Refusal``."""
    counted = call.metrics.commands
    name = type(command).__name__
    try:
        answer = await call.platform.bus.handle(command)
    except Refusal as refusal:
        counted.labels(name, refusal.kind).inc()
        raise
    counted.labels(name, answer.outcome).inc()
    return Reply(status=STATUS_OF_OUTCOME[answer.outcome], body=answer.body)


def addressed(call: Call[Any, Any]) -> dict[str, Any]:
    """The members that every command on a task shares."""
    numbered: Numbered = call.path["task"]
    return {
        "actor": call.signed_in.actor,
        "key": call.key,
        "tree": numbered.tree,
        "task": numbered.number,
        "expected": call.expected,
    }
