"""The judge: does the database hold what the clients were told, all of it, once, and nothing else?"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from guiliu.doctor import invariant_checker
from guiliu.load import Outcome
from guiliu.platform import Platform
from tests.acceptance.walk.history import Request
from tests.acceptance.walk.line import Line

_EVENTS = "select type || coalesce(' ' || (payload::json ->> 'element'), '') from event where tree = $1 order by seq"
_TASKS = "select element || ' ' || state || ' ' || version from task where tree = $1 order by id"
_HEADS = "select id, version, seq, hash from tree order by id"
_SECURITY_LINES = "select count(*) from security_event where type = 'refused'"
_CASES = "select tree, stage, is_open from cases order by tree"

#: Everything that happened to a case, without ids and times: events and tasks in order.
Trace = tuple[tuple[str, ...], tuple[str, ...]]


async def trace(platform: Platform, case: int) -> Trace:
    """What happened to a case."""
    events = await platform.database.fetch(_EVENTS, case)
    tasks = await platform.database.fetch(_TASKS, case)
    return tuple(row[0] for row in events), tuple(row[0] for row in tasks)


@dataclass
class Judgement:
    """What was looked at, and what was found wrong with it."""

    #: Requests answered with success, and those refused.
    acknowledged: int = 0
    refused: int = 0
    #: Attempts whose outcome was unknown when they ended.
    unknown: int = 0
    cases: int = 0
    #: Checks of laws on rows, chains and states.
    checks: int = 0
    #: Acknowledged requests whose answer is no longer the same, or whose effect is gone.
    lost: list[str] = field(default_factory=list)
    #: Effects that are there more than once, or without anybody having been told.
    doubled: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    @property
    def faultless(self) -> bool:
        """Whether nothing was found wrong."""
        return not (self.lost or self.doubled or self.stuck or self.violations)

    def __str__(self) -> str:
        return (
            f"{self.acknowledged} acknowledged, {self.refused} refused, {self.unknown} unknown and repeated, "
            f"{self.cases} cases: {len(self.lost)} lost, {len(self.doubled)} doubled, {len(self.stuck)} stuck, "
            f"{len(self.violations)} of {self.checks} checks broken"
            + "".join(f"\n  {fault}" for fault in (*self.lost, *self.doubled, *self.stuck, *self.violations)[:20])
        )


@dataclass(frozen=True, kw_only=True)
class Judge:
    """Judges a city that rests, in which nobody did anything outside of the history."""

    platform: Platform
    line: Line
    #: What walking each path leaves behind when nothing disturbs it.
    undisturbed: Set[Trace]

    async def judge(self) -> Judgement:
        """Look at everything."""
        history = self.line.history
        found = Judgement(unknown=history.losses)
        acknowledged, refused = list(history.answered_with(Outcome.OK)), list(history.answered_with(Outcome.FAILED))
        found.acknowledged, found.refused = len(acknowledged), len(refused)
        await self._judge_repetition([*acknowledged, *refused], found)
        await self._judge_cases(acknowledged, found)
        await self._judge_security(refused, found)
        verdict = await invariant_checker(self.platform).check()
        found.checks = sum(verdict.checked.values())
        found.violations += [f"{violation.law}: {violation.place}" for violation in verdict.violations]
        return found

    async def _judge_repetition(self, answered: list[Request], found: Judgement) -> None:
        """The same request again has the same answer, to the letter, and changes nothing."""
        before = await self._heads()
        for request in answered:
            again = await self.line.ask_again(request)
            if again != request.answer:
                found.lost.append(f"{request.username} {request.path}: {request.answer} became {again}")
        found.lost += [f"tree {tree} was changed by a repetition" for tree in _differing(before, await self._heads())]

    async def _judge_cases(self, acknowledged: list[Request], found: Judgement) -> None:
        """Every reported case is there, nothing else is, and each went its way as if nothing had happened."""
        reported = {request.answer.json["case"] for request in acknowledged if request.answer and _is_report(request)}
        stored = {row["tree"]: row for row in await self.platform.database.fetch(_CASES)}
        found.cases = len(stored)
        found.lost += [f"case {case} is gone" for case in sorted(reported - stored.keys())]
        found.doubled += [f"nobody was told of case {case}" for case in sorted(stored.keys() - reported)]
        for case, row in stored.items():
            if row["is_open"]:
                found.stuck.append(f"case {case} at {row['stage']}")
            elif (left := await trace(self.platform, case)) not in self.undisturbed:
                found.doubled.append(f"case {case} went {left}")

    async def _judge_security(self, refused: list[Request], found: Judgement) -> None:
        """For want of permission there is one line each, however often it was asked."""
        lines = await self.platform.database.fetchval(_SECURITY_LINES)
        forbidden = sum(1 for request in refused if request.answer and request.answer.status == 403)
        if lines != forbidden:
            found.doubled.append(f"{forbidden} requests were forbidden, but {lines} lines say so")

    async def _heads(self) -> Mapping[int, tuple[int, int, bytes]]:
        return {row["id"]: tuple(row)[1:] for row in await self.platform.database.fetch(_HEADS)}


def _is_report(request: Request) -> bool:
    return request.path == "/cases"


def _differing(before: Mapping[int, object], after: Mapping[int, object]) -> list[int]:
    return sorted(tree for tree in before.keys() | after.keys() if before.get(tree) != after.get(tree))
