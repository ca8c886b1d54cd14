"""Every counter of the evaluation can be told from the log of events alone, and the tables say the same."""

from __future__ import annotations

import re
from pathlib import Path

from engine.events import Recorded
from guiliu.platform import build_platform, open_platform
from tests.integration.simulation.conftest import PLAYED, Played
from tests.integration.simulation.counting import FROM_LOG, FROM_TABLES, lives

DOCUMENT = Path(__file__).parents[3] / "docs/reference/counters.md"
#: Of all counters so many at least have something to count in the city, or the comparison proves little.
TELLING = 36


async def test_counters_of_the_log_equal_those_of_the_tables(city: Played) -> None:
    async with open_platform(build_platform(city.settings, city.url)) as platform:
        log: list[Recorded] = []
        async for tree in platform.log.trees():
            last = 0
            while events := await platform.log.events(tree, after=last):
                log += events
                last = events[-1].seq
        told = lives(log)
        from_log = {name: sum(int(count(life, PLAYED.end)) for life in told) for name, count in FROM_LOG.items()}
        from_tables = {
            name: await platform.database.fetchval(sql, *([PLAYED.end] if "$1" in sql else []))
            for name, sql in FROM_TABLES.items()
        }
    print(from_log)  # noqa: T201 - the figures are the result
    assert from_log == from_tables
    assert sum(count > 0 for count in from_log.values()) >= TELLING


def test_every_counter_stands_in_the_document() -> None:
    named = re.findall(r"^\| `(\w+)` \|", DOCUMENT.read_text(), re.MULTILINE)
    assert named == list(FROM_LOG) == list(FROM_TABLES)
