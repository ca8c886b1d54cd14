"""A server that dies at any point of any path loses nothing it has acknowledged and does nothing twice."""

from __future__ import annotations

import pytest

from engine.definitions import DefinitionKind
from tests.acceptance.city import DIAGRAM, REPORT, picture
from tests.acceptance.durability.conftest import Town, Towns
from tests.acceptance.durability.deaths import Deaths
from tests.acceptance.walk.paths import PATHS, STRAIGHT
from tests.acceptance.walk.photographing import photograph
from tests.acceptance.walk.publishing import publish
from tests.acceptance.walk.walking import walk, walk_with_mistakes

#: The points that commands on cases pass, and how often a server reaches one before it dies there; the shortest path
#: reaches each more often.
POINTS = {"tree.before_flush": 8, "tree.after_flush": 8, "bus.before_answer": 5, "feed.before_notify": 4}


@pytest.mark.parametrize("point", POINTS)
async def test_nothing_is_lost_or_doubled_when_the_server_dies(towns: Towns, point: str) -> None:
    async with towns() as town:
        deaths = Deaths(town.server, point, stride=POINTS[point])
        town.line.again = deaths.again
        await walk_every_path(town, deaths)
        judgement = await town.judge()
        print(f"{point}: {deaths.count} deaths, {judgement}")  # noqa: T201 - the figures are the result
        assert judgement.faultless, judgement
        assert judgement.unknown >= deaths.count >= len(PATHS)


async def walk_every_path(town: Town, deaths: Deaths) -> None:
    for path in PATHS:
        before = deaths.count
        await walk_with_mistakes(town.line, path)
        assert deaths.count > before, f"{path.name} was never disturbed"


@pytest.mark.parametrize("point", ["unit_of_work.before_commit", "unit_of_work.after_commit"])
async def test_a_photo_and_a_publication_are_made_once_when_the_server_dies(towns: Towns, point: str) -> None:
    async with towns() as town:
        deaths = Deaths(town.server, point, stride=2)
        town.line.again = deaths.again
        photo = await photograph(town.line, picture())
        await walk(town.line, STRAIGHT, report={**REPORT, "media": [photo]})
        number = await publish(town.line, DIAGRAM.replace(b"</bpmn:definitions>", b"<!-- 2 --></bpmn:definitions>"))
        judgement = await town.judge()
        print(f"{point}: {deaths.count} deaths, {judgement}")  # noqa: T201 - the figures are the result
        assert judgement.faultless, judgement
        assert deaths.count >= 4
        async with town.platform() as platform:
            assert await platform.database.fetchval("select count(*) from media") == 1
            assert len(await platform.definitions.versions(DefinitionKind.PROCESS, "case")) == number == 2
