"""A server that dies at any point of any path loses nothing it has acknowledged and does nothing twice."""

from __future__ import annotations

import pytest

from engine.definitions import DefinitionKind
from tests.acceptance.city import DIAGRAM, REPORT, picture
from tests.acceptance.durability.conftest import Towns
from tests.acceptance.durability.deaths import dying_at
from tests.acceptance.walk.paths import PATHS, STRAIGHT
from tests.acceptance.walk.photographing import photograph
from tests.acceptance.walk.publishing import publish
from tests.acceptance.walk.walking import walk, walk_with_mistakes

#: The points that commands on cases pass, and how often a server reaches one before it dies there; the shortest path
#: reaches each more often, but several commits may share one notification.
POINTS = {"tree.before_flush": 8, "tree.after_flush": 8, "bus.before_answer": 5, "feed.before_notify": 3}
FEWEST_DEATHS = {"feed.before_notify": 1}
ANOTHER_DIAGRAM = DIAGRAM.replace(b"</bpmn:definitions>", b"<!-- 2 --></bpmn:definitions>")


@pytest.mark.parametrize("point", POINTS)
async def test_nothing_is_lost_or_doubled_when_the_server_dies(towns: Towns, point: str) -> None:
    async with towns() as town:
        async with dying_at(point, town.server, stride=POINTS[point]) as deaths:
            for path in PATHS:
                await walk_with_mistakes(town.line, path)
        judgement = await town.judge()
        print(f"{point}: {deaths.count} deaths, {judgement}")  # noqa: T201 - the figures are the result
        assert judgement.faultless, judgement
        assert deaths.count >= FEWEST_DEATHS.get(point, len(PATHS))
        assert judgement.unknown > 0


@pytest.mark.parametrize("point", ["unit_of_work.before_commit", "unit_of_work.after_commit"])
async def test_a_photo_and_a_publication_are_made_once_when_the_server_dies(towns: Towns, point: str) -> None:
    async with towns() as town:
        async with dying_at(point, town.server, stride=2) as deaths:
            photo = await photograph(town.line, picture())
            await walk(town.line, STRAIGHT, report={**REPORT, "media": [photo]})
            number = await publish(town.line, ANOTHER_DIAGRAM)
        judgement = await town.judge()
        print(f"{point}: {deaths.count} deaths, {judgement}")  # noqa: T201 - the figures are the result
        assert judgement.faultless, judgement
        assert deaths.count >= 4
        async with town.platform() as platform:
            assert await platform.database.fetchval("select count(*) from media") == 1
            assert len(await platform.definitions.versions(DefinitionKind.PROCESS, "case")) == number == 2
