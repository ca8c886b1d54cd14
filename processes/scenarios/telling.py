"""A story while it is told: begun, and taken on step by step, whatever is expected of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.commands import TreeCommand
from engine.errors import Refusal
from engine.events import Recorded
from engine.messages import MESSAGE, Start
from engine.timers import TIMER
from processes.cases import BeginCase, Location, ReportCase
from processes.scenarios.acting import ACTS, Acting
from processes.scenarios.beginning import BeginStory
from processes.scenarios.failing import StepFailed
from processes.scenarios.scenario import Scenario, Step
from processes.scenarios.situation import Situation
from processes.scenarios.stage import Stage


class Telling:
    """One story on an empty stage."""

    def __init__(self, scenario: Scenario, stage: Stage) -> None:
        self._scenario = scenario
        self._stage = stage
        self._acting = Acting(stage)
        #: Everything that happened as far as somebody has looked.
        self.recorded: list[Recorded] = []

    async def begin(self) -> None:
        """Report the case. Raises ``StepFailed``."""
        self._stage.clock.now = self._scenario.given.start.astimezone(self._stage.zone)
        try:
            await self._stage.handle(_beginning(self._scenario, self._stage))
        except Refusal as refusal:
            raise _refused(refusal) from refusal

    async def take(self, step: Step) -> None:
        """Take a step. Raises ``StepFailed``, also when the refusal that was expected did not come."""
        self._acting.check_patience()
        try:
            await ACTS[type(step.action)](self._acting, step.action, await self.situation())
        except Refusal as refusal:
            if refusal.code != step.refused:
                raise _refused(refusal) from refusal
            return
        if step.refused is not None:
            raise StepFailed(
                f"应被拒绝（{step.refused}），却成功了", f"expected the refusal {step.refused}, but it succeeded"
            )

    async def situation(self, *, before: int = 0) -> Situation:
        """Where the case stands now; news are the events after the first ``before``."""
        self.recorded += await self._stage.events(len(self.recorded))
        return Situation(
            now=self._stage.clock.now,
            rows=await self._stage.loaded(),
            facts_of=self._stage.facts,
            recorded=self.recorded,
            before=before,
        )


def _beginning(scenario: Scenario, stage: Stage) -> TreeCommand:
    """Reported like any other, unless the story takes more for granted than a report says or nobody reports it."""
    given, report = scenario.given, scenario.given.report
    if given.begun_by is not None and given.process is not None:
        return _begun(given.begun_by, given.process, given.variables, stage)
    told_of: dict[str, Any] = {
        "actor": stage.actors[report.by],
        "tree": stage.tree,
        "subcategory": report.subcategory,
        "condition": report.condition,
        "channel": report.channel,
        "description": report.description,
        "location": Location(lon=report.lon, lat=report.lat, crs=report.crs, address=report.address),
    }
    if given.process is None and not given.facts and not given.variables:
        return ReportCase(**told_of)
    return BeginStory(**told_of, process=given.process, variables=given.variables, facts=given.facts)


def _begun(begun_by: str, process: str, variables: Mapping[str, Any], stage: Stage) -> BeginCase:
    kind, _, name = begun_by.partition(":")
    start = Start(process=process, kind=kind, name=name or process, variables=variables)
    return BeginCase(actor=TIMER if kind == "timer" else MESSAGE, tree=stage.tree, start=start)


def _refused(refusal: Refusal) -> StepFailed:
    return StepFailed(refusal.message_zh, refusal.message_en, code=refusal.code, pointer=refusal.pointer or "")
