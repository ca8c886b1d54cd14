"""How late timers are: those that should have fired by now, and those that fired lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from engine.clock import Clock
from engine.storage.database import Database

#: The fired timers that are looked at.
_LOOK_BACK = timedelta(hours=1)
_LATENESS = """
select overdue.count as overdue, overdue.longest as longest_overdue,
       fired.count as fired, fired.p50 as median, fired.p99 as p99
from (select coalesce($1::timestamptz, clock_timestamp()) as moment) now
cross join lateral (
    select count(*), coalesce(max(now.moment - t.due_at), interval '0') as longest
    from timer t where t.state = 'armed' and t.due_at < now.moment
) overdue
cross join lateral (
    select count(*),
           coalesce(percentile_cont(0.5) within group (order by t.ended_at - t.due_at), interval '0') as p50,
           coalesce(percentile_cont(0.99) within group (order by t.ended_at - t.due_at), interval '0') as p99
    from timer t where t.state = 'fired' and t.ended_at > now.moment - $2::interval
) fired
"""


@dataclass(frozen=True, kw_only=True)
class TimerLateness:
    """Counts and times as of now."""

    #: Armed timers whose moment has passed.
    overdue: int
    longest_overdue: timedelta
    #: Timers that fired within the last hour, and how late.
    fired: int
    median: timedelta
    p99: timedelta


async def timer_lateness(database: Database, clock: Clock) -> TimerLateness:
    """How late timers are. Raises ``Unavailable``."""
    row = await database.fetchrow(_LATENESS, clock.moment(), _LOOK_BACK)
    assert row is not None, "an aggregate always answers one row"  # noqa: S101 - its select list
    return TimerLateness(**row)
