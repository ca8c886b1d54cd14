"""Playing a scenario: its steps are taken one by one, and what came of each is compared with what was told."""

from __future__ import annotations

from typing import Any

from engine.errors import Refusal
from engine.events import ExpressionWarned, Recorded
from engine.feel import Evaluation
from processes.cases import Location, ReportCase
from processes.scenarios.acting import ACTS, Acting
from processes.scenarios.beginning import BeginStory
from processes.scenarios.expecting import differences
from processes.scenarios.failing import StepFailed
from processes.scenarios.judging import Surroundings
from processes.scenarios.outcome import Failure, Outcome
from processes.scenarios.scenario import Expectation, Scenario, Step
from processes.scenarios.situation import Situation, told
from processes.scenarios.stage import Stage


async def play(scenario: Scenario, stage: Stage) -> Outcome:
    """How the scenario goes on an empty stage."""
    return await _Play(scenario, stage).outcome()


class _Play:
    """One performance."""

    def __init__(self, scenario: Scenario, stage: Stage) -> None:
        self._scenario = scenario
        self._stage = stage
        self._acting = Acting(stage)
        self._recorded: list[Recorded] = []
        self._taken = 0

    async def outcome(self) -> Outcome:
        failure = await self._begin() or await self._go_on() or await self._end()
        return Outcome(
            scenario=self._scenario,
            steps=self._taken,
            failure=failure,
            recorded=tuple(self._recorded),
            warnings=[each.event for each in self._recorded if isinstance(each.event, ExpressionWarned)],
        )

    async def _begin(self) -> Failure | None:
        self._stage.clock.now = self._scenario.given.start.astimezone(self._stage.zone)
        try:
            await self._stage.handle(_beginning(self._scenario, self._stage))
            _check_faults(await self._situation(), None)
        except Refusal as refusal:
            return await self._failure(_refused(refusal), line=self._scenario.line, words="given")
        except StepFailed as failed:
            return await self._failure(failed, line=self._scenario.line, words="given")
        return None

    async def _go_on(self) -> Failure | None:
        for number, step in enumerate(self._scenario.steps, 1):
            before = len(self._recorded)
            try:
                await self._take(step)
                self._taken = number
                await self._compare(step, before)
            except StepFailed as failed:
                return await self._failure(failed, line=step.line, words=step.words, step=number)
        return None

    async def _end(self) -> Failure | None:
        then = self._scenario.then
        try:
            if then is not None:
                self._expect(then, await self._situation())
        except StepFailed as failed:
            return await self._failure(failed, line=self._scenario.line if then is None else then.line, words="then")
        return None

    async def _take(self, step: Step) -> None:
        """Raises ``StepFailed``, also when the refusal that was expected did not come."""
        self._acting.check_patience()
        try:
            await ACTS[type(step.action)](self._acting, step.action, await self._situation())
        except Refusal as refusal:
            if refusal.code != step.refused:
                raise _refused(refusal) from refusal
            return
        if step.refused is not None:
            raise StepFailed(
                f"应被拒绝（{step.refused}），却成功了", f"expected the refusal {step.refused}, but it succeeded"
            )

    async def _compare(self, step: Step, before: int) -> None:
        situation = await self._situation(before=before)
        _check_faults(situation, step.then)
        if step.then is not None:
            self._expect(step.then, situation)

    def _expect(self, expected: Expectation, situation: Situation) -> None:
        around = Surroundings(
            actors=self._stage.actors,
            functions=self._stage.functions,
            evaluation=Evaluation(now=situation.now, zone=self._stage.zone),
        )
        found = differences(expected, situation, around)
        if found:
            raise StepFailed(found[0].message_zh, found[0].message_en, differences=found)

    async def _situation(self, *, before: int = 0) -> Situation:
        self._recorded += await self._stage.events(len(self._recorded))
        return Situation(
            now=self._stage.clock.now,
            rows=await self._stage.loaded(),
            facts_of=self._stage.facts,
            recorded=self._recorded,
            before=before,
        )

    async def _failure(self, failed: StepFailed, *, line: int, words: str, step: int | None = None) -> Failure:
        return Failure(
            step=step,
            line=line,
            words=words,
            message_zh=failed.message_zh,
            message_en=failed.message_en,
            code=failed.code,
            differences=failed.differences,
            situation=told(await self._situation()),
        )


def _check_faults(situation: Situation, then: Expectation | None) -> None:
    """A case that stands still is a failure, unless the story says that it does."""
    fault = next(iter(situation.new_faults), None)
    if fault is not None and (then is None or "faults" not in then.wanted):
        raise StepFailed(
            f"案件停在 {fault.element}：{fault.message_zh}",
            f"the case stands still at {fault.element}: {fault.message_en}",
            code=fault.code,
        )


def _beginning(scenario: Scenario, stage: Stage) -> ReportCase:
    """Reported like any other case, unless the story takes more for granted than a report says."""
    given, report = scenario.given, scenario.given.report
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


def _refused(refusal: Refusal) -> StepFailed:
    return StepFailed(refusal.message_zh, refusal.message_en, code=refusal.code)
