"""The store of case trees in PostgreSQL: one statement loads, one statement writes and commits.

The flush is a single ``select`` of functions, hence one transaction and one round trip. A function raises
``40001`` when version, epoch or a row moved meanwhile, and a key that was answered violates its index; then nothing was
written and the caller repeats.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import asyncpg

from engine.clock import Clock
from engine.crash import crash_point
from engine.errors import NotFound
from engine.jsontext import json_text, json_value
from engine.storage.database import Database
from engine.storage.tables import TableStorage
from engine.store import Answer, Flush, Loaded, LoadRequest, TreeHead

_HEAD_COLUMNS = 10
_NO_ROWS: Mapping[int, Any] = {}
_LOAD_HEAD = """
select coalesce($3::timestamptz, clock_timestamp()), (select epoch from configuration_epoch),
 head.version, head.seq, head.hash, head.state, head.open,
 k.outcome, k.body, k.fingerprint"""
_LOAD_FROM = """
from (select $1::bigint as id, $2::int as task) as request
left join tree head on head.id = request.id
left join idempotency k on k.actor = $4::text and k.key = $5::text
"""
#: Parameters of ``flush_tree`` in the schema.
_FLUSH_TYPES = (
    "bigint", "bigint", "int", "int", "bytea", "bytea", "jsonb",
    "timestamptz", "text", "text[]", "smallint[]", "text[]", "bytea[]",
    "text", "text", "bytea", "text", "text",
)  # fmt: skip


class TreeStore:
    """Loads and flushes trees with the engine's and the city's tables."""

    def __init__(self, database: Database, tables: Sequence[TableStorage[Any]], clock: Clock) -> None:
        self._database = database
        self._tables = {table.table: table for table in tables}
        self._clock = clock
        self._loaded_tables = {name: table for name, table in self._tables.items() if table.load}
        self._load_sql = _load_sql(self._loaded_tables.values())
        self._flush_sql: dict[tuple[str, ...], str] = {}

    async def load(self, request: LoadRequest) -> Loaded:
        """One consistent picture of a tree. Raises ``Unavailable``."""
        key = request.key
        record = await self._database.fetchrow(
            self._load_sql,
            request.tree,
            request.task,
            self._clock.moment(),
            key.actor if key else None,
            key.key if key else None,
        )
        assert record is not None, "the load query always answers one row"  # noqa: S101 - its from clause
        return self._loaded(record)

    def _loaded(self, record: asyncpg.Record) -> Loaded:
        now, epoch, *head_columns, outcome, body, fingerprint = record[:_HEAD_COLUMNS]
        rows = {
            name: dict(map(table.read, found)) if (found := record[place]) else _NO_ROWS
            for place, (name, table) in enumerate(self._loaded_tables.items(), _HEAD_COLUMNS)
        }
        answered = outcome and Answer(outcome=outcome, body=body.encode(), fingerprint=fingerprint)
        return Loaded(epoch=epoch, now=now, head=_loaded_head(*head_columns), answered=answered, rows=rows)

    async def flush(self, flush: Flush) -> None:
        """Write and commit. Raises ``Conflict``, having written nothing, or ``Unavailable``, having perhaps."""
        changed = tuple(name for name in self._tables if flush.rows.get(name))
        arguments: list[Any] = [*_flush_arguments(flush)]
        for name in changed:
            arguments += self._tables[name].arrays(flush.rows[name])
        if flush.security:
            arguments += _security_arguments(flush)
        crash_point("tree.before_flush")
        await self._database.fetchrow(self._statement(changed, flush), *arguments)
        crash_point("tree.after_flush")

    def _statement(self, changed: tuple[str, ...], flush: Flush) -> str:
        shape = (*changed, "security") if flush.security else changed
        statement = self._flush_sql.get(shape)
        if statement is None:
            statement = self._flush_sql[shape] = self._flush_statement(changed, flush)
        return statement

    def _flush_statement(self, changed: tuple[str, ...], flush: Flush) -> str:
        calls = [_call("flush_tree", _FLUSH_TYPES, 1)]
        place = len(_FLUSH_TYPES) + 1
        for name in changed:
            table = self._tables[name]
            calls.append(_call(table.write, table.types, place, "$1"))
            place += len(table.types)
        if flush.security:
            calls.append(_call("append_security", ("text[]", "text[]", "text[]"), place))
        # A select list is evaluated from left to right, which gives the one order of locks.
        return "select " + ", ".join(calls)

    async def definition_source(self, sha: bytes) -> bytes:
        """The stored diagram. Raises ``NotFound``."""
        source: bytes | None = await self._database.fetchval(
            "select source from definition where sha = $1 limit 1", sha
        )
        if source is None:
            raise NotFound(
                "definition_not_found",
                "没有这个流程定义",
                f"Expected a definition with hash {sha.hex()}, but there is none",
            )
        return source


def _load_sql(tables: Iterable[TableStorage[Any]]) -> str:
    pieces = [f",\n (select array_agg(r) from ({table.load}) as r)" for table in tables]  # noqa: S608 - constants
    return "".join((_LOAD_HEAD, *pieces, _LOAD_FROM))


def _call(function: str, types: Sequence[str], first: int, *leading: str) -> str:
    parameters = (*leading, *(f"${place}::{type_}" for place, type_ in enumerate(types, first)))
    return f"{function}({', '.join(parameters)})"


def _flush_arguments(flush: Flush) -> Sequence[Any]:
    return (flush.tree, flush.epoch, *_head(flush), *_events(flush), *_key(flush))


def _loaded_head(version: int | None, *columns: Any) -> TreeHead | None:
    if version is None:
        return None
    seq, hash_, state, open_ = columns
    return TreeHead(version=version, seq=seq, hash=hash_, state=state, open=json_value(open_))


def _head(flush: Flush) -> tuple[Any, ...]:
    head = flush.head
    if head is None:
        return flush.version, None, None, None, None
    return flush.version, head.seq, head.hash, head.state, json_text(head.open).decode()


def _events(flush: Flush) -> tuple[datetime, str, list[str], list[int], list[str], list[bytes]]:
    events = flush.events
    return (
        flush.now,
        events[0].actor if events else "",
        [type(recorded.event).__name__ for recorded in events],
        [recorded.event.version for recorded in events],
        [recorded.payload.decode() for recorded in events],
        [recorded.hash for recorded in events],
    )


def _key(flush: Flush) -> tuple[str | bytes | None, ...]:
    if flush.key is None or flush.answer is None:
        return (None,) * 5
    return flush.key.actor, flush.key.key, flush.key.fingerprint, flush.answer.outcome, flush.answer.body.decode()


def _security_arguments(flush: Flush) -> tuple[list[str], list[str], list[str]]:
    lines: Sequence[tuple[str, Mapping[str, Any]]] = flush.security
    return (
        [flush.actor] * len(lines),
        [type_ for type_, _ in lines],
        [json_text(payload).decode() for _, payload in lines],
    )
