"""Reading orders."""

from __future__ import annotations

from dataclasses import dataclass

from engine.actors import Actor
from processes.cases import After, CaseQueries, CountedPage, OrderEntry, OrdersWanted
from processes.supervision.orders import OrderVerbs


@dataclass(frozen=True)
class OrderQueries:
    """Reads orders through the actor's row scope."""

    cases: CaseQueries
    verbs: OrderVerbs

    async def list(self, actor: Actor, wanted: OrdersWanted, after: After, limit: int) -> CountedPage[OrderEntry]:
        """Orders, the latest first, with counts by state and by what is awaited. Raises ``Unavailable``."""
        return await self.cases.orders(actor, wanted, self.verbs.steps(), after, limit)
