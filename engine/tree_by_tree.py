"""Working off what was claimed: several trees at a time, and the items of one tree one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from itertools import groupby
from typing import Protocol, TypeVar

#: Trees moved at a time: most of a move is waiting for the database, whose pool must have some connections left.
CONCURRENCY = 8


class OfTree(Protocol):
    """Something that belongs to a tree."""

    @property
    def tree(self) -> int:
        """Which."""
        ...


Item = TypeVar("Item", bound=OfTree)


async def tree_by_tree(items: Sequence[Item], do: Callable[[Item], Awaitable[None]]) -> None:
    """Do every item; those of one tree in turn, because they would only get in each other's way."""
    places = asyncio.Semaphore(CONCURRENCY)

    async def in_turn(of_one: Iterable[Item]) -> None:
        async with places:
            for item in of_one:
                await do(item)

    by_tree = groupby(sorted(items, key=_tree), key=_tree)
    await asyncio.gather(*[in_turn(list(of_one)) for _, of_one in by_tree])


def _tree(item: OfTree) -> int:
    return item.tree
