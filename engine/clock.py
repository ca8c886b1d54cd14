"""Time comes from here: case time through ``Clock``, durations from the monotonic clock.

Case time is what due times, ``now()`` in expressions and the times of events are made of. In production it is the
database's clock; scenarios and simulations set it. Leases, sessions and ``recorded_at`` are system time and are read
in SQL where they are stored.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Decides what time a command happens at."""

    def moment(self) -> datetime | None:
        """The case time to use (aware), or ``None`` for the database's clock at the moment of loading."""
        ...


class DatabaseClock:
    """Production: the database's clock, the same for every process and machine."""

    def moment(self) -> datetime | None:
        """``None``: storage fills in its own clock."""
        return None


@dataclass
class VirtualClock:
    """Scenarios: stands still until it is moved."""

    #: Aware.
    now: datetime

    def moment(self) -> datetime | None:
        """The time that was set."""
        return self.now


def machine_time() -> datetime:
    """What the clock of this machine says (aware), for tools that run without a database; cases never ask it."""
    return datetime.now(UTC)


def elapsed() -> float:
    """Seconds of the monotonic clock; only differences mean anything."""
    return time.monotonic()
