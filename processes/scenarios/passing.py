"""What comes due in a case of a story while time passes: deadlines that warn, and timers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.commands import FireTimer, TreeCommand
from engine.timers import TIMER
from processes.escalations import WATCH, WarnOfDeadline
from processes.timekeeping import DEADLINE_TABLE

Loaded = Mapping[str, Mapping[int, Any]]


@dataclass(frozen=True, kw_only=True)
class Due:
    """Something that the house does by itself at a moment."""

    at: datetime
    command: TreeCommand
    #: What it is called, in Chinese and English, and the member of the answer that says whether it took place.
    name_zh: str
    name_en: str
    took_place: str


def next_due(tree: int, loaded: Loaded, target: datetime) -> Due | None:
    """What is due first by the target; a deadline warns before a timer of the same moment fires."""
    due = [*_warnings(tree, loaded, target), *_timers(tree, loaded)]
    first = min(due, key=lambda each: each.at, default=None)
    return first if first and first.at <= target else None


def _warnings(tree: int, loaded: Loaded, target: datetime) -> Iterator[Due]:
    for key, row in loaded[DEADLINE_TABLE].items():
        if row.warns_at(target):
            yield Due(
                at=row.clock.warn_at,
                command=WarnOfDeadline(actor=WATCH, tree=tree, deadline=key),
                name_zh=f"时限 {row.name}",
                name_en=f"the deadline {row.name}",
                took_place="warned",
            )


def _timers(tree: int, loaded: Loaded) -> Iterator[Due]:
    for number, row in sorted(loaded["timer"].items()):
        if row.is_open and row.due_at is not None:
            yield Due(
                at=row.due_at,
                command=FireTimer(actor=TIMER, tree=tree, timer=number, lease=row.lease),
                name_zh=f"定时器 {row.element}",
                name_en=f"the timer {row.element}",
                took_place="fired",
            )
