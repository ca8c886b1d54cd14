"""The kind of batch that uses a verb on many cases, each by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.actors import Actor
from engine.commands import Command, IdempotencyKey
from processes.verbs.commands import UseVerb

#: Name of the kind.
VERB = "verb"


def verb_item(case: int, verb: str, data: Mapping[str, Any], comment: str = "") -> dict[str, Any]:
    """What one item of the batch is made of."""
    return {"tree": case, "verb": verb, "data": dict(data), "comment": comment}


def verb_command(actor: Actor, key: IdempotencyKey, item: Any) -> Command:
    """The command of an item ``{tree, verb, data, comment}``."""
    return UseVerb(actor=actor, key=key, **item)
