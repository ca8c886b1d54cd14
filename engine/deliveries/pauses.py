"""How long to leave an outside system alone after a try in vain."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=15)
#: However long the other side asks for.
LONGEST_WISH = timedelta(hours=6)


def pause_after(attempts: int, wish: timedelta | None = None, chance: Callable[[], float] = random.random) -> timedelta:
    """The pause after ``attempts`` (from 1) in vain: doubled each time, half of it by chance, at least as wished.

    ``chance`` yields a number from 0 up to 1: without it all that failed together would come back together.
    """
    doubled: timedelta = min(FIRST_PAUSE * (1 << min(attempts - 1, 30)), LONGEST_PAUSE)
    pause = doubled / 2 + doubled / 2 * chance()
    return max(pause, min(wish, LONGEST_WISH)) if wish is not None else pause
