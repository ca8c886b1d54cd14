"""Signals on their way to other trees: one batch each, with an item for each who waits and each process that begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.actors import Actor
from engine.commands import CatchSignal, Command, IdempotencyKey
from engine.jsontext import json_text
from engine.messages.beginning import Beginning, Start
from engine.messages.commands import BroadcastSignal
from engine.spiff.admission import refuse_reserved
from engine.storage.unit_of_work import UnitOfWork

#: Name of the kind of batch.
SIGNAL = "signal"
_BROADCAST = "select broadcast_signal($1, $2, $3, 0)"


async def broadcast_signal(command: BroadcastSignal, uow: UnitOfWork) -> dict[str, Any]:
    """The batch that carries it; ``None`` when nobody waits. Raises ``Invalid`` for a reserved variable name."""
    refuse_reserved(command.variables)
    variables = json_text(command.variables).decode()
    return {"batch": await uow.fetchval(_BROADCAST, command.name, variables, command.actor.id)}


@dataclass(frozen=True)
class SignalItems:
    """What becomes of the items of ``broadcast_signal`` in the schema: who waits catches it, or a process begins."""

    beginning: Beginning

    def __call__(self, actor: Actor, key: IdempotencyKey, item: Any) -> Command:
        """The command of an item. Raises the ``Refusal`` of what cannot begin."""
        if "process" not in item:
            return CatchSignal(actor=actor, key=key, **item)
        start = Start(
            process=item["process"],
            kind="signal",
            name=item["signal"],
            variables=item["variables"],
            sender=item["sender"],
        )
        return self.beginning.command(actor, key, item["tree"], start)
