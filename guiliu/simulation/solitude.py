"""Whether somebody else is at work on a database: a virtual clock and the real one must not move the same cases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from engine.storage.database import Database, PoolSettings

#: What the connections of a simulation are called, to tell them from those that serve and work.
SIMULATION = PoolSettings(application_name="guiliu-simulation")
_ONE = PoolSettings(application_name="guiliu-simulation", least=1, most=1)
#: Held for as long as a simulation runs.
_LOCK = "select pg_try_advisory_lock(hashtext('guiliu simulation'))"
_OTHERS = """
select count(*) from pg_stat_activity where datname = current_database() and application_name = $1
"""


class InUse(Exception):
    """Somebody serves, works on or simulates the database; the text says what to do."""


@asynccontextmanager
async def alone_on(url: str) -> AsyncIterator[None]:
    """Keep a database to oneself. Raises ``InUse`` while any other process of the house is connected."""
    database = await Database.connect(url, settings=_ONE)
    try:
        others = await database.fetchval(_OTHERS, PoolSettings().application_name)
        if others or not await database.fetchval(_LOCK):
            raise InUse(
                "数据库正在使用，请先停止服务、后台进程和其他模拟 / "
                "the database is in use; stop what serves, works on or simulates it first"
            )
        yield
    finally:
        await database.close()
