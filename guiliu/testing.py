"""``guiliu test``: plays the scenarios beside diagrams and says how each went; needs no city and no database."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from engine.definitions import DefinitionKind
from engine.errors import Invalid
from guiliu.deploying import shipped_sources, sources_in
from guiliu.deploying_scenarios import SUFFIX
from guiliu.memory import empty_memory
from guiliu.scenarios import Scenery, Theatre
from guiliu.settings import read_zone
from processes.cases import CaseSettings
from processes.sample import sample_in_force, sample_register
from processes.scenarios import Coverage, Outcome, Scenario, coverage_of, read_scenarios


@dataclass(frozen=True, kw_only=True)
class Played:
    """All scenarios of a run."""

    outcomes: Sequence[Outcome]
    #: Of the diagrams beside the scenarios.
    coverage: Sequence[Coverage]

    @property
    def passed(self) -> bool:
        """Whether every one went as it was told."""
        return all(outcome.passed for outcome in self.outcomes)


def scenario_files(path: Path) -> list[Path]:
    """The scenario files of a folder, or the one that is named. Raises ``Invalid``."""
    found = sorted(path.rglob(f"*{SUFFIX}")) if path.is_dir() else [path]
    if not found or not found[0].exists():
        raise Invalid("no_scenarios", f"{path}：没有找到场景文件", f"{path}: expected files named *{SUFFIX}")
    return found


def scenarios_in(files: Iterable[Path]) -> Iterator[Scenario]:
    """Every scenario of the files, in order. Raises ``Invalid`` with the line."""
    for file in files:
        yield from read_scenarios(file.read_bytes(), str(file))


def scenery_beside(files: Iterable[Path]) -> tuple[Scenery, frozenset[str]]:
    """The sample city with the shipped definitions, those beside the files in place of them; and keys of the latter.

    Raises ``Invalid`` for a definition that cannot be read.
    """
    folders = sorted({file.parent for file in files})
    beside = sources_in(folders)
    checks = empty_memory(CaseSettings(zone=read_zone())).checks
    by_key = {(each.kind, checks.key_of(each.kind, each.content)): each for each in [*shipped_sources(), *beside]}
    own = {checks.key_of(each.kind, each.content) for each in beside if each.kind is DefinitionKind.PROCESS}
    scenery = Scenery(
        processes={key: each.content for (kind, key), each in by_key.items() if kind is DefinitionKind.PROCESS},
        decisions=[each.content for (kind, _), each in by_key.items() if kind is DefinitionKind.DECISION],
        forms=[each.content for (kind, _), each in by_key.items() if kind is DefinitionKind.FORM],
        register=sample_register(),
        in_force=sample_in_force(),
        zone=read_zone(),
    )
    return scenery, frozenset(own)


def play_all(path: Path, console: Console) -> Played:
    """Play every scenario below a path, with a bar that moves. Raises ``Invalid`` for files that cannot be read."""
    files = scenario_files(path)
    scenarios = list(scenarios_in(files))
    scenery, own = scenery_beside(files)
    theatre = Theatre(scenery)
    with Progress(console=console, transient=True) as progress:
        outcomes = [
            asyncio.run(theatre.perform(scenario))
            for scenario in progress.track(scenarios, description="场景 / scenarios")
        ]
    views = [theatre.view(key) for key in sorted(own)]
    return Played(outcomes=outcomes, coverage=coverage_of(views, [outcome.recorded for outcome in outcomes]))


def show_played(played: Played, console: Console) -> None:
    """One line for each scenario, what went otherwise in words, and which flows nobody passes."""
    for outcome in played.outcomes:
        for line in _told(outcome):
            console.print(line, markup=False, soft_wrap=True, style=None if outcome.passed else "red")
    for coverage in played.coverage:
        missed = f"  未经过 / missed: {', '.join(coverage.flows_missed)}" if coverage.flows_missed else ""
        share = f"{len(coverage.flows_passed)}/{len(coverage.flows_passed) + len(coverage.flows_missed)}"
        console.print(f"{coverage.key}: {coverage.share:.0%} ({share}){missed}", markup=False, soft_wrap=True)
    failed = sum(not outcome.passed for outcome in played.outcomes)
    steps = sum(outcome.steps for outcome in played.outcomes)
    console.print(f"{len(played.outcomes)} 个场景 / scenarios, {steps} 步 / steps, {failed} 个失败 / failed")


def _told(outcome: Outcome) -> Iterator[str]:
    scenario, failure = outcome.scenario, outcome.failure
    yield f"{'✓' if outcome.passed else '✗'} {scenario.name}  {scenario.title}"
    for warned in outcome.warnings:
        for warning in warned.warnings:
            yield f"    ! {warned.element} {warned.attribute}: {warning['message_zh']} / {warning['message_en']}"
    if failure is None:
        return
    yield f"    {scenario.file}:{failure.line}: {failure.words}"
    for difference in failure.differences:
        yield f"      · {difference.what}: {difference.message_zh} / {difference.message_en}"
    if not failure.differences:
        yield f"      {failure.message_zh} / {failure.message_en}"
    if failure.situation is not None:
        yield from (f"      {line}" for line in _open(failure.situation))


def _open(situation: Mapping[str, Any]) -> Iterator[str]:
    """What was open instead."""
    yield f"当时 / at that time: {situation['now']}, {situation['stage']}"
    for task in situation["tasks"]:
        yield f"  待办 / task: {task['element']} {task['name']} → {', '.join(task['groups']) or task['assignee']}"
    for told in situation["escalations"]:
        yield f"  升级 / escalation: {told['element']} {told['name']} ({told['level']}) → {', '.join(told['groups'])}"
    for timer in situation["timers"]:
        yield f"  定时 / timer: {timer['element']} {timer['name']} → {timer['due_at']}"
    for fault in situation["faults"]:
        yield f"  故障 / fault: {fault['element']} {fault['message_zh']} / {fault['message_en']}"
    for asked in situation["deliveries"]:
        yield f"  外部 / outside: {asked['element']} {asked['topic']} → {asked['target']} ({asked['state']})"
    for awaited in situation["messages"]:
        yield f"  等待 / awaited: {awaited['element']} {awaited['kind']} {awaited['name']} {awaited['key']}"
    if situation["ended"]:
        yield f"  已结束 / ended: {situation['ended']}"
