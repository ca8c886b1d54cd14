"""Pages of lists, and counts that are exact as far as anyone reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
#: Exact up to ``MOST_COUNTED``, then the text ``1000+``; ``37+`` where not all were looked at.
Count = int | str
#: Makes of a number the count that is told.
Tell = Callable[[int], Count]
#: Position after which a page begins: JSON values.
After = Sequence[object] | None

MOST_COUNTED = 1_000
#: What the driver makes of ``infinity`` and reads as such: without a zone, so that it compares with no other moment.
NEVER = datetime.max  # noqa: DTZ901 - as the driver has it
#: Asks for no particular state, in lists that show what is open unless they are asked for more.
ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Page(Generic[Item]):
    """Part of a list."""

    items: Sequence[Item]
    #: Position after the last item; ``None`` at the end.
    next: list[object] | None


@dataclass(frozen=True, kw_only=True)
class CountedPage(Page[Item]):
    """Part of a list that says how much there is."""

    count: Count
    #: By filter and value, how many there are; ``""`` stands for "none".
    facets: Mapping[str, Mapping[str, Count]] = field(default_factory=dict)


def capped(count: int) -> Count:
    """A count as it is told."""
    return count if count <= MOST_COUNTED else f"{MOST_COUNTED}+"


def at_least(count: int) -> Count:
    """A count as it is told when there may be more."""
    return f"{min(count, MOST_COUNTED)}+"


def facet(counted: Iterable[Mapping[str, Any]], name: str, tell: Tell = capped) -> dict[str, Count]:
    """By the values of one column, what was ``found`` of each."""
    counts: Counter[str] = Counter()
    for row in counted:
        counts[row[name]] += row["found"]
    return told(counts, tell)


def told(counts: Mapping[str, int], tell: Tell = capped) -> dict[str, Count]:
    """Counts by value as they are told: those of nothing are not."""
    return {value: tell(count) for value, count in sorted(counts.items()) if count}
