"""The row of a deadline: a clock, and where in the case it runs."""

from __future__ import annotations

from datetime import datetime

import msgspec

from processes.deadlines import Deadline


class DeadlineRow(msgspec.Struct, frozen=True, kw_only=True):
    """One deadline of a case."""

    instance: int
    element: str
    name: str
    clock: Deadline
    #: Whether no other of its name began in the case after it.
    is_latest: bool = True
    #: Whether it has warned of the moment at which it is due now.
    has_warned: bool = False

    def warns_at(self, moment: datetime) -> bool:
        """Whether it is to warn: its clock runs, the moment for it has come, and it has not warned yet."""
        clock = self.clock
        waits = clock.is_open and not clock.is_paused and not self.has_warned
        return waits and clock.warn_at is not None and clock.warn_at <= moment

    @property
    def is_open(self) -> bool:
        """Whether commands still look at it: its clock runs, or expressions may ask how it ended."""
        return self.is_latest or self.clock.is_open
