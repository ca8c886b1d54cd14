"""What can be asked of batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from engine.configuration import ConfigurationCommand


@dataclass(frozen=True, kw_only=True)
class StartBatch(ConfigurationCommand):
    """Start a batch with its items; they are worked off after the commit."""

    takes_effect: ClassVar[bool] = False

    kind: str
    #: JSON values, each of which the kind turns into one command.
    items: Sequence[Any]
    object: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", f"batches:{self.actor.id}")


@dataclass(frozen=True, kw_only=True)
class CancelBatch(ConfigurationCommand):
    """Stop a batch; what is done stays done."""

    takes_effect: ClassVar[bool] = False

    batch: int
    object: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", f"batch:{self.batch}")
