"""Reading lists: one moment for the page and its counts, and plans made for the values at hand.

A plan made for any caller is good for none: somebody who sees three cases of a million needs the index on the audience,
somebody who sees nearly all needs the order of the list. So these queries are planned with their values each time.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from engine.storage.database import Database

_FOR_THE_VALUES = "set local plan_cache_mode = force_custom_plan"
#: Where an index has the order of the list, all that is gained by reading its rows in their own order is a sort.
_IN_ORDER = f"{_FOR_THE_VALUES}; set local enable_bitmapscan = off"


@asynccontextmanager
async def list_reading(database: Database) -> AsyncIterator[asyncpg.Connection]:
    """A read-only transaction for a list. Raises ``Unavailable``."""
    async with database.reading() as connection:
        await connection.execute(_FOR_THE_VALUES)
        yield connection


@asynccontextmanager
async def ordered_reading(database: Database) -> AsyncIterator[asyncpg.Connection]:
    """The same for a list that walks indexes in its own order. Raises ``Unavailable``."""
    async with database.reading() as connection:
        await connection.execute(_IN_ORDER)
        yield connection
