"""Messages and signals whose carrier dies on the way: each case gets each of them once, and nothing is left lying."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.actors import SYSTEM
from engine.bus import Bus, ConfigurationCommands, TreeCommands, TreeRules
from engine.clock import DatabaseClock
from engine.crash import EXIT_CODE
from engine.definitions import DefinitionKind, PublishDefinition, SaveDefinitionDraft
from engine.handlers import engine_handlers
from engine.messages import PublishMessage, PublishMessageHandler
from tests.integration.engine.beginning import NoBeginning
from tests.integration.engine.carrying_process import carry
from tests.integration.engine.conftest import WRITER, House, everyone
from tests.integration.engine.sample_city import Forms, guard
from tests.integration.engine.test_signals import Begin, begin
from tests.integration.engine.waiting import verdict
from tests.unit.spiff.drawing import catch, chain, document, message, of_signal, receive, signal, start, user

ROOT = Path(__file__).parents[3]
CASES = (1, 2)
DIAGRAM = document(
    message("m", "paid", "fixed"), signal("s", "alarm"), start(), receive("r", "m"), catch("w", of_signal("s")),
    user("a"), chain("start", "r", "w", "a"), key="carried",
)  # fmt: skip
HEARD = """
select tree, count(*) filter (where payload::json ->> 'message' is not null)::int as messages,
       count(*) filter (where payload::json ->> 'message' is null)::int as signals
from event where type = 'SubscriptionCorrelated' group by tree order by tree
"""


async def prepared(house: House) -> None:
    """Two cases that wait for a message each and then for a signal, and the messages, under way."""
    names: dict[str, Any] = {"actor": SYSTEM, "kind": DefinitionKind.PROCESS, "key_name": "carried"}
    for tree in CASES:
        source = DIAGRAM.replace(b"fixed", f"case-{tree}".encode())
        await house.bus.handle(SaveDefinitionDraft(**names, source=source))
        await house.bus.handle(PublishDefinition(**names))
        handlers = {**engine_handlers(Forms()), Begin: begin}
        rules = TreeRules(handlers=handlers, guard=guard, surroundings=house.surroundings)
        handler = PublishMessageHandler(DatabaseClock(), NoBeginning())
        configuration = ConfigurationCommands(house.database, {PublishMessage: handler}, everyone)
        bus = Bus(TreeCommands(house.store, rules, house.snapshot), configuration, lambda: None)
        await bus.handle(Begin(actor=WRITER, tree=tree, process="carried"))
        keep = {"correlation_key": f"case-{tree}", "time_to_live": timedelta(hours=1)}
        await bus.handle(PublishMessage(actor=WRITER, name="paid", **keep))
        await bus.drain()


@pytest.mark.parametrize(
    "point",
    [
        "message.before_delivery",
        "tree.after_flush",
        "message.after_delivery",
        "unit_of_work.before_commit",
        "unit_of_work.after_commit",
        "tree.before_flush:3",
        "batch.after_item",
    ],
)
async def test_each_case_gets_each_once_whenever_the_carrier_dies(house: House, database_url: str, point: str) -> None:
    await prepared(house)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.integration.engine.carrying_process", database_url,
        cwd=ROOT, env={**os.environ, "GUILIU_CRASH": point},
    )  # fmt: skip
    assert await process.wait() == EXIT_CODE
    await carry(house)
    rows = await house.database.fetch(HEARD)
    assert [tuple(row) for row in rows] == [(tree, 1, 1) for tree in CASES]
    assert await house.database.fetchval("select count(*) from batch where state <> 'done'") == 0
    assert (await verdict(house)).violations == []
