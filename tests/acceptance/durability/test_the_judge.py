"""The judge finds what was lost, doubled or left standing: it can say no."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from guiliu.platform import Platform, build_platform, open_platform
from tests.acceptance.city import REPORT
from tests.acceptance.conftest import Furnished, settings_in
from tests.acceptance.durability.conftest import cloned
from tests.acceptance.walk.history import History
from tests.acceptance.walk.judging import Judge, Judgement, Trace
from tests.acceptance.walk.line import Line
from tests.acceptance.walk.paths import VOIDED
from tests.acceptance.walk.walking import walk, walk_with_mistakes
from tests.web_server import serving


@dataclass
class Village:
    """A city with one voided case, and its clients."""

    platform: Platform
    line: Line
    undisturbed: frozenset[Trace]

    async def judge_after(self, damage: str) -> Judgement:
        async with self.platform.database.unit_of_work() as uow:
            await uow.execute(damage)
        return await self.judge()

    async def judge(self) -> Judgement:
        return await Judge(platform=self.platform, line=self.line, undisturbed=self.undisturbed).judge()


@pytest.fixture
async def village(
    server: str, furnished: Furnished, undisturbed: frozenset[Trace], tmp_path: Path
) -> AsyncIterator[Village]:
    async with (
        cloned(server, furnished.database) as url,
        open_platform(build_platform(settings_in(tmp_path), url)) as platform,
        serving(platform) as address,
        aiohttp.ClientSession() as session,
    ):
        with History.kept_in(tmp_path) as history:
            line = Line(session, address, furnished.tokens, history)
            await walk_with_mistakes(line, VOIDED)
            yield Village(platform, line, undisturbed)


async def test_a_sound_village_is_faultless(village: Village) -> None:
    judgement = await village.judge()
    assert judgement.faultless, judgement
    assert (judgement.acknowledged, judgement.refused, judgement.cases) == (5, 4, 1)


async def test_a_forgotten_answer_is_a_loss(village: Village) -> None:
    judgement = await village.judge_after("delete from idempotency where outcome = 'done'")
    assert len(judgement.lost) == 4


async def test_a_forgotten_report_is_made_again_and_found(village: Village) -> None:
    judgement = await village.judge_after("delete from idempotency where outcome = 'created'")
    assert [len(judgement.lost), len(judgement.doubled), len(judgement.stuck)] == [2, 1, 1]


async def test_a_vanished_case_is_a_loss(village: Village) -> None:
    judgement = await village.judge_after("delete from cases")
    assert any("is gone" in loss for loss in judgement.lost)
    assert any("cases equals" in violation for violation in judgement.violations)


async def test_an_event_too_many_is_found(village: Village) -> None:
    judgement = await village.judge_after(
        "insert into event (tree, seq, type, version, at, actor, payload, hash) "
        "select tree, seq + 1, type, version, at, actor, payload, hash from event order by seq desc limit 1"
    )
    assert [len(judgement.doubled), len(judgement.lost)] == [1, 0]


async def test_a_case_nobody_was_told_of_is_found(village: Village) -> None:
    village.line.history.requests.clear()
    judgement = await village.judge()
    assert any("nobody was told" in fault for fault in judgement.doubled)
    assert any("forbidden" in fault for fault in judgement.doubled)


async def test_a_case_that_stands_still_is_found(village: Village) -> None:
    reported = await village.line.ask("inspector", "/cases", REPORT)
    judgement = await village.judge()
    assert judgement.stuck == [f"case {reported.json['case']} at acceptance"]


async def test_a_path_nobody_knows_is_found(village: Village) -> None:
    await walk(village.line, VOIDED)
    village.undisturbed = frozenset()
    assert len((await village.judge()).doubled) == 2
