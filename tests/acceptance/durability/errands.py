"""Cases that wait at once for everything that workers do: a moment, answers, a message, a signal, a deadline."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from connectors import SaveTarget
from engine.actors import SYSTEM, Actor
from engine.commands import ClaimTask, CompleteTask
from engine.definitions import DefinitionKind, PublishDefinition, SaveDefinitionDraft
from engine.jsontext import json_value
from engine.messages import BroadcastSignal, PublishMessage
from guiliu.platform import Platform
from processes.access import Permission
from processes.cases import Location, ReportCase
from tests.acceptance.city import SUBCATEGORY
from tests.acceptance.outside import keep_secret, target
from tests.acceptance.walk.judging import trace
from tests.unit.spiff.drawing import (
    catch,
    chain,
    document,
    end,
    mapping,
    message,
    of_signal,
    outside,
    parallel,
    properties,
    receive,
    signal,
    start,
    timer,
    user,
)

LETTER, ALARM, TARGET = "letter", "alarm", "sewers"
_NUMBER = mapping({"number": "= case.number"})
#: Three seconds; it warns and is due at whole seconds.
_LIMITED = properties(deadline="work", deadlineLimit="0.05 minute")
_WAITS = ("rest", "first", "second", "letter", "alarm", "work")
DIAGRAM = document(
    message("m", LETTER, "= case.number"),
    signal("s", ALARM),
    start(),
    parallel("all"),
    catch("rest", timer("timeDuration", "PT1S")),
    outside("first", "report", _NUMBER, target=TARGET),
    outside("second", "report", _NUMBER, target=TARGET),
    receive("letter", "m"),
    catch("alarm", of_signal("s")),
    user("work", _LIMITED, groups="acceptor"),
    parallel("done"),
    end(),
    chain("start", "all"),
    chain("done", "end"),
    *(chain("all", wait, "done") for wait in _WAITS),
    key="case",
)
WORKER = Actor(
    id="user:1",
    name="acceptor",
    groups=frozenset({"acceptor"}),
    permissions=frozenset({Permission.TASK_PERFORM}),
    audience=None,
)
_LEFT = """
select c.tree, k.id as task from cases c join task k on k.tree = c.tree and k.element = 'work' and k.state = 'open'
where (select count(*) from escalation e where e.tree = c.tree) = 2
  and not exists (select from delivery d where d.tree = c.tree and d.state = 'open')
  and not exists (select from subscription s where s.tree = c.tree and s.state = 'open')
  and not exists (select from timer t where t.tree = c.tree and t.state = 'armed' and t.element = 'rest')
"""
#: Nobody waits until the leases of the dead are over; what they were about to send is not what killed them.
_LET_GO = (
    "update timer set leased_until = clock_timestamp() where leased_until is not null and state = 'armed'",
    "update deadline set leased_until = clock_timestamp() where leased_until is not null",
    "update delivery set leased_until = null where leased_until is not null",
    "update pgqueuer set heartbeat = clock_timestamp() - interval '1 hour' where status = 'picked'",
)


@dataclass
class Errands:
    """Begins such cases, and ends them once workers have done their part."""

    platform: Platform

    async def prepare(self, url: str) -> None:
        """Draw the diagram and say where the outside system is."""
        keep_secret(self.platform.settings.home / "secrets")
        names: dict[str, Any] = {"actor": SYSTEM, "kind": DefinitionKind.PROCESS, "key_name": "case"}
        await self.platform.bus.handle(SaveTarget(actor=SYSTEM, name=TARGET, content=target(url)))
        await self.platform.bus.handle(SaveDefinitionDraft(**names, source=DIAGRAM))
        await self.platform.bus.handle(PublishDefinition(**names))

    async def begin(self) -> int:
        """A case, the message that it waits for, and the signal."""
        tree = await self.platform.tree_ids.take()
        location = Location(lon=122.07, lat=46.08, crs="CGCS2000", address="兴安街 1 号")
        reported = await self.platform.bus.handle(
            ReportCase(
                actor=SYSTEM,
                tree=tree,
                subcategory=SUBCATEGORY,
                channel="hotline",
                location=location,
                description="井盖缺失",
            )
        )
        number = json_value(reported.body)["number"]
        kept = timedelta(hours=1)
        await self.platform.bus.handle(
            PublishMessage(actor=SYSTEM, name=LETTER, correlation_key=number, time_to_live=kept)
        )
        await self.platform.bus.handle(BroadcastSignal(actor=SYSTEM, name=ALARM))
        return tree

    async def let_go(self) -> None:
        """Let the next worker have what the dead one held."""
        async with self.platform.database.unit_of_work() as uow:
            for statement in _LET_GO:
                await uow.execute(statement)

    async def left_to_people(self) -> dict[int, int]:
        """The cases in which workers have nothing left to do, each with its task; those above have been told twice."""
        return {row["tree"]: row["task"] for row in await self.platform.database.fetch(_LEFT)}

    async def end(self, case: int, task: int) -> None:
        """Do what is left to people."""
        await self.platform.bus.handle(ClaimTask(actor=WORKER, tree=case, task=task))
        await self.platform.bus.handle(CompleteTask(actor=WORKER, tree=case, task=task))

    async def happened(self, case: int) -> Counter[str]:
        """What happened in a case, whatever the order in which its branches moved."""
        events, tasks = await trace(self.platform, case)
        return Counter([*events, *tasks])
