"""Every shipped scenario on PostgreSQL: the same events and the same rows as in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.actors import SYSTEM
from engine.bus import ConfigurationCommands, TreeCommands
from engine.clock import VirtualClock
from engine.definitions import Checked, DefinitionDesk, DefinitionKind, PublishDefinition, SaveDefinitionDraft, alone
from engine.events import Recorded
from engine.live_trees import KeptTrees, StoredTrees
from engine.memory_store import MemoryStore, StillConfiguration
from engine.storage.database import Database
from engine.storage.event_log import EventLog
from engine.storage.tree_store import TreeStore
from guiliu.memory import Memory
from guiliu.rules import EVENTS
from guiliu.scenarios import Ground, furnished, stage_in_memory, staged, story_rules
from guiliu.tables import AUDITED, TABLES
from processes.scenarios import Outcome, Scenario, play
from tests.scenario.shipped import SCENARIOS, SCENERY


async def publish_diagrams(database: Database) -> None:
    """So that their hashes are found."""
    memory = furnished(SCENERY, next(iter(SCENARIOS.values())).given)

    def checked(source: bytes) -> Checked:
        view = memory.checks.compile_process(source).view
        return Checked(key=view.key, name=view.name)

    desk = DefinitionDesk(checks={DefinitionKind.PROCESS: alone(checked)}, four_eyes=False)
    door = ConfigurationCommands(database, desk.handlers(), lambda _actor, _command: None)
    for key, source in SCENERY.processes.items():
        names: dict[str, Any] = {"actor": SYSTEM, "kind": DefinitionKind.PROCESS, "key_name": key}
        await door.handle(SaveDefinitionDraft(**names, source=source))
        await door.handle(PublishDefinition(**names))


async def played_on_postgresql(scenario: Scenario, memory: Memory, database: Database, tree: int) -> Outcome:
    """How the story goes in the tree of a database."""
    clock, log = VirtualClock(scenario.given.start), EventLog(database, EVENTS)
    store = TreeStore(database, TABLES, clock)
    epoch = StillConfiguration(await database.fetchval("select epoch from configuration_epoch"))
    commands = TreeCommands(store, story_rules(memory, StoredTrees(memory.library)), epoch)

    async def events(after: int) -> Sequence[Recorded]:
        return await log.events(tree, after=after)

    return await play(scenario, staged(scenario, memory, Ground(tree, clock, store, commands.handle, events)))


async def stored_rows(database: Database, tree: int) -> Mapping[str, Mapping[int, Any]]:
    """Every row of a tree, by table."""
    return {
        table.table: dict(map(table.read, map(tuple, await database.fetch(table.whole, tree)))) for table in AUDITED
    }


async def test_every_story_comes_to_the_same_on_postgresql(database: Database) -> None:
    await publish_diagrams(database)
    for tree, scenario in enumerate(SCENARIOS.values(), 1):
        memory = furnished(SCENERY, scenario.given)
        stored = await played_on_postgresql(scenario, memory, database, tree)
        assert stored.failure is None, f"{scenario.name}: {stored.failure}"
        stage = stage_in_memory(scenario, memory, KeptTrees(memory.library), SCENERY.by_sha, tree=tree)
        kept = await play(scenario, stage)
        assert kept.recorded == stored.recorded, scenario.name
        assert isinstance(stage.store, MemoryStore)
        rows = {table.table: dict(stage.store.rows(tree, table.table)) for table in AUDITED}
        assert rows == await stored_rows(database, tree), scenario.name
