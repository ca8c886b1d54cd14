"""The kind of batch that urges many cases, each by the verb that urges one."""

from __future__ import annotations

from typing import Any

from engine.actors import Actor
from engine.commands import Command, IdempotencyKey
from processes.verbs import UseVerb

#: Name of the kind, and of the verb.
URGING = "urge"


def urging_item(case: int, opinion: str) -> dict[str, Any]:
    """What one item of the batch is made of."""
    return {"tree": case, "data": {"opinion": opinion}}


def urging_command(actor: Actor, key: IdempotencyKey, item: Any) -> Command:
    """The command of an item ``{tree, data}``."""
    return UseVerb(actor=actor, key=key, verb=URGING, **item)
