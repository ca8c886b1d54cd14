"""Lamps in SQL: derived from what is stored and the moment, never stored.

A test holds them equal to ``processes.deadlines.lamp``.
"""

from __future__ import annotations

from engine.clock import Clock
from processes.cases.queries.conditions import Conditions

#: Of a deadline ``d`` that has not ended.
LAMP_OF_DEADLINE = """
case when d.is_paused then 'grey' when d.due_at < {now} then 'red' when d.warn_at <= {now} then 'yellow'
     else 'green' end
"""
#: Of an open task ``t``; null when it is due at no time.
LAMP_OF_TASK = """
case when t.due_at < {now} then 'red' when t.warn_at <= {now} then 'yellow' when t.due_at is not null then 'green' end
"""
#: The worst of a case's open deadlines ``d``, as an aggregate; null of none.
WORST_LAMP = """
(array['grey', 'green', 'yellow', 'red'])[
    max(case when d.is_paused then 1 when d.due_at < {now} then 4 when d.warn_at <= {now} then 3 else 2 end)
]
"""


def moment_of(clock: Clock, conditions: Conditions) -> str:
    """Case time as SQL: one for the whole transaction, so that it may bound an index and the planner knows how far."""
    now = f"coalesce({conditions.parameter(clock.moment())}::timestamptz, now())"
    # Always true: the parameter is given whether a query of these conditions needs it or not.
    conditions.add(f"{now} is not null")
    return now
