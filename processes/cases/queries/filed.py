"""How many cases are on their way under a filing condition: those that a change of it leaves as they are."""

from __future__ import annotations

from engine.storage.database import Database
from processes.cases.codes import subcategory_of

_FILED_UNDER = "select count(*) from cases where is_open and subcategory = $1 and condition = $2"


async def filed_under(database: Database, condition: str) -> int:
    """Open cases filed under the condition, whoever may see them."""
    return int(await database.fetchval(_FILED_UNDER, subcategory_of(condition), condition))
