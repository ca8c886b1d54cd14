"""A server that cannot know whether its commit came through says so; the same request again has one effect."""

from __future__ import annotations

import pytest

from guiliu.load import Outcome
from tests.acceptance.city import shipped
from tests.acceptance.durability.conftest import Towns
from tests.acceptance.durability.cutting import Cut, Cutter, cut_way
from tests.acceptance.walk.paths import PATHS
from tests.acceptance.walk.publishing import publish
from tests.acceptance.walk.walking import walk_with_mistakes

#: Every other commit is cut: each request is tried twice.
EVERY = 2


@pytest.mark.parametrize("cut", Cut, ids=lambda cut: cut.value)
async def test_a_commit_nobody_was_told_of_is_made_once(towns: Towns, cut: Cut) -> None:
    cutter = Cutter(cut, EVERY)
    async with towns() as town, cut_way(town.database_url, cutter) as way:
        town.server.begin(database_url=way)
        for path in PATHS:
            await walk_with_mistakes(town.line, path)
        await publish(
            town.line, "closure", shipped("closure").replace(b"</bpmn:definitions>", b"<!-- 2 --></bpmn:definitions>")
        )
        judgement = await town.judge()
        print(f"{cut.value}: {cutter.cuts} cuts, {judgement}")  # noqa: T201 - the figures are the result
        assert judgement.faultless, judgement
        assert cutter.cuts >= judgement.unknown >= len(PATHS)
        assert not list(town.line.history.answered_with(Outcome.UNKNOWN))
