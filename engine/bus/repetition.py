"""Repeating a pure command that met a conflict, a bounded number of times, a little apart."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from engine.clock import elapsed
from engine.errors import Unavailable
from engine.store import Conflict

MOST_ATTEMPTS = 12
#: Seconds; the pause before attempt n is random up to n times this.
PAUSE = 0.004
#: Seconds; no single pause is longer.
LONGEST_PAUSE = 0.1

#: Seconds after which no further attempt is made: waiting for locks may have taken all of them.
PATIENCE = 5.0

T = TypeVar("T")


async def repeated(attempt: Callable[[], Awaitable[T]], seconds: Callable[[], float] = elapsed) -> T:
    """The result of the first attempt that meets no conflict. Raises ``Unavailable`` when none of them got through."""
    give_up_at = seconds() + PATIENCE
    for number in range(1, MOST_ATTEMPTS + 1):
        try:
            return await attempt()
        except Conflict:
            # Not a secret: the jitter only keeps rivals from meeting again.
            await asyncio.sleep(random.uniform(0, min(PAUSE * number, LONGEST_PAUSE)))  # noqa: S311
            if seconds() > give_up_at:
                break
    raise Unavailable(
        "too_much_contention",
        "同时操作过多，请稍后用同一请求重试",
        f"Expected to get through in {number} attempts, but others changed the same thing each time",
    )
