"""How a scenario went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.errors import Refusal
from engine.events import ExpressionWarned, Recorded
from processes.scenarios.judging import Difference
from processes.scenarios.scenario import Scenario


@dataclass(frozen=True, kw_only=True)
class Failure:
    """Where a story went otherwise than it was told."""

    #: Counted from 1 among all steps, those of continued scenarios included; ``None`` for the beginning and the end.
    step: int | None
    line: int
    #: As the step is written.
    words: str
    message_zh: str
    message_en: str
    #: Code of the refusal, when the house refused; empty otherwise.
    code: str = ""
    differences: Sequence[Difference] = ()
    #: What was open instead, as JSON values.
    situation: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of one scenario."""

    scenario: Scenario
    #: Steps that were taken.
    steps: int
    #: ``None`` when everything was as told.
    failure: Failure | None
    recorded: Sequence[Recorded]
    #: What expressions had to say of themselves on the way.
    warnings: Sequence[ExpressionWarned]

    @property
    def passed(self) -> bool:
        """Whether everything was as told."""
        return self.failure is None


def unplayable(scenario: Scenario, refusal: Refusal) -> Outcome:
    """The outcome of a story that cannot begin, because something that it takes for granted is not there."""
    failure = Failure(
        step=None,
        line=refusal.line or scenario.line,
        words="given",
        message_zh=refusal.message_zh,
        message_en=refusal.message_en,
        code=refusal.code,
    )
    return Outcome(scenario=scenario, steps=0, failure=failure, recorded=(), warnings=())


def compared(stored: Outcome, kept: Outcome) -> Outcome:
    """The outcome of a story that was played with storing and loading after each step, and again without."""
    if not stored.passed or kept.recorded == stored.recorded:
        return stored
    first = next((pair[0] for pair in zip(stored.recorded, kept.recorded, strict=False) if pair[0] != pair[1]), None)
    where = f" {first.seq}" if first else ""
    failure = Failure(
        step=None,
        line=stored.scenario.line,
        words="given",
        message_zh=f"保存再载入后结果不同，从第{where} 个事件起",
        message_en=f"storing and loading changes what happens, from event{where} on",
    )
    return replace(stored, failure=failure)
