"""The people of this process: a part of the configuration snapshot, and how a request makes sure that it is fresh."""

from __future__ import annotations

from datetime import datetime

import asyncpg

from engine.actors import Actor
from engine.snapshot import Snapshot
from processes.access.reading import read_permissions
from processes.access.register import Person, Register
from processes.access.sessions import Follow
from processes.organisation import read_organisation


class People:
    """Everybody in memory, under the configuration's epoch."""

    def __init__(self) -> None:
        self._register = Register()

    async def read(self, connection: asyncpg.Connection) -> Register:
        """Everybody, as of the transaction of ``connection``."""
        return Register(
            organisation=await read_organisation(connection),
            permissions=await read_permissions(connection),
        )

    def replace(self, content: Register) -> None:
        """Answer from what was read, from now on."""
        self._register = content

    @property
    def register(self) -> Register:
        """Everybody, as last read."""
        return self._register

    def actor(self, account: int) -> Actor | None:
        """Whoever signed in with the account; ``None`` when it is gone or disabled."""
        return self._register.actor(account)

    def limited(self, account: int, scopes: frozenset[str]) -> Actor | None:
        """Whoever the account is, with no permission beyond the scopes; ``None`` when it is gone or disabled."""
        return self._register.limited(account, scopes)

    def actor_named(self, actor: str) -> Actor | None:
        """The actor with this id, such as ``user:7``; ``None`` when it is nobody who may sign in."""
        return self._register.actor_named(actor)

    def narrowed(self, actor: str, scopes: frozenset[str]) -> Actor | None:
        """The actor with this id, with no permission beyond the scopes; ``None`` when it is nobody who may sign in."""
        return self._register.narrowed(actor, scopes)

    def has_group(self, group: str) -> bool:
        """Whether there is the post, and the unit, that a candidate group names."""
        return self._register.has_group(group)

    def person(self, account: int) -> Person | None:
        """The account with its unit and posts; ``None`` when there is none."""
        return self._register.person(account)

    def has_changed_by(self, at: datetime) -> bool:
        """Whether a post began or ended by itself since everybody was read."""
        changes_at = self._register.organisation.changes_at
        return changes_at is not None and at >= changes_at


def following(snapshot: Snapshot, people: People) -> Follow:
    """What sessions call with each request's epoch and moment, so that nobody acts on permissions of the past."""

    async def follow(epoch: int, at: datetime) -> None:
        if people.has_changed_by(at):
            await snapshot.load()
        elif snapshot.epoch < epoch:
            await snapshot.catch_up(epoch)

    return follow
