"""Who may see the cases that events tell of: asked once per event, however many streams tell it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass

from api.ports import CaseQueries

#: Cases whose audience is remembered; events come in bursts about the same few.
MOST_REMEMBERED = 2_000


@dataclass(frozen=True)
class _Known:
    seq: int
    audience: asyncio.Task[frozenset[str]]


class Audiences:
    """Remembers, per case, the audience as of its latest event seen here."""

    def __init__(self, cases: CaseQueries) -> None:
        self._cases = cases
        self._known: OrderedDict[int, _Known] = OrderedDict()

    async def as_of(self, case: int, seq: int) -> frozenset[str]:
        """The audience of a case after an event; nobody for a case that is gone. Raises ``Unavailable``."""
        known = self._known.get(case)
        if known is None or known.seq < seq:
            # One question for all the streams that are about to ask it; it goes on when the first of them ends.
            known = self._known[case] = _Known(seq, asyncio.ensure_future(self._read(case)))
            self._known.move_to_end(case)
            if len(self._known) > MOST_REMEMBERED:
                self._known.popitem(last=False)
        return await asyncio.shield(known.audience)

    async def _read(self, case: int) -> frozenset[str]:
        try:
            audiences = await self._cases.audiences((case,))
        except BaseException:
            self._known.pop(case, None)
            raise
        return audiences.get(case, frozenset())
