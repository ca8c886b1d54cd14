"""The procedures of a case: what was asked by which verb, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.actors import Actor
from engine.jsontext import json_value
from engine.storage.database import Database
from engine.storage.tables import split
from processes.cases import require_visible

_PROCEDURES = """
select id, verb, host_activity, host_element, state, started_at, starter, data, comment, effects, ended_at, ends
from procedure where tree = $1 order by procedure.id
"""


@dataclass(frozen=True, kw_only=True)
class ProcedureEntry:
    """One procedure of a case, running or not."""

    #: Number of its instance.
    id: int
    verb: str
    #: The open activity that it acts on, and its element; ``None`` and empty for the case as a whole.
    host_activity: int | None
    host_element: str
    state: str
    started_at: datetime
    #: ``Actor.id`` of whoever used the verb, what they answered to its form, and their words.
    starter: str
    data: Mapping[str, Any]
    comment: str
    #: What it did to its host, in order.
    effects: Sequence[str]
    ended_at: datetime | None
    #: Ids of the end events that it reached.
    ends: Sequence[str]


async def case_procedures(database: Database, actor: Actor, case: int) -> list[ProcedureEntry]:
    """Every procedure of a case, in the order of their start. Raises ``NotFound``, ``Unavailable``."""
    await require_visible(database, actor, case)
    return [
        ProcedureEntry(
            **{
                **row,
                "data": json_value(row["data"]),
                "effects": split(row["effects"]),
                "ends": split(row["ends"]),
            }
        )
        for row in await database.fetch(_PROCEDURES, case)
    ]
