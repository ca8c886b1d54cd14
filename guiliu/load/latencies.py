"""How long answers took and what they were, by kind of errand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from guiliu.load.agenda import Kind
from guiliu.load.history import Outcome


@dataclass
class Measured:
    """The answers to errands of one kind."""

    #: Seconds, of everything that was answered.
    seconds: list[float] = field(default_factory=list)
    outcomes: Counter[Outcome] = field(default_factory=Counter)

    def percentile(self, share: float) -> float:
        """Milliseconds within which ``share`` of the answers came; 0 when none did."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0.0


@dataclass
class Latencies:
    """Everything that was measured in one run."""

    of_kind: dict[Kind, Measured] = field(default_factory=dict)
    #: Refusals by code.
    refused: Counter[str] = field(default_factory=Counter)
    #: Errands that were not answered however often they were run.
    given_up: int = 0
    #: Seconds from the first request to the last answer.
    lasted: float = 0.0

    def add(self, kind: Kind, outcome: Outcome, seconds: float) -> None:
        """Take in one answer."""
        measured = self.of_kind.setdefault(kind, Measured())
        measured.outcomes[outcome] += 1
        measured.seconds.append(seconds)

    @property
    def outcomes(self) -> Mapping[Outcome, int]:
        """How many errands ended how."""
        return sum((measured.outcomes for measured in self.of_kind.values()), Counter[Outcome]())

    @property
    def answered(self) -> int:
        """How many errands ended."""
        return sum(self.outcomes.values())

    @property
    def all(self) -> Measured:
        """Every kind together."""
        seconds = [each for measured in self.of_kind.values() for each in measured.seconds]
        return Measured(seconds=seconds, outcomes=Counter(self.outcomes))
