"""What somebody keeps in sight, and what is new in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.actors import Actor
from engine.jsontext import json_value
from engine.storage.database import Database
from processes.cases import scope_of

#: Events that somebody who only watches wants to hear of; who did them himself knows.
TOLD = ("StageEntered", "TaskCommented", "ProcedureStarted", "FaultRaised", "FaultCleared", "DeadlineExtended")
MOST_NOTICES = 100
#: Of one case; the rest stands in its history.
_MOST_OF_CASE = 5

_FILTERS = "select page, name, query, saved_at from saved_filter where account = $1 order by page, saved_at, name"
_WATCHES = "select exists (select from watch where account = $1 and tree = $2)"
_WATCHED = """
select w.tree as case, c.number, c.subcategory, c.description, c.address, c.unit, c.community, c.street, c.stage,
    c.is_open, w.since
from watch w join cases c on c.tree = w.tree where w.account = $2 and {scope} order by w.since desc, w.tree desc
"""
_NOTICES = f"""
select w.tree as case, c.number, c.subcategory, c.description, c.address, c.unit, c.community, c.street,
    e.seq, e.type, e.at, e.actor, e.payload
from watch w join cases c on c.tree = w.tree cross join lateral (
    select seq, type, at, actor, payload from event e
    where e.tree = w.tree and e.seq > w.seen_seq and e.type = any($3::text[]) and e.actor <> $4
    order by e.seq desc limit {_MOST_OF_CASE}
) e
where w.account = $2 and {{scope}} order by e.at desc, w.tree, e.seq desc limit {MOST_NOTICES}
"""  # noqa: S608 - constants of this module


@dataclass(frozen=True, kw_only=True)
class SavedFilter:
    """A question to a list, kept under a name."""

    page: str
    name: str
    #: The members of the page's address.
    query: Mapping[str, str]
    saved_at: datetime


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something new in a watched case."""

    case: int
    number: str
    subcategory: str
    description: str
    address: str
    unit: str | None
    community: str
    street: str
    seq: int
    type: str
    at: datetime
    #: ``Actor.id``.
    actor: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class WatchedCase:
    """A case that somebody watches."""

    case: int
    number: str
    subcategory: str
    description: str
    address: str
    unit: str | None
    community: str
    street: str
    stage: str
    is_open: bool
    since: datetime


class AttentionQueries:
    """Reads what an account keeps in sight; cases through the actor's row scope."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def filters(self, account: int) -> Sequence[SavedFilter]:
        """Every kept question, by page, in the order of saving. Raises ``Unavailable``."""
        rows = await self._database.fetch(_FILTERS, account)
        return [SavedFilter(**{**row, "query": json_value(row["query"])}) for row in rows]

    async def is_watched(self, account: int, case: int) -> bool:
        """Whether the account watches a case. Raises ``Unavailable``."""
        watched: bool = await self._database.fetchval(_WATCHES, account, case)
        return watched

    async def notices(self, actor: Actor, account: int) -> Sequence[Notice]:
        """What others did in watched cases that was not seen yet, the newest first. Raises ``Unavailable``."""
        scope = scope_of(actor)
        sql = _NOTICES.format(scope=scope.condition)
        rows = await self._database.fetch(sql, scope.keys, account, list(TOLD), actor.id)
        return [Notice(**{**row, "payload": json_value(row["payload"])}) for row in rows]

    async def watched(self, actor: Actor, account: int) -> Sequence[WatchedCase]:
        """The cases that an account watches, the latest first. Raises ``Unavailable``."""
        scope = scope_of(actor)
        rows = await self._database.fetch(_WATCHED.format(scope=scope.condition), scope.keys, account)
        return [WatchedCase(**row) for row in rows]
