"""How outside systems are doing: what each still owes cases, since when, and what went wrong last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from engine.storage.database import Database

#: Only what is not done is looked at, so that it costs the same however much was sent before.
_WAITING = """
select target, count(*) filter (where state = 'open') as open, count(*) filter (where state = 'accepted') as accepted,
       count(*) filter (where state = 'failed') as failed, min(requested_at) as oldest,
       clock_timestamp() - min(requested_at) as age
from delivery where state in ('open', 'accepted', 'failed') group by target
"""
_LAST_FAILURES = """
select distinct on (target) target, tree || '.' || id as delivery, code, message_zh, message_en
from delivery where state in ('open', 'accepted', 'failed') and code <> ''
order by target, next_at desc, tree desc, id desc
"""
_CIRCUITS = "select target, failures, open_until, open_until > clock_timestamp() as is_open from target_circuit"


@dataclass(frozen=True, kw_only=True)
class LastFailure:
    """The last try in vain of what is not done yet."""

    #: Such as ``1024.7``.
    delivery: str
    code: str
    message_zh: str
    message_en: str


@dataclass(frozen=True, kw_only=True)
class TargetHealth:
    """What is under way to one outside system."""

    #: To be sent, taken over by it, given up.
    open: int = 0
    accepted: int = 0
    failed: int = 0
    #: When the oldest of them was asked for.
    oldest: datetime | None = None
    #: How long ago that is.
    age: timedelta = timedelta()
    last_failure: LastFailure | None = None
    #: How many tries in a row it did not answer, and until when it is left alone for that.
    silent_tries: int = 0
    left_alone_until: datetime | None = None


class TargetHealths:
    """Reads it for all outside systems at once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> Mapping[str, TargetHealth]:
        """By target; one to which nothing is under way and that answers is left out. Raises ``Unavailable``."""
        waiting = await self._database.fetch(_WAITING)
        failures = {row["target"]: row for row in await self._database.fetch(_LAST_FAILURES)}
        silent = await self._database.fetch(_CIRCUITS)
        found = {
            row["target"]: TargetHealth(
                open=row["open"],
                accepted=row["accepted"],
                failed=row["failed"],
                oldest=row["oldest"],
                age=row["age"],
                last_failure=_failure(failures[row["target"]]) if row["target"] in failures else None,
            )
            for row in waiting
        }
        return {**found, **{row["target"]: _silent(found.get(row["target"], TargetHealth()), row) for row in silent}}


def _silent(health: TargetHealth, row: Mapping[str, Any]) -> TargetHealth:
    until = row["open_until"] if row["is_open"] else None
    return replace(health, silent_tries=row["failures"], left_alone_until=until)


def _failure(row: Mapping[str, str]) -> LastFailure:
    return LastFailure(**{name: row[name] for name in LastFailure.__dataclass_fields__})
