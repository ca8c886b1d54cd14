"""Reading messages, and letting go of those whose time is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.clock import Clock
from engine.errors import NotFound
from engine.storage.database import Database

_ONE = """
select id, name, key, state, refusal, received_at, expires_at, ended_at from message where id = $1 and sender = $2
"""


@dataclass(frozen=True, kw_only=True)
class StoredMessage:
    """One message and what became of it."""

    id: int
    name: str
    key: str
    #: ``open``, ``consumed`` or ``expired``.
    state: str
    #: Stable code of why its receiver could not take it.
    refusal: str | None
    received_at: datetime
    expires_at: datetime
    ended_at: datetime | None


class MessageQueries:
    """Reads messages from the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def message(self, message: int, sender: str) -> StoredMessage:
        """A message of a sender. Raises ``NotFound``."""
        row = await self._database.fetchrow(_ONE, message, sender)
        if row is None:
            raise NotFound("message_not_found", "没有这个消息", f"Expected a message {message} of yours")
        return StoredMessage(**row)


async def expire_messages(database: Database, clock: Clock, at_a_time: int = 1_000) -> int:
    """Let go of messages whose time is over, and forget those that ended a week ago; how many at most twice as many."""
    async with database.unit_of_work() as uow:
        count: int = await uow.fetchval("select expire_messages($1, $2)", clock.moment(), at_a_time)
    return count
