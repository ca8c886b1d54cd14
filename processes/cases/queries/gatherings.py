"""Waits that are not the only one of their event: what of it has come, and what is awaited with them, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.spiff import Cause, OpenGathering
from processes.cases.queries.waits import Wait

#: How one thing that an event waits for is called.
_CALLED = {
    "timer": ("定时", "a moment"),
    "message": ("消息“{name}”（关联键 {key}）", 'the message "{name}" with the key {key}'),
    "signal": ("信号“{name}”", 'the signal "{name}"'),
    "condition": ("条件", "a condition"),
    "escalation": ("升级“{name}”", 'the escalation "{name}"'),
}


def gathered(case: int, waits: Sequence[Wait], gatherings: Sequence[OpenGathering]) -> Sequence[Wait]:
    """The waits of a case, oldest first, those of parallel multiple events with all that these wait for."""
    by_number = {number: gathering for gathering in gatherings for number in gathering.waits}
    numbered = ((wait, wait.subscription or wait.timer or 0) for wait in waits)
    told = (_told(wait, by_number[number]) if number in by_number else wait for wait, number in numbered)
    unnumbered = (
        _told(_escalation_wait(case, gathering), gathering) for gathering in gatherings if not gathering.waits
    )
    return sorted([*told, *unnumbered], key=lambda wait: wait.since)


def _escalation_wait(case: int, gathering: OpenGathering) -> Wait:
    """What an event waits for that waits for nothing from outside any more, since the last of that came."""
    return Wait(
        kind="escalation",
        element=gathering.element,
        name=gathering.name,
        since=max(cause.at for cause in gathering.causes if cause.at is not None),
        who_zh="",
        who_en="",
        instance=f"{case}.{gathering.instance}",
        calls=gathering.calls,
    )


def _told(wait: Wait, gathering: OpenGathering) -> Wait:
    come = [_called(cause) for cause in gathering.causes if cause.at is not None]
    left = [_called(cause) for cause in gathering.causes if cause.at is None]
    come_zh, come_en = "、".join(zh for zh, _ in come) or "无", ", ".join(en for _, en in come) or "nothing yet"
    return replace(
        wait,
        who_zh=f"等齐后自动继续。已到：{come_zh}；还等：{'、'.join(zh for zh, _ in left)}",
        who_en=f"Goes on by itself when all have come. Here: {come_en}; awaited: {', '.join(en for _, en in left)}",
        causes=gathering.causes,
    )


def _called(cause: Cause) -> tuple[str, str]:
    zh, en = _CALLED[cause.kind]
    return zh.format(name=cause.name, key=cause.key), en.format(name=cause.name, key=cause.key)
