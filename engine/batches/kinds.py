"""What a kind of batch does with one of its items."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.actors import Actor
from engine.commands import Command, IdempotencyKey

#: Makes the command of one item. Pure: a batch that is taken up again makes the same command.
BatchKind = Callable[[Actor, IdempotencyKey, Any], Command]
BatchKinds = Mapping[str, BatchKind]
