"""Cases that wait for a moment, over the stand-in city."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.actors import SYSTEM
from engine.bus import Bus, ConfigurationCommands, TreeCommands, TreeRules
from engine.commands import TreeCommand
from engine.definitions import DefinitionKind, PublishDefinition, SaveDefinitionDraft
from engine.handlers import engine_handlers
from engine.handling import Work
from engine.invariants import InvariantChecker, Verdict
from engine.projections import ENGINE_PROJECTIONS
from engine.storage.engine_tables import AUDITED_TABLES
from engine.storage.event_log import EventLog
from engine.storage.invariant_queries import ENGINE_LAWS
from tests.integration.engine.conftest import WRITER, House, everyone
from tests.integration.engine.sample_city import Forms, NoteReported, guard

WAITING = Path(__file__).with_name("waiting.bpmn").read_bytes()


@dataclass(frozen=True, kw_only=True)
class BeginWaiting(TreeCommand):
    """Start a case that waits for ``after`` (an ISO 8601 duration), then for a writer who is reminded each hour."""

    after: str = "PT1S"


def begin_waiting(command: BeginWaiting, work: Work) -> dict[str, Any]:
    work.record(NoteReported(title="waiting"))
    work.start("waiting", {"after": command.after})
    return {"case": command.tree}


async def begin(bus: Bus, trees: Iterable[int], after: str = "PT1S") -> None:
    """Let cases begin to wait."""
    for tree in trees:
        await bus.handle(BeginWaiting(actor=WRITER, tree=tree, after=after))


def waiting_bus(house: House) -> Bus:
    """A bus of one process that also begins to wait."""
    handlers = {**engine_handlers(Forms()), BeginWaiting: begin_waiting}
    rules = TreeRules(handlers=handlers, guard=guard, surroundings=house.surroundings)
    configuration = ConfigurationCommands(house.database, {}, everyone)
    return Bus(TreeCommands(house.store, rules, house.snapshot), configuration, lambda: None)


async def publish_waiting(house: House) -> None:
    """Publish the diagram."""
    names: dict[str, Any] = {"actor": SYSTEM, "kind": DefinitionKind.PROCESS, "key_name": "waiting"}
    await house.bus.handle(SaveDefinitionDraft(**names, source=WAITING))
    await house.bus.handle(PublishDefinition(**names))


async def verdict(house: House) -> Verdict:
    """What the checker has to say of everything."""
    checker = InvariantChecker(
        database=house.database,
        store=house.store,
        log=EventLog(house.database, house.catalogue),
        library=house.library,
        projections=ENGINE_PROJECTIONS,
        tables=AUDITED_TABLES,
        laws=ENGINE_LAWS,
    )
    return await checker.check()
