"""A process that does one thing and may die at a crash point: ``python -m … <database url> <deed> <argument>``."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from engine.anchors import Anchors
from engine.batches import BatchRunner
from engine.storage.anchored_heads import AnchoredHeads
from engine.storage.database import Database
from tests.integration.engine.conftest import WRITER, House, key
from tests.integration.engine.sample_city import ReportNote
from tests.integration.engine.test_batches import actor_of, make_ready


async def report(house: House, title: str) -> None:
    answer = await house.bus.handle(ReportNote(actor=WRITER, tree=1, title=title, key=key(WRITER, "k")))
    sys.stdout.write(answer.body.decode())


async def run_batch(house: House, batch: str) -> None:
    kinds = {"ready": make_ready}
    await BatchRunner(database=house.database, bus=house.bus, kinds=kinds, actor_of=actor_of).run(int(batch))


async def write_anchor(house: House, path: str) -> None:
    await Anchors(Path(path), AnchoredHeads(house.database)).write()


DEEDS: dict[str, Callable[[House, str], Awaitable[None]]] = {
    "report": report,
    "run_batch": run_batch,
    "write_anchor": write_anchor,
}


async def main(url: str, deed: str, argument: str) -> None:
    database = await Database.connect(url)
    await DEEDS[deed](House(database), argument)
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
