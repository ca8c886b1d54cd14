"""The people of a city on a test's own database: a door for changes, sessions, everybody in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from argon2 import PasswordHasher

from engine.actors import SYSTEM
from engine.bus.configuration_commands import ConfigurationCommands
from engine.configuration import ConfigurationCommand
from engine.snapshot import Snapshot
from engine.storage.database import Database
from engine.store import Answer
from processes.access import (
    ACCESS_CONFIGURATION,
    ACCESS_HANDLERS,
    ConfigurationGuard,
    Passwords,
    People,
    Sessions,
    SetPassword,
    following,
)
from processes.organisation import (
    ORGANISATION_HANDLERS,
    ORGANISATION_MODELS,
    AssignPosts,
    PostHeld,
    SaveAccount,
    SavePost,
    SaveUnit,
    UnitKind,
)

#: Cheap on purpose: tests prove what is judged, not how long guessing takes.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "correct horse"


@dataclass(frozen=True)
class City:
    """One process's view of a city."""

    database: Database
    door: ConfigurationCommands
    people: People
    snapshot: Snapshot
    passwords: Passwords
    sessions: Sessions

    async def change(self, *commands: ConfigurationCommand) -> list[Answer]:
        """Carry out the changes and load what came of them."""
        answers = [await self.door.handle(command) for command in commands]
        await self.snapshot.load()
        return answers

    async def hire(self, username: str, *posts: PostHeld, password: str = PASSWORD) -> int:
        """An account that can sign in; its id."""
        hash_ = await self.passwords.hash(password)
        await self.change(
            SaveAccount(actor=SYSTEM, username=username, name=f"{username} 同志"),
            AssignPosts(actor=SYSTEM, username=username, posts=posts),
            SetPassword(actor=SYSTEM, username=username, hash=hash_),
        )
        account: int = await self.database.fetchval("select id from account where username = $1", username)
        return account

    async def found(self) -> None:
        """A department with a section, and three posts."""
        await self.change(
            SaveUnit(actor=SYSTEM, code="U12", name="市住建局", kind=UnitKind.DEPARTMENT),
            SaveUnit(actor=SYSTEM, code="U12-1", name="市政养护科", kind=UnitKind.DEPARTMENT, parent="U12"),
            SavePost(actor=SYSTEM, post="clerk", name_zh="处置员", name_en="Clerk"),
            SavePost(actor=SYSTEM, post="dispatcher", name_zh="派遣员", name_en="Dispatcher"),
            SavePost(actor=SYSTEM, post="leader", name_zh="领导", name_en="Leader"),
        )


def connected(database: Database) -> City:
    """A process of its own on the database; nobody is loaded yet."""
    people = People()
    snapshot = Snapshot(database, [people])
    passwords = Passwords(QUICK)
    handlers = {**ORGANISATION_HANDLERS, **ACCESS_HANDLERS}
    return City(
        database=database,
        door=ConfigurationCommands(database, handlers, ConfigurationGuard(ACCESS_CONFIGURATION)),
        people=people,
        snapshot=snapshot,
        passwords=passwords,
        sessions=Sessions(database, passwords, following(snapshot, people)),
    )


@asynccontextmanager
async def open_city(url: str) -> AsyncIterator[City]:
    """A founded city; its connections close when the block ends."""
    database = await Database.connect(url, models={"organisation": ORGANISATION_MODELS})
    try:
        city = connected(database)
        await city.found()
        yield city
    finally:
        await database.close()
