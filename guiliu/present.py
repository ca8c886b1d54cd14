"""This moment, for expressions that are worked out outside of commands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from engine.clock import Clock
from engine.feel import Evaluation
from engine.storage.database import Database


@dataclass(frozen=True)
class Present:
    """Says the case time that a command would have now."""

    database: Database
    clock: Clock
    zone: tzinfo

    async def evaluation(self) -> Evaluation:
        """Of this moment, in the city's zone. Raises ``Unavailable``."""
        moment = self.clock.moment() or await self.database.fetchval("select clock_timestamp()")
        return Evaluation(now=moment, zone=self.zone)
