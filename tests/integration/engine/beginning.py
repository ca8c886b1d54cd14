"""A house in which no message or signal begins anything."""

from __future__ import annotations

from datetime import datetime

from engine.actors import Actor
from engine.commands import Command, IdempotencyKey
from engine.messages import Start


class NoBeginning:
    """Is never asked."""

    def judge(self, start: Start, at: datetime) -> None:
        raise AssertionError((start, at))

    def command(self, actor: Actor, key: IdempotencyKey, tree: int, start: Start) -> Command:
        raise AssertionError((actor, key, tree, start))
