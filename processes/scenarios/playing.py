"""Playing a scenario: its steps are taken one by one, and what came of each is compared with what was told."""

from __future__ import annotations

from engine.events import ExpressionWarned
from engine.feel import Evaluation
from processes.scenarios.expecting import differences
from processes.scenarios.failing import StepFailed
from processes.scenarios.judging import Surroundings
from processes.scenarios.outcome import Failure, Outcome
from processes.scenarios.scenario import Expectation, Scenario, Step
from processes.scenarios.situation import Situation, told
from processes.scenarios.stage import Stage
from processes.scenarios.telling import Telling


async def play(scenario: Scenario, stage: Stage) -> Outcome:
    """How the scenario goes on an empty stage."""
    return await _Play(scenario, stage).outcome()


class _Play:
    """One performance."""

    def __init__(self, scenario: Scenario, stage: Stage) -> None:
        self._scenario = scenario
        self._stage = stage
        self._telling = Telling(scenario, stage)
        self._taken = 0

    async def outcome(self) -> Outcome:
        failure = await self._begin() or await self._go_on() or await self._end()
        recorded = tuple(self._telling.recorded)
        return Outcome(
            scenario=self._scenario,
            steps=self._taken,
            failure=failure,
            recorded=recorded,
            warnings=[each.event for each in recorded if isinstance(each.event, ExpressionWarned)],
        )

    async def _begin(self) -> Failure | None:
        try:
            await self._telling.begin()
            _check_faults(await self._telling.situation(), None)
        except StepFailed as failed:
            return await self._failure(failed, line=self._scenario.line, words="given")
        return None

    async def _go_on(self) -> Failure | None:
        for number, step in enumerate(self._scenario.steps, 1):
            before = len(self._telling.recorded)
            try:
                await self._telling.take(step)
                self._taken = number
                await self._compare(step, before)
            except StepFailed as failed:
                return await self._failure(failed, line=step.line, words=step.words, step=number)
        return None

    async def _end(self) -> Failure | None:
        then = self._scenario.then
        try:
            if then is not None:
                self._expect(then, await self._telling.situation())
        except StepFailed as failed:
            return await self._failure(failed, line=self._scenario.line if then is None else then.line, words="then")
        return None

    async def _compare(self, step: Step, before: int) -> None:
        situation = await self._telling.situation(before=before)
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

    async def _failure(self, failed: StepFailed, *, line: int, words: str, step: int | None = None) -> Failure:
        return Failure(
            step=step,
            line=line,
            words=words,
            message_zh=failed.message_zh,
            message_en=failed.message_en,
            code=failed.code,
            differences=failed.differences,
            situation=told(await self._telling.situation()),
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
