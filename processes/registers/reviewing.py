"""Where the responsibility lists are silent or contradict themselves; worked out once for what is in force."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from processes.contents import RegisterName
from processes.registers.live import InForce, LiveRegisters
from processes.responsibility import ListGap, ListOverlap, ListReview

_LOOKED_AT = (
    RegisterName.CATALOGUE,
    RegisterName.GRIDS,
    RegisterName.DRAWN_AREAS,
    RegisterName.AREA_LIST,
    RegisterName.BOUNDARY_LIST,
)


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """All that is wrong with the area and boundary lists over the grids in use."""

    gaps: tuple[ListGap, ...] = ()
    overlaps: tuple[ListOverlap, ...] = ()


class Reviews:
    """The review of the lists in force; a long one takes seconds, hence it is kept until something changes."""

    def __init__(self, live: LiveRegisters) -> None:
        self._live = live
        self._kept: tuple[tuple[bytes | None, ...], Reviewed] | None = None
        self._working = asyncio.Lock()

    async def review(self) -> Reviewed:
        """Gaps in order of grid, overlaps largest first."""
        async with self._working:
            in_force = self._live.in_force
            seen = tuple(in_force.digest(register) for register in _LOOKED_AT)
            if self._kept is None or self._kept[0] != seen:
                self._kept = (seen, await asyncio.to_thread(_reviewed, in_force))
            return self._kept[1]


def _reviewed(in_force: InForce) -> Reviewed:
    review = ListReview(in_force.lists, in_force.grids.valid(), in_force.drawn.shapes)
    subcategories = [entry.key for entry in in_force.catalogue.subcategories]
    return Reviewed(gaps=review.gaps(subcategories), overlaps=review.overlaps())
