"""Leaving outside systems alone that do not answer: one circuit for each target, shared by all workers.

It opens when several tries in a row were in vain, whichever deliveries they were for; while it is open nothing is sent
there and no delivery spends its tries. When the time is over some are sent again: the first that arrives closes it.
"""

from __future__ import annotations

from datetime import timedelta

from engine.deliveries.jobs import Failed, Outcome
from engine.storage.database import Database

#: Tries in vain in a row that open it.
MOST_FAILURES = 5
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(minutes=5)

_FAILED = "select note_failure($1, $2, $3, $4)"
_CLOSE = "delete from target_circuit where target = $1"


class Circuits:
    """Notes what came of tries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, target: str, outcome: Outcome, failures: int) -> None:
        """Note a try; ``failures`` is how many were in vain before it, as far as is known. Raises ``Unavailable``."""
        if is_silent(outcome):
            async with self._database.unit_of_work() as uow:
                await uow.fetchval(_FAILED, target, MOST_FAILURES, FIRST_PAUSE, LONGEST_PAUSE)
        elif failures:
            async with self._database.unit_of_work() as uow:
                await uow.execute(_CLOSE, target)


def is_silent(outcome: Outcome) -> bool:
    """Whether nobody knows that the outside system is well; a refusal for good tells that it is."""
    return isinstance(outcome, Failed) and not outcome.is_final
