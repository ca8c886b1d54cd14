"""A server that dies at any point of any path loses nothing it has acknowledged and does nothing twice."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from engine.crash import EXIT_CODE
from tests.acceptance.durability.conftest import Town, Towns
from tests.acceptance.durability.forked import ForkedServer
from tests.acceptance.walk.history import Request
from tests.acceptance.walk.paths import PATHS
from tests.acceptance.walk.walking import walk_with_mistakes

#: The points that commands on cases pass, and how often a server reaches one before it dies there; the shortest path
#: reaches each more often.
POINTS = {"tree.before_flush": 8, "tree.after_flush": 8, "bus.before_answer": 5, "feed.before_notify": 4}


@dataclass
class Deaths:
    """A server that dies again and again at one point, and is begun anew by whoever misses an answer."""

    server: ForkedServer
    crash: str
    count: int = field(default=0)

    def begin(self) -> None:
        self.server.begin(self.crash)

    async def again(self, _: Request) -> None:
        assert await self.server.ended() == EXIT_CODE
        self.count += 1
        self.begin()


@pytest.mark.parametrize("point", POINTS)
async def test_nothing_is_lost_or_doubled_when_the_server_dies(towns: Towns, point: str) -> None:
    async with towns() as town:
        deaths = Deaths(town.server, f"{point}:{POINTS[point]}")
        town.line.again = deaths.again
        deaths.begin()
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
