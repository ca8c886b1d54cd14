"""The worker that sends deliveries; several may run, on several machines."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta

from engine.actors import Actor
from engine.bus import Bus
from engine.crash import crash_point
from engine.deliveries.claims import ClaimedDelivery, DeliveryClaims
from engine.deliveries.commands import AcceptDelivery, CompleteDelivery, FailDelivery, RejectDelivery, SentDelivery
from engine.deliveries.jobs import Accepted, Completed, Failed, JobHandler, Outcome, Rejected
from engine.deliveries.pauses import pause_after
from engine.errors import Refusal, Unavailable
from engine.rounds import Rounds

#: The door through which the result of a try goes.
Handle = Callable[[SentDelivery], Awaitable[object]]

_LOG = logging.getLogger(__name__)

CONNECTOR = Actor(id="system:connector", name="connector", audience=None)
#: Deliveries sent at a time, and of those to one target: one that hangs must not keep the others waiting.
CONCURRENCY = 64
PER_TARGET = 8
#: Claims in a row without a result, after which nobody tries again by himself: it may be what kills those who try.
MOST_LOST = 5


class DeliveryWorker:
    """Runs until it is stopped."""

    def __init__(self, bus: Bus, claims: DeliveryClaims, handler: JobHandler) -> None:
        self._bus = bus
        self._claims = claims
        self._handler = handler
        #: A try that takes longer is in vain: its result must come before somebody else may claim.
        self._patience = claims.lease.total_seconds() * 0.75
        self._rounds = Rounds("delivery", self._begin_sending, claims.next_due)
        self._sending: set[asyncio.Task[None]] = set()
        self._in_flight: Counter[str] = Counter()

    def start(self) -> None:
        """Start; returns at once."""
        self._rounds.start()

    async def stop(self) -> None:
        """Send what was claimed and stop; safe to call twice."""
        await self._rounds.stop()
        await self.settle()

    def wake(self) -> None:
        """Look at once: something may be due."""
        self._rounds.wake()

    async def send_due(self) -> int:
        """Claim what is due and begin to send it, as far as there is room; how many. Raises ``Unavailable``."""
        room = min(CONCURRENCY - len(self._sending), PER_TARGET)
        if room <= 0:
            return 0
        busy = [target for target, count in self._in_flight.items() if count >= PER_TARGET]
        claimed = await self._claims.claim(room, busy)
        if claimed:
            crash_point("delivery.after_claim")
        for each in claimed:
            self._in_flight[each.job.target] += 1
            sending = asyncio.create_task(self._send(each))
            self._sending.add(sending)
            sending.add_done_callback(self._sending.discard)
        return len(claimed)

    async def settle(self) -> None:
        """Wait until everything that is being sent has a result."""
        while self._sending:
            await asyncio.wait(self._sending)

    async def _begin_sending(self) -> bool:
        return await self.send_due() > 0

    async def _send(self, claimed: ClaimedDelivery) -> None:
        job = claimed.job
        try:
            outcome = await self._try(claimed) if claimed.lost < MOST_LOST else _deadly(claimed)
            crash_point("delivery.after_send")
            await report(self._bus.handle, claimed, outcome)
            await self._claims.circuits.note(job.target, outcome, claimed.failures)
        except Unavailable:
            # Claimed again when the lease is over; the receiver tells the double by its key.
            pass
        except Exception:
            _LOG.exception("delivery_failed", extra={"tree": job.tree, "delivery": job.delivery})
        finally:
            self._in_flight[job.target] -= 1
            self.wake()
        crash_point("delivery.after_result")

    async def _try(self, claimed: ClaimedDelivery) -> Outcome:
        crash_point("delivery.before_send")
        try:
            async with asyncio.timeout(self._patience):
                return await self._handler(claimed.job)
        except TimeoutError:
            return Failed("timeout", "对方没有及时答复", "no answer in time")
        except Exception as error:
            # A mistake of the connector is a try in vain like any other: it must not stop the others.
            _LOG.exception("connector_failed", extra={"target": claimed.job.target})
            kind = type(error).__name__
            return Failed("connector_failed", f"连接器出错（{kind}）", f"the connector broke ({kind})")


def _deadly(claimed: ClaimedDelivery) -> Failed:
    return Failed(
        "claims_lost",
        f"{claimed.lost} 次发送都没有结果，发送的进程每次都中断了；请查看日志后再决定",
        f"{claimed.lost} tries in a row had no result, because the process that sent died; look at its log first",
        is_final=True,
    )


async def report(
    handle: Handle, claimed: ClaimedDelivery, outcome: Outcome, *, chance: Callable[[], float] = random.random
) -> None:
    """Tell the bus what came of a try. Raises ``Unavailable``."""
    try:
        await handle(command_of(claimed, outcome, chance))
    except Unavailable:
        raise
    except Refusal as refusal:
        # An answer that cannot be taken would be refused again each time: a person has to see it.
        unusable = Failed(refusal.code, refusal.message_zh, refusal.message_en, is_final=True)
        await handle(command_of(claimed, unusable, chance))


def command_of(claimed: ClaimedDelivery, outcome: Outcome, chance: Callable[[], float] = random.random) -> SentDelivery:
    """What the bus is told of an outcome."""
    job = claimed.job
    match outcome:
        case Completed(result=result):
            return CompleteDelivery(
                actor=CONNECTOR, tree=job.tree, delivery=job.delivery, lease=claimed.lease, result=result
            )
        case Accepted():
            return AcceptDelivery(actor=CONNECTOR, tree=job.tree, delivery=job.delivery, lease=claimed.lease)
        case Rejected() as rejected:
            return RejectDelivery(
                actor=CONNECTOR,
                tree=job.tree,
                delivery=job.delivery,
                lease=claimed.lease,
                error=rejected.error,
                message=rejected.message,
                variables=rejected.variables,
            )
        case Failed() as failed:
            return FailDelivery(
                actor=CONNECTOR,
                tree=job.tree,
                delivery=job.delivery,
                lease=claimed.lease,
                code=failed.code,
                message_zh=failed.message_zh,
                message_en=failed.message_en,
                retry_in=_retry_in(job.attempts + 1, failed, chance),
            )


def _retry_in(attempts: int, failed: Failed, chance: Callable[[], float]) -> timedelta | None:
    return None if failed.is_final else pause_after(attempts, failed.retry_after, chance)
