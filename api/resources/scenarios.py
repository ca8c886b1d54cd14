"""Scenarios of a diagram played beside what is published, with what was open where one failed.

Playing keeps nothing; ``api.resources.scenario_files`` keeps the files.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.definition_ports import Performance
from api.definition_sources import source_of
from api.lists import shown_items
from api.routes import Call, Nothing, Reply, Route
from engine.definitions import DefinitionKind
from processes.access import Permission
from processes.scenarios import Coverage, Failure, Outcome
from processes.scenarios.limits import LARGEST_FILE

#: A diagram, escaped as JSON, with its scenarios beside it.
LARGEST_BODY = 4 << 20
#: A file as in ``docs/reference/scenarios.md``.
ScenarioSource = Annotated[str, msgspec.Meta(max_length=LARGEST_FILE)]


class ScenariosToPlay(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Scenarios, and the diagram that they are about: the posted one, a version, or else the draft."""

    #: JSON is YAML too. Without a file all that are kept beside the process are played.
    scenarios: ScenarioSource | None = None
    version: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)] | None = None
    #: A diagram (BPMN) that need not be saved.
    source: str | None = None


class Otherwise(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is not as it was expected."""

    #: Name of the expectation, such as ``open``.
    what: str
    message_zh: str
    message_en: str


class ScenarioFailure(msgspec.Struct, frozen=True, kw_only=True):
    """Where a story went otherwise than it was told."""

    #: Counted from 1 among all steps; ``null`` for the beginning and the end.
    step: int | None
    line: int
    #: As the step is written.
    words: str
    message_zh: str
    message_en: str
    #: Of the refusal, when the house refused; empty otherwise.
    code: str
    differences: list[Otherwise]
    #: What was open instead: stage, tasks, timers, faults; ``null`` when the story could not begin.
    situation: dict[str, Any] | None


class ExpressionWarning(msgspec.Struct, frozen=True, kw_only=True):
    """What an expression had to say of itself on the way."""

    element: str
    attribute: str
    warnings: list[dict[str, Any]]


class ScenarioOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """How one scenario went."""

    #: Name of the file that holds it; empty for a posted one.
    file: str
    name: str
    title: str
    line: int
    passed: bool
    #: Steps that were taken.
    steps: int
    failure: ScenarioFailure | None
    warnings: list[ExpressionWarning]


class UnreadableFile(msgspec.Struct, frozen=True, kw_only=True):
    """A kept file that cannot be read, and why."""

    file: str
    line: int | None
    code: str
    message_zh: str
    message_en: str


class Passed(msgspec.Struct, frozen=True, kw_only=True):
    """Ids in the order of the diagram."""

    passed: list[str]
    missed: list[str]


class ScenarioCoverage(msgspec.Struct, frozen=True, kw_only=True):
    """What all scenarios together pass of one diagram."""

    process: str
    #: Of its flows, 0 to 1.
    share: float
    elements: Passed
    flows: Passed


class ScenariosPlayed(msgspec.Struct, frozen=True, kw_only=True):
    """How all scenarios went."""

    passed: bool
    scenarios: list[ScenarioOutcome]
    #: Kept files whose scenarios could not be played at all.
    unreadable: list[UnreadableFile]
    #: Of the diagram under test, and of the others that the stories came through.
    coverage: list[ScenarioCoverage]


async def play_scenarios(call: Call[Nothing, ScenariosToPlay]) -> Reply:
    """Play the scenarios of a diagram on the virtual clock."""
    key, wanted = call.path["process"], call.body
    source = await source_of(call, DefinitionKind.PROCESS, key, wanted)
    performance = await _performance(call, key, source)
    outcomes = [_outcome(outcome) for outcome in performance.outcomes]
    played = ScenariosPlayed(
        passed=not performance.unreadable and all(outcome.passed for outcome in outcomes),
        scenarios=outcomes,
        unreadable=[
            UnreadableFile(
                file=file, line=why.line, code=why.code, message_zh=why.message_zh, message_en=why.message_en
            )
            for file, why in performance.unreadable.items()
        ],
        coverage=[_coverage(coverage) for coverage in performance.coverage],
    )
    return answered(played)


async def _performance(call: Call[Nothing, ScenariosToPlay], key: str, source: bytes) -> Performance:
    posted = call.body.scenarios
    if posted is not None:
        return await call.platform.scenarios.play(key, source, posted.encode())
    return await call.platform.scenarios.play_kept(key, source)


def _outcome(outcome: Outcome) -> ScenarioOutcome:
    scenario = outcome.scenario
    return ScenarioOutcome(
        file=scenario.file,
        name=scenario.name,
        title=scenario.title,
        line=scenario.line,
        passed=outcome.passed,
        steps=outcome.steps,
        failure=_failure(outcome.failure) if outcome.failure else None,
        warnings=shown_items(outcome.warnings, ExpressionWarning),
    )


def _failure(failure: Failure) -> ScenarioFailure:
    situation: Mapping[str, Any] | None = failure.situation
    return ScenarioFailure(
        step=failure.step,
        line=failure.line,
        words=failure.words,
        message_zh=failure.message_zh,
        message_en=failure.message_en,
        code=failure.code,
        differences=shown_items(failure.differences, Otherwise),
        situation=dict(situation) if situation is not None else None,
    )


def _coverage(coverage: Coverage) -> ScenarioCoverage:
    return ScenarioCoverage(
        process=coverage.key,
        share=coverage.share,
        elements=Passed(passed=list(coverage.elements_passed), missed=list(coverage.elements_missed)),
        flows=Passed(passed=list(coverage.flows_passed), missed=list(coverage.flows_missed)),
    )


ROUTE = Route(
    method="POST",
    path="/processes/{process}/scenarios",
    handler=play_scenarios,
    summary_zh="演练给出的或已保存的场景，给出覆盖的元素和流，什么都不留下",
    summary_en="Play posted or kept scenarios, with the elements and flows that they pass; nothing is left behind",
    body=ScenariosToPlay,
    body_limit=LARGEST_BODY,
    answer=ScenariosPlayed,
    permission=Permission.PROCESS_READ,
)
