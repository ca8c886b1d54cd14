"""The store of case trees in memory, for dry runs and scenarios: the same promises as PostgreSQL's, no durability."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from msgspec import structs

from engine.clock import Clock
from engine.commands import IdempotencyKey
from engine.errors import NotFound
from engine.events import Recorded
from engine.projections import LISTED_TABLES, DraftRow, TaskRow
from engine.store import Answer, Conflict, Flush, Loaded, LoadRequest, TreeHead


@dataclass
class _Tree:
    """What is kept of one tree; without a head while only rows of it exist."""

    head: TreeHead | None = None
    events: list[Recorded] = field(default_factory=list)
    rows: dict[str, dict[int, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class StillConfiguration:
    """A configuration that was loaded once and does not move: that of a story."""

    epoch: int = 1

    async def catch_up(self, epoch: int) -> None:
        """Raises ``ValueError``: somebody else moved the store's epoch."""
        raise ValueError(f"the configuration of a story stays at epoch {self.epoch}, but {epoch} was asked for")


class MemoryStore:
    """Keeps the trees of one scenario; a ``Clock`` must say the time, because there is no database to ask."""

    def __init__(
        self, tables: Sequence[str], clock: Clock, sources: Mapping[bytes, bytes], listed: Sequence[str] = ()
    ) -> None:
        self._tables = tables
        #: Tables of which only open rows are loaded; ``listed`` are the city's.
        self._listed = frozenset((*LISTED_TABLES, *listed))
        self._clock = clock
        self._sources = sources
        self._trees: dict[int, _Tree] = {}
        self._answers: dict[tuple[str, str], Answer] = {}
        #: Lines of the security chain as (actor, type, payload).
        self.security: list[tuple[str, str, Mapping[str, Any]]] = []
        #: Epoch of the configuration; raise it to make commands reload.
        self.epoch = StillConfiguration.epoch

    def events(self, tree: int) -> Sequence[Recorded]:
        """The log of a tree."""
        return self._tree(tree).events

    def rows(self, tree: int, table: str) -> Mapping[int, Any]:
        """All rows of a table that belong to a tree, also those that are closed."""
        return self._tree(tree).rows.get(table, {})

    async def load(self, request: LoadRequest) -> Loaded:
        """One consistent picture of a tree."""
        tree = self._tree(request.tree)
        rows = {
            table: {
                key: row
                for key, row in tree.rows.get(table, {}).items()
                if key == request.task or self._is_loaded(table, row)
            }
            for table in self._tables
        }
        return Loaded(
            epoch=self.epoch, now=self._now(), head=tree.head, answered=self._answered(request.key), rows=rows
        )

    async def flush(self, flush: Flush) -> None:
        """Keep everything. Raises ``Conflict``, having kept nothing, when version, key, epoch or a row moved."""
        tree = self._tree(flush.tree)
        self._check(flush, tree)
        if flush.key is not None and flush.answer is not None:
            answer = structs.replace(flush.answer, fingerprint=flush.key.fingerprint)
            self._answers[flush.key.actor, flush.key.key] = answer
        if flush.head is not None:
            tree.head = flush.head
            tree.events += flush.events
        for table, changed in flush.rows.items():
            tree.rows.setdefault(table, {}).update((key, _stored(row)) for key, row in changed)
        self.security += [(flush.actor, type_, payload) for type_, payload in flush.security]
        self._trees[flush.tree] = tree

    async def definition_source(self, sha: bytes) -> bytes:
        """A diagram that was given. Raises ``NotFound``."""
        if sha not in self._sources:
            raise NotFound("definition_not_found", "没有这个流程定义", f"Expected a definition with hash {sha.hex()}")
        return self._sources[sha]

    def _tree(self, tree: int) -> _Tree:
        return self._trees.get(tree) or _Tree()

    def _is_loaded(self, table: str, row: Any) -> bool:
        # Like the stored one, a draft comes only with the task that the command names.
        return row.is_open if table in self._listed else table != "task_draft"

    def _answered(self, key: IdempotencyKey | None) -> Answer | None:
        return self._answers.get((key.actor, key.key)) if key else None

    def _now(self) -> datetime:
        moment = self._clock.moment()
        if moment is None:
            raise ValueError("a store in memory needs a clock that says the time")
        return moment

    def _check(self, flush: Flush, tree: _Tree) -> None:
        version = tree.head.version if tree.head else 0
        if flush.epoch != self.epoch:
            raise Conflict(f"the configuration moved from epoch {flush.epoch} to {self.epoch}")
        if flush.key is not None and self._answered(flush.key) is not None:
            raise Conflict(f"key {flush.key.key} was answered meanwhile")
        if flush.head is not None and flush.version != version:
            raise Conflict(f"tree {flush.tree} is no longer at version {flush.version}")
        for table, changed in flush.rows.items():
            kept = tree.rows.get(table, {})
            if any(_version(row) != _version(kept.get(key)) for key, row in changed):
                raise Conflict(f"a row of {table} changed meanwhile")


def _version(row: Any) -> int:
    return row.version if isinstance(row, TaskRow | DraftRow) else 0


def _stored(row: Any) -> Any:
    return structs.replace(row, version=row.version + 1) if isinstance(row, TaskRow | DraftRow) else row
