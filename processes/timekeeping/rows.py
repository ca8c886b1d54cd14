"""The row of a deadline: a clock, and where in the case it runs."""

from __future__ import annotations

from dataclasses import dataclass

from processes.deadlines import Deadline


@dataclass(frozen=True, kw_only=True)
class DeadlineRow:
    """One deadline of a case."""

    instance: int
    element: str
    name: str
    clock: Deadline
    #: Whether no other of its name began in the case after it.
    is_latest: bool = True

    @property
    def is_open(self) -> bool:
        """Whether commands still look at it: its clock runs, or expressions may ask how it ended."""
        return self.is_latest or self.clock.is_open
