"""What a running diagram looks like: which elements and flows were passed, where it waits, where it stands still.

Folded from the events of the case and from nothing else; a pure function of the log, which can be put down as text
after any event and taken up again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import msgspec

from engine.events import (
    FaultCleared,
    FaultRaised,
    InstanceStarted,
    Recorded,
    TaskCompleted,
    TaskOpened,
    TaskWithdrawn,
    TokensMoved,
)


@dataclass
class RunningDiagram:
    """One instance on its diagram."""

    instance: int
    definition_key: str
    definition_sha: str
    #: Ids of elements and sequence flows, each with how often a token passed it.
    passed: Counter[str] = field(default_factory=Counter)
    #: Ids of elements with open tasks or faults, each with how many.
    waiting: Counter[str] = field(default_factory=Counter)
    faulted: Counter[str] = field(default_factory=Counter)


class RunningDiagrams:
    """The diagrams of one case, brought forward event by event."""

    def __init__(self, folded: bytes | None = None) -> None:
        """Take up what ``text`` put down, or begin."""
        diagrams = msgspec.json.decode(folded) if folded else []
        self._by_instance = {diagram["instance"]: _taken_up(diagram) for diagram in diagrams}

    def text(self) -> bytes:
        """All that was folded so far, as JSON."""
        return msgspec.json.encode(self.values())

    def values(self) -> list[RunningDiagram]:
        """In the order in which the instances began."""
        return list(self._by_instance.values())

    def fold(self, recorded: Recorded) -> None:
        """Bring forward by one event; events of no concern change nothing."""
        match recorded.event:
            case InstanceStarted() as started:
                self._by_instance[started.instance] = RunningDiagram(
                    started.instance, started.definition_key, started.definition_sha
                )
            case TokensMoved(instance=instance, path=path):
                self._by_instance[instance].passed.update(path)
            case TaskOpened(instance=instance, element=element):
                self._by_instance[instance].waiting[element] += 1
            case TaskCompleted(instance=instance, element=element) | TaskWithdrawn(instance=instance, element=element):
                self._by_instance[instance].waiting[element] -= 1
            case FaultRaised(instance=instance, element=element):
                self._by_instance[instance].faulted[element] += 1
            case FaultCleared(instance=instance, element=element):
                self._by_instance[instance].faulted[element] -= 1


def _taken_up(text: dict[str, Any]) -> RunningDiagram:
    counted = {name: Counter(text[name]) for name in ("passed", "waiting", "faulted")}
    return RunningDiagram(**{**text, **counted})
