"""Expectations of the deadlines of a case, and of who was told of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from processes.deadlines import Deadline, Ending, lamp
from processes.scenarios.judging import Difference, Surroundings, difference, matched, otherwise
from processes.scenarios.situation import Situation

_MOMENTS: Final = frozenset({"due_at", "warn_at", "raised_at"})


def judge_deadlines(wanted: Mapping[str, Any], situation: Situation, _: Surroundings) -> Iterator[Difference]:
    """The deadline of each name that began last stands so; ``None`` says that none ever began."""
    for name, members in wanted.items():
        clock = situation.deadlines.get(name)
        if clock is None:
            if members is not None:
                yield difference("deadlines", f"没有时限 {name}", f"there is no deadline {name}")
        elif members is None:
            yield difference("deadlines", f"时限 {name} 已开始", f"the deadline {name} began")
        else:
            meant = {member: _meant(member, value) for member, value in members.items()}
            yield from otherwise("deadlines", name, meant, _shown(clock, situation.now))


def judge_escalations(wanted: Sequence[Any], situation: Situation, _: Surroundings) -> Iterator[Difference]:
    """Exactly these wait for somebody to take notice."""
    told = [
        {
            "element": row.element,
            "level": row.level,
            "groups": sorted(row.groups),
            "deadline": row.name,
            "unit": row.unit,
            "due_at": row.due_at,
            "raised_at": row.raised_at,
        }
        for row in situation.escalations
    ]
    yield from matched("escalations", [_told(each) for each in wanted], told)


def _told(wanted: Any) -> Any:
    if isinstance(wanted, str):
        return wanted
    return {name: sorted(value) if name == "groups" else _meant(name, value) for name, value in wanted.items()}


def _shown(clock: Deadline, now: datetime) -> Mapping[str, Any]:
    return {
        "due_at": clock.due_at,
        "warn_at": clock.warn_at,
        "lamp": lamp(clock, now).value,
        "paused": clock.is_open and clock.is_paused,
        "met": clock.ending is Ending.MET,
    }


def _meant(member: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if member in _MOMENTS and value is not None else value
