"""Reading messages, and letting go of those whose time is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.clock import Clock
from engine.errors import NotFound
from engine.storage.database import Database

_COLUMNS = """
    id, name, key, sender, state, refusal, refusals, received_at, expires_at, ended_at, tree as case, dropped_by,
    reason, begins
"""
_ONE = f"select {_COLUMNS} from message where id = $1 and ($2::text is null or sender = $2)"  # noqa: S608 - constants
#: Those that could not be taken, and those that several or nobody waits for.
_WAITING = f"""
select {_COLUMNS} from message
where state = 'open' and ($1::bigint is null or id > $1) and (not $2 or refusal is not null)
order by id limit $3
"""  # noqa: S608 - constants

_UNDER = f"""
select {_COLUMNS} from message
where state = 'open' and name = $1 and ($2::text is null or key = $2) and ($3::bigint is null or id > $3)
order by id limit $4
"""  # noqa: S608 - constants


@dataclass(frozen=True, kw_only=True)
class StoredMessage:
    """One message and what became of it."""

    id: int
    name: str
    key: str
    #: ``Actor.id`` of who sent it, or the tree that threw it.
    sender: str
    #: ``open``, ``consumed``, ``expired`` or ``dropped``.
    state: str
    #: Stable code of why its receiver could not take it, the last time, and how often that was.
    refusal: str | None
    refusals: int
    received_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    #: The case that took it or that it began.
    case: int | None
    #: ``Actor.id`` of who dropped it, and why.
    dropped_by: str | None
    reason: str | None
    #: Key of the process whose timer has fired, which alone it is for; ``None`` for other messages.
    begins: str | None


class MessageQueries:
    """Reads messages from the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(self, *, only_refused: bool, after: int | None, limit: int) -> list[StoredMessage]:
        """Messages that wait for somebody, or only those that whoever it was could not take; the oldest first."""
        rows = await self._database.fetch(_WAITING, after, only_refused, limit)
        return [StoredMessage(**row) for row in rows]

    async def waiting_under(self, name: str, key: str | None, *, after: int | None, limit: int) -> list[StoredMessage]:
        """Messages of a name, or of a name and key, that wait for somebody; the oldest first."""
        rows = await self._database.fetch(_UNDER, name, key, after, limit)
        return [StoredMessage(**row) for row in rows]

    async def message(self, message: int, sender: str | None = None) -> StoredMessage:
        """A message; of a sender, when one is named. Raises ``NotFound``."""
        row = await self._database.fetchrow(_ONE, message, sender)
        if row is None:
            raise NotFound("message_not_found", "没有这个消息", f"Expected a message {message}, but there is none")
        return StoredMessage(**row)


async def expire_messages(database: Database, clock: Clock, at_a_time: int = 1_000) -> int:
    """Let go of messages whose time is over, and forget those that ended a week ago; how many at most twice as many."""
    async with database.unit_of_work() as uow:
        count: int = await uow.fetchval("select expire_messages($1, $2)", clock.moment(), at_a_time)
    return count
