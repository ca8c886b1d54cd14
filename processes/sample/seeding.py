"""Fills an empty city with sample units, posts and people, through the same door as every change.

What exists already, also when somebody has changed it since, is left as it is: seeding again does nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.actors import Actor
from engine.configuration import ConfigurationCommand
from engine.errors import Stale
from engine.storage.database import Database
from processes.access import Passwords
from processes.sample.accounts import SAMPLE_PASSWORD, account_commands, password_commands
from processes.sample.door import Door, missing_of
from processes.sample.posts import post_commands
from processes.sample.units import unit_commands

SEED = Actor(id="system:seed", name="样例数据", audience=None)


async def seed_sample_city(database: Database, door: Door, passwords: Passwords) -> int:
    """Add what is missing of the sample city; how many changes that took. For the demo profile only."""
    changes: list[ConfigurationCommand] = [*unit_commands(SEED), *post_commands(SEED), *account_commands(SEED)]
    made = await _carry_out(await _missing(changes, database), door)
    # The hash is costly, hence made only when it is needed, and one for all: nobody may rely on its being secret.
    if await _missing(password_commands(SEED, ""), database):
        hash_ = await passwords.hash(SAMPLE_PASSWORD)
        made += await _carry_out(await _missing(password_commands(SEED, hash_), database), door)
    return made


async def _missing(changes: Iterable[ConfigurationCommand], database: Database) -> list[ConfigurationCommand]:
    wanted = list(changes)
    missing = await missing_of([change.object for change in wanted], database)
    return [change for change in wanted if change.object in missing]


async def _carry_out(changes: Iterable[ConfigurationCommand], door: Door) -> int:
    made = 0
    for change in changes:
        try:
            await door.handle(change)
        except Stale:
            # Another process seeds at the same time and was first.
            continue
        made += 1
    return made
