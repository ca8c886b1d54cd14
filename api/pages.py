"""Pages of what is held in memory, in the order of a key."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from api.ports import After

Item = TypeVar("Item")


@dataclass(frozen=True, kw_only=True)
class MemoryPage(Generic[Item]):
    """Part of a list."""

    items: Sequence[Item]
    #: The key of the last item; ``None`` at the end.
    next: Sequence[Any] | None
    #: How many there are in all.
    count: int


async def page_of(items: Iterable[Item], key: Callable[[Item], str], after: After, limit: int) -> MemoryPage[Item]:
    """At most ``limit`` items after a position, in order of a key that tells them apart.

    Going through a hundred thousand takes long enough for others to notice, hence beside the loop.
    """
    return await asyncio.to_thread(_page, items, key, after, limit)


def _page(items: Iterable[Item], key: Callable[[Item], str], after: After, limit: int) -> MemoryPage[Item]:
    ordered = sorted(items, key=key)
    begin = bisect_right(ordered, after[0], key=key) if after else 0
    found = ordered[begin : begin + limit]
    is_more = begin + limit < len(ordered)
    return MemoryPage(items=found, next=[key(found[-1])] if is_more else None, count=len(ordered))


def matches(wanted: str | None, *texts: str) -> bool:
    """Whether a word to look for stands in one of the texts, in any letter case."""
    return wanted is None or any(wanted.casefold() in text.casefold() for text in texts)
