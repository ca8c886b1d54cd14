"""Cases that ask outside systems, over the stand-in city; and an outside system that answers as it is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from engine.actors import SYSTEM
from engine.bus import Bus, ConfigurationCommands, TreeCommands, TreeRules
from engine.clock import Clock, DatabaseClock
from engine.commands import TreeCommand
from engine.definitions import DefinitionKind, PublishDefinition, SaveDefinitionDraft
from engine.deliveries import Completed, DeliveryClaims, DeliveryWorker, Job, JobHandler, Outcome
from engine.handlers import engine_handlers
from engine.handling import Work
from tests.integration.engine.conftest import WRITER, House, everyone
from tests.integration.engine.sample_city import Forms, NoteReported, guard
from tests.unit.spiff.drawing import (
    boundary,
    chain,
    document,
    end,
    error,
    exclusive,
    mapping,
    outside,
    parallel,
    start,
    timer,
    user,
)

#: Asks the target ``first`` twice, one after the other unless told at once, and ``other`` beside it.
INPUT = mapping({"number": "= number"}, {"got": "= response"})
ASKING = document(
    start(),
    parallel("p"),
    outside("one", "work", INPUT, target="first", retries="3"),
    outside("two", "work", INPUT, target="first", retries="3"),
    outside("three", "work", INPUT, target="other", retries="3"),
    exclusive("m"),
    parallel("j"),
    boundary("late", "one", timer("timeDuration", "PT5H")),
    boundary("lost", "three", error("lost")),
    user("search", groups="writer"),
    user("write", groups="writer"),
    user("call", groups="writer"),
    end(),
    chain("start", "p", "one", "j", "write", "end"),
    chain("p", "two", "j"),
    chain("p", "three", "m"),
    chain("late", "call", "end"),
    chain("lost", "search", "m", "j"),
    key="asking",
)


@dataclass(frozen=True, kw_only=True)
class BeginAsking(TreeCommand):
    """Start a case that asks."""


def begin_asking(command: BeginAsking, work: Work) -> dict[str, Any]:
    work.record(NoteReported(title="asking"))
    work.start("asking", {"number": None})
    return {"case": command.tree}


async def ask(bus: Bus, trees: Iterable[int]) -> None:
    """Let cases ask."""
    for tree in trees:
        await bus.handle(BeginAsking(actor=WRITER, tree=tree))


def asking_bus(house: House) -> Bus:
    """A bus of one process that also asks."""
    handlers = {**engine_handlers(Forms()), BeginAsking: begin_asking}
    rules = TreeRules(handlers=handlers, guard=guard, surroundings=house.surroundings)
    configuration = ConfigurationCommands(house.database, {}, everyone)
    return Bus(TreeCommands(house.store, rules, house.snapshot), configuration, lambda: None)


async def publish_asking(house: House) -> None:
    """Publish the diagram."""
    names: dict[str, Any] = {"actor": SYSTEM, "kind": DefinitionKind.PROCESS, "key_name": "asking"}
    await house.bus.handle(SaveDefinitionDraft(**names, source=ASKING))
    await house.bus.handle(PublishDefinition(**names))


@dataclass
class OutsideSystem:
    """Answers every job as told, the first time that is told for it; else with its key."""

    #: Outcomes, or what makes one, by target and key; each is used once.
    told: dict[str, list[Outcome | Exception | Callable[[], Awaitable[Outcome]]]] = field(default_factory=dict)
    #: (target, key) of every request, in order.
    requests: list[tuple[str, str]] = field(default_factory=list)
    #: Keys in the order in which they first had an effect.
    effects: list[str] = field(default_factory=list)

    async def __call__(self, job: Job) -> Outcome:
        self.requests.append((job.target, job.key))
        told = self.told.get(job.target)
        outcome = told.pop(0) if told else Completed({"response": job.key})
        if isinstance(outcome, Exception):
            raise outcome
        if callable(outcome):
            outcome = await outcome()
        if isinstance(outcome, Completed) and job.key not in self.effects:
            self.effects.append(job.key)
        return outcome


def sender(house: House, handler: JobHandler, clock: Clock | None = None) -> DeliveryWorker:
    """A worker over the house's database."""
    return DeliveryWorker(asking_bus(house), DeliveryClaims(house.database, clock or DatabaseClock()), handler)


@asynccontextmanager
async def sending(*workers: DeliveryWorker) -> AsyncIterator[None]:
    """Workers that run."""
    for each in workers:
        each.start()
    try:
        yield
    finally:
        for each in workers:
            await each.stop()


async def until_none(house: House, query: str, limit: float = 60) -> None:
    """Wait until a query counts nothing."""
    async with asyncio.timeout(limit):
        while await house.database.fetchval(query):  # noqa: ASYNC110 - what is waited for happens in the database
            await asyncio.sleep(0.05)
