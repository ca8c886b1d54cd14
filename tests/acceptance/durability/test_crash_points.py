"""A server that dies at any point of any path loses nothing it has acknowledged and does nothing twice."""

from __future__ import annotations

from engine.definitions import DefinitionKind
from tests.acceptance.city import REPORT, picture, shipped
from tests.acceptance.durability.conftest import Towns
from tests.acceptance.durability.deaths import dying_in_turn
from tests.acceptance.walk.paths import PATHS, STRAIGHT
from tests.acceptance.walk.photographing import photograph
from tests.acceptance.walk.publishing import publish
from tests.acceptance.walk.walking import walk, walk_with_mistakes

#: The points that commands on cases pass, and how often a server reaches one before it dies there: each time another
#: number, so that the deaths at a point are at different steps of the paths.
OF_CASES = {"tree.before_flush": 5, "feed.before_notify": 2, "tree.after_flush": 4, "bus.before_answer": 3}
OF_CONFIGURATION = {"unit_of_work.before_commit": 2, "unit_of_work.after_commit": 2}
FEWEST_DEATHS = 4
#: Nothing is played before it is published: no scenarios are kept beside it.
PROCESS = "closure"
ANOTHER_DIAGRAM = shipped(PROCESS).replace(b"</bpmn:definitions>", b"<!-- 2 --></bpmn:definitions>")


async def test_nothing_is_lost_or_doubled_when_the_server_dies(towns: Towns) -> None:
    async with towns() as town:
        async with dying_in_turn(OF_CASES, town.server) as deaths:
            for path in PATHS:
                await walk_with_mistakes(town.line, path)
        judgement = await town.judge()
        print(f"{deaths}; {judgement}")  # noqa: T201 - the figures are the result
        assert judgement.faultless, judgement
        assert min(deaths.at[point] for point in OF_CASES) >= FEWEST_DEATHS
        assert judgement.unknown > 0


async def test_a_photo_and_a_publication_are_made_once_when_the_server_dies(towns: Towns) -> None:
    async with towns() as town:
        async with dying_in_turn(OF_CONFIGURATION, town.server) as deaths:
            photo = await photograph(town.line, picture())
            await walk(town.line, STRAIGHT, report={**REPORT, "media": [photo]})
            number = await publish(town.line, PROCESS, ANOTHER_DIAGRAM)
        judgement = await town.judge()
        print(f"{deaths}; {judgement}")  # noqa: T201 - the figures are the result
        assert judgement.faultless, judgement
        assert min(deaths.at[point] for point in OF_CONFIGURATION) >= 2
        async with town.platform() as platform:
            assert await platform.database.fetchval("select count(*) from media") == 1
            assert len(await platform.definitions.versions(DefinitionKind.PROCESS, PROCESS)) == number == 2
