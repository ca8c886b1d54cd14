"""A dry run: steps are tried one after another, to see where the case comes to; nothing is expected of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from engine.event import Event
from processes.scenarios.failing import StepFailed
from processes.scenarios.recording import Held, held
from processes.scenarios.scenario import Scenario
from processes.scenarios.situation import Situation
from processes.scenarios.stage import Stage
from processes.scenarios.telling import Telling


class Attempt(Protocol):
    """What is tried: as scenarios write it, without expectations."""

    @property
    def given(self) -> Mapping[str, Any]:
        """What there is before the first step."""
        ...

    @property
    def steps(self) -> Sequence[Mapping[str, Any]]:
        """In order."""
        ...

    @property
    def name(self) -> str:
        """Under which the steps are written down."""
        ...

    @property
    def title(self) -> str:
        """What it shows; may be empty."""
        ...


@dataclass(frozen=True, kw_only=True)
class Taken:
    """The beginning, or a step that was taken."""

    #: 0 for the beginning.
    number: int
    #: The clock after it.
    at: datetime
    #: What happened in it.
    events: tuple[Event, ...]
    #: What may be expected after it.
    held: Held


@dataclass(frozen=True, kw_only=True)
class DryRun:
    """Where a case comes to."""

    taken: Sequence[Taken]
    #: After the last step that was taken.
    situation: Situation
    #: Why the step after those was not taken; the case stands as before it.
    stop: StepFailed | None


async def dry_run(scenario: Scenario, stage: Stage) -> DryRun:
    """Take the steps of a scenario on an empty stage, as far as they can be taken; expectations are passed over."""
    telling = Telling(scenario, stage)
    taken: list[Taken] = []
    stop = None
    try:
        await telling.begin()
        taken.append(await _taken(telling, 0))
        for number, step in enumerate(scenario.steps, 1):
            await telling.take(step)
            taken.append(await _taken(telling, number))
    except StepFailed as failed:
        stop = failed
    return DryRun(taken=taken, situation=await telling.situation(), stop=stop)


async def _taken(telling: Telling, number: int) -> Taken:
    # A step looks at everything before it, and at nothing that it brings about.
    before = len(telling.recorded)
    situation = await telling.situation(before=before)
    return Taken(number=number, at=situation.now, events=tuple(situation.news), held=held(situation))
