"""A process that carries what is under way, messages first, then one signal, and may die at a crash point:
``python -m … <database url>``.
"""

from __future__ import annotations

import asyncio
import sys

from engine.actors import Actor
from engine.batches import BatchQueries, BatchRunner
from engine.bus import Bus, ConfigurationCommands, TreeCommands, TreeRules
from engine.clock import DatabaseClock
from engine.handlers import engine_handlers
from engine.messages import SIGNAL, BroadcastSignal, MessageDeliverer, SignalItems, broadcast_signal
from engine.storage.database import Database
from engine.storage.tree_ids import TreeIds
from tests.integration.engine.beginning import NoBeginning
from tests.integration.engine.conftest import WRITER, House, everyone
from tests.integration.engine.sample_city import Forms, guard


async def actor_of(identity: str, _scopes: frozenset[str]) -> Actor:
    return Actor(id=identity, name="signal", audience=None)


async def carry(house: House) -> None:
    """Hand over every message, throw the signal unless it was thrown, and work its batch off."""
    rules = TreeRules(handlers=engine_handlers(Forms()), guard=guard, surroundings=house.surroundings)
    configuration = ConfigurationCommands(house.database, {BroadcastSignal: broadcast_signal}, everyone)
    bus = Bus(TreeCommands(house.store, rules, house.snapshot), configuration, lambda: None)
    batches = BatchQueries(house.database)
    deliverer = MessageDeliverer(house.database, bus, DatabaseClock(), NoBeginning(), TreeIds(house.database))
    await deliverer.deliver_wanted()
    if not await batches.newest(None, before=None, limit=1):
        await bus.handle(BroadcastSignal(actor=WRITER, name="alarm"))
    kinds = {SIGNAL: SignalItems(NoBeginning())}
    runner = BatchRunner(database=house.database, bus=bus, kinds=kinds, actor_of=actor_of)
    for batch in await batches.running():
        await runner.run(batch)
    await bus.drain()


async def main(url: str) -> None:
    database = await Database.connect(url)
    await carry(House(database))
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
