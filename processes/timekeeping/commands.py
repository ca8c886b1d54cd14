"""What can be asked of the deadlines of a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.commands import TreeCommand
from engine.handling import Work
from processes.timekeeping.timekeeper import Timekeeper


@dataclass(frozen=True, kw_only=True)
class RederiveDeadlines(TreeCommand):
    """Count the open deadlines of a case anew under the calendars and settings in force."""


class RederiveDeadlinesHandler:
    """Decides ``RederiveDeadlines``."""

    def __init__(self, timekeeper: Timekeeper) -> None:
        self._timekeeper = timekeeper

    def __call__(self, command: RederiveDeadlines, work: Work) -> dict[str, Any]:
        """The names of the deadlines whose moments moved."""
        return {"case": command.tree, "moved": self._timekeeper.rederive(work)}
