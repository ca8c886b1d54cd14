"""Checking what must always hold, after whatever happened: rows, chains, engine state and recomputation agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.definitions.library import Library, MissingDefinition
from engine.jsontext import json_value
from engine.projection import Projection, Rows
from engine.spiff import Definition, LiveTree
from engine.storage.database import Database
from engine.storage.event_log import PIECE, EventLog
from engine.storage.invariant_queries import (
    ACTIVE_INSTANCES,
    ARMED_TIMERS,
    HEAD,
    OPEN_DELIVERIES,
    OPEN_FAULTS,
    OPEN_PROCEDURES,
    OPEN_SUBSCRIPTIONS,
    OPEN_TASKS,
)
from engine.storage.tables import AuditedTable
from engine.store import Store


@dataclass(frozen=True)
class Violation:
    """A law that does not hold, and where."""

    law: str
    place: str


@dataclass
class Verdict:
    """What was checked and what was found."""

    #: Law → how many things it was checked on (queries count as one).
    checked: dict[str, int] = field(default_factory=dict)
    violations: list[Violation] = field(default_factory=list)

    def judge(self, law: str, place: str, holds: object) -> None:
        """Count one check."""
        self.checked[law] = self.checked.get(law, 0) + 1
        if not holds:
            self.violations.append(Violation(law, place))


@dataclass(frozen=True, kw_only=True)
class InvariantChecker:
    """Checks a database that rests; what runs meanwhile may be reported wrongly."""

    database: Database
    store: Store
    log: EventLog
    library: Library[Definition]
    projections: Sequence[Projection[Any]]
    #: Tables to compare with their recomputation; each has its projection.
    tables: Sequence[AuditedTable[Any]]
    #: Law → a query for the places where it is broken.
    laws: Mapping[str, str]

    async def check(self) -> Verdict:
        """Every law on everything."""
        verdict = Verdict()
        for law, query in self.laws.items():
            rows = await self.database.fetch(query)
            verdict.checked[law] = 1
            verdict.violations += [Violation(law, row[0]) for row in rows]
        broken = await self.log.verify_security()
        verdict.judge("the security chain holds", "; ".join(link.message_en for link in broken[:5]), not broken)
        async for tree in self.log.trees():
            await self.check_tree(tree, verdict)
        return verdict

    async def check_tree(self, tree: int, verdict: Verdict) -> None:
        """Chain, engine state and recomputation of one tree."""
        broken = await self.log.verify_tree(tree)
        verdict.judge("the chain of a tree holds", f"tree {tree}: {broken}", not broken)
        await self._check_state(tree, verdict)
        await self._check_recomputation(tree, verdict)

    async def _check_state(self, tree: int, verdict: Verdict) -> None:
        head = await self.database.fetchrow(HEAD, tree)
        assert head is not None, "trees come from the same table"  # noqa: S101 - see ``EventLog.trees``
        live = await self._live(head["state"])
        listed = json_value(head["open"])
        parts: Mapping[str, tuple[Mapping[int, Any], str, str]] = {
            "open tasks": (live.tasks, OPEN_TASKS, "task"),
            "open faults": (live.faults, OPEN_FAULTS, "fault"),
            "open deliveries": (live.deliveries, OPEN_DELIVERIES, "delivery"),
            "armed timers": (live.timers, ARMED_TIMERS, "timer"),
            "open subscriptions": (live.subscriptions, OPEN_SUBSCRIPTIONS, "subscription"),
            "live instances": (live.instances, ACTIVE_INSTANCES, "instance"),
            "open procedures": (live.procedures, OPEN_PROCEDURES, "procedure"),
        }
        for name, (in_state, query, table) in parts.items():
            in_head = listed.get(table, [])
            in_rows = {row["id"] for row in await self.database.fetch(query, tree)}
            agree = in_rows == set(in_state) == set(in_head)
            place = f"tree {tree}: rows {sorted(in_rows)}, state {sorted(in_state)}, head {in_head}"
            verdict.judge(f"{name} are those of the engine", place, agree)
        live.free()

    async def _live(self, state: bytes) -> LiveTree:
        while True:
            try:
                return LiveTree.load(state, self.library.compiled)
            except MissingDefinition as missing:
                missing.library.add(missing.sha, await self.store.definition_source(missing.sha))

    async def _check_recomputation(self, tree: int, verdict: Verdict) -> None:
        computed: dict[str, Rows[Any]] = {projection.table: Rows() for projection in self.projections}
        last = 0
        while events := await self.log.events(tree, after=last):
            for recorded in events:
                for projection in self.projections:
                    projection.fold(computed[projection.table], recorded)
            last = events[-1].seq
            if len(events) < PIECE:
                break
        for table in self.tables:
            records = await self.database.fetch(table.whole, tree)
            stored = {key: table.folded(row) for key, row in map(table.read, map(tuple, records))}
            folded = {key: table.folded(row) for key, row in computed[table.table].items()}
            differing = sorted(key for key in stored.keys() | folded.keys() if stored.get(key) != folded.get(key))
            verdict.judge(f"{table.table} equals its recomputation", f"tree {tree}: rows {differing}", not differing)
