"""Why is it not moving? What a case waits for, and who can act, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any

from engine.actors import Actor
from engine.spiff import Cause
from engine.storage.database import Database
from processes.access import PERMISSION_WORDS, Permission
from processes.cases.names import Names
from processes.cases.queries.case_detail import groups_in, require_visible

_INSTANCES = "select id, caller, caller_element from instance where tree = $1 and state = 'active' order by id"
_TASKS = """
select instance, tree || '.' || id as task, element, name, queue, assignee, opened_at
from task where tree = $1 and state = 'open' order by task.id
"""
_TIMERS = """
select instance, id, element, name, armed_at, due_at
from timer where tree = $1 and state = 'armed' order by due_at, id
"""
_SUBSCRIPTIONS = """
select instance, id, element, name, kind, message, key, queue, opened_at
from subscription where tree = $1 and state = 'open' order by subscription.id
"""
_FAULTS = """
select f.instance, f.id, f.element, f.code, f.message_zh, f.message_en, f.raised_at,
       (select d.id from delivery d where d.tree = f.tree and d.instance = f.instance and d.element = f.element
        and d.state = 'failed' order by d.id limit 1) as delivery
from fault f where f.tree = $1 and f.state = 'open' order by f.id
"""

_DELIVERIES = """
select instance, id, element, name, target, state, requested_at, next_at, attempts, retries, message_zh, message_en
from delivery where tree = $1 and state in ('open', 'accepted') order by id
"""

_PAUSED = """
select id as instance, paused_at, pause_reason from instance
where tree = $1 and state = 'active' and paused_at is not null order by id
"""

#: What comes to whoever waits with a subscription, by its kind.
_COMING = {
    "message": ("等消息“{name}”（关联键 {key}）到来", 'the message "{name}" with the key {key} comes'),
    "signal": ("等信号“{name}”到来", 'the signal "{name}" comes'),
    "condition": ("条件成立", "its condition holds"),
}


@dataclass(frozen=True, kw_only=True)
class Wait:
    """One thing that a case waits for."""

    #: ``task``, ``timer``, ``message``, ``signal``, ``condition``, ``activity``, ``delivery``, ``fault`` or ``pause``;
    #: a delivery that failed is a fault. ``escalation`` when a parallel multiple event waits for nothing else.
    kind: str
    element: str
    name: str
    since: datetime
    #: Who can act, and how.
    who_zh: str
    who_en: str
    #: Id such as ``1024.2`` of the instance in which it waits, and the call activities that lead there from the
    #: outermost instance inwards.
    instance: str = ""
    calls: tuple[str, ...] = ()
    #: Id such as ``1024.7``, of tasks only.
    task: str | None = None
    #: Number, and until when, of timers only.
    timer: int | None = None
    due_at: datetime | None = None
    #: To whom an activity is offered.
    groups: tuple[str, ...] = ()
    #: Number of what is waited for, of messages, signals, conditions and activities; its name, of the first two; the
    #: correlation key, of messages only.
    subscription: int | None = None
    message: str | None = None
    key: str | None = None
    #: Number and stable code, of faults only.
    fault: int | None = None
    code: str | None = None
    #: Number, of deliveries and of faults that one of them is.
    delivery: int | None = None
    #: Of what a parallel multiple event waits for: everything that it does, and what of it has come.
    causes: tuple[Cause, ...] = ()
    #: What it is called in English, where that is not what the diagram calls the element.
    name_en: str = ""


async def case_waits(database: Database, actor: Actor, case: int, names: Names, zone: tzinfo) -> list[Wait]:
    """What a case waits for, oldest first; nothing once it has ended. Raises ``NotFound``, ``Unavailable``."""
    await require_visible(database, actor, case)
    kinds: Sequence[tuple[str, Callable[[Any], Wait]]] = (
        (_TASKS, lambda row: _task_wait(row, names)),
        (_TIMERS, lambda row: _timer_wait(row, zone)),
        (_SUBSCRIPTIONS, lambda row: _offer(row, names) if row["kind"] == "activity" else _subscription_wait(row)),
        (_FAULTS, _fault_wait),
        (_DELIVERIES, lambda row: _delivery_wait(row, zone)),
        (_PAUSED, _pause),
    )
    ways = _ways(await database.fetch(_INSTANCES, case))
    waits = [
        replace(told(row), instance=f"{case}.{row['instance']}", calls=ways.get(row["instance"], ()))
        for query, told in kinds
        for row in await database.fetch(query, case)
    ]
    return sorted(waits, key=lambda wait: wait.since)


def _ways(instances: Sequence[Any]) -> Mapping[int, tuple[str, ...]]:
    """The calls that lead to each instance; whoever calls has the lower number."""
    ways: dict[int, tuple[str, ...]] = {}
    for row in instances:
        around = () if row["caller"] is None else (*ways.get(row["caller"], ()), row["caller_element"])
        ways[row["id"]] = around
    return ways


def _task_wait(row: Any, names: Names) -> Wait:
    who_zh, who_en = _who(groups_in(row["queue"]), row["assignee"], names)
    return Wait(
        kind="task",
        element=row["element"],
        name=row["name"],
        since=row["opened_at"],
        who_zh=who_zh,
        who_en=who_en,
        task=row["task"],
    )


def _who(groups: Sequence[str], assignee: str | None, names: Names) -> tuple[str, str]:
    if assignee is not None:
        name = names.person(assignee)
        return f"由{name}办理", f"{name} has it and is to complete it"
    if not groups:
        return "待指派办理人", "Somebody has to be assigned"
    called = [names.group(group) for group in groups]
    return (
        f"待{'、'.join(zh for zh, _ in called)}签收",
        f"To be claimed by: {', '.join(en for _, en in called)}",
    )


def _timer_wait(row: Any, zone: tzinfo) -> Wait:
    who_zh, who_en = _when(row["due_at"], zone)
    return Wait(
        kind="timer",
        element=row["element"],
        name=row["name"],
        since=row["armed_at"],
        who_zh=who_zh,
        who_en=who_en,
        timer=row["id"],
        due_at=row["due_at"],
    )


def _subscription_wait(row: Any) -> Wait:
    kind, name, key = row["kind"], row["message"], row["key"]
    comes_zh, comes_en = _COMING[kind]
    return Wait(
        kind=kind,
        element=row["element"],
        name=row["name"],
        since=row["opened_at"],
        who_zh=f"{comes_zh.format(name=name, key=key)}后自动继续",
        who_en=f"Goes on by itself when {comes_en.format(name=name, key=key)}",
        subscription=row["id"],
        message=None if kind == "condition" else name,
        key=key if kind == "message" else None,
    )


def _offer(row: Any, names: Names) -> Wait:
    groups = groups_in(row["queue"])
    called = [names.group(group) for group in groups]
    words = PERMISSION_WORDS[Permission.INSTANCE_CONTROL]
    who_zh = f"{'、'.join(zh for zh, _ in called)}可以发起" if called else f"有“{words.zh}”权限的人员可以发起"
    who_en = ", ".join(en for _, en in called) if called else f"Somebody who may {words.en}"
    return Wait(
        kind=row["kind"],
        element=row["element"],
        name=row["name"],
        since=row["opened_at"],
        who_zh=f"{who_zh}，需要时随时可办",
        who_en=f"{who_en} may begin it whenever it is needed",
        groups=tuple(groups),
        subscription=row["id"],
    )


def _delivery_wait(row: Any, zone: tzinfo) -> Wait:
    if row["state"] == "accepted":
        who_zh, who_en = f"“{row['target']}”已接收，等待其答复", f"{row['target']} has it and will answer"
    elif row["attempts"]:
        again = f"{row['next_at'].astimezone(zone):%Y-%m-%d %H:%M:%S}"
        tries = f"{row['attempts']}/{row['retries']}"
        who_zh = f"第 {tries} 次发往“{row['target']}”未成（{row['message_zh']}），{again} 再发"
        who_en = f"Try {tries} to {row['target']} was in vain ({row['message_en']}); sent again at {again}"
    else:
        who_zh, who_en = f"待发往“{row['target']}”", f"To be sent to {row['target']}"
    return Wait(
        kind="delivery",
        element=row["element"],
        name=row["name"],
        since=row["requested_at"],
        who_zh=who_zh,
        who_en=who_en,
        delivery=row["id"],
    )


def _when(due_at: datetime | None, zone: tzinfo) -> tuple[str, str]:
    if due_at is None:
        return (
            "随所跟随的时限一同停着，时限开始或恢复计时后自动继续",
            "Stands still with the deadline that it follows, and goes on by itself once that runs",
        )
    until = f"{due_at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    return f"等到 {until} 自动继续，无需人员办理", f"Goes on by itself at {until}; nobody has to act"


def _fault_wait(row: Any) -> Wait:
    words = PERMISSION_WORDS[Permission.FAULT_RETRY]
    return Wait(
        kind="fault",
        element=row["element"],
        name=row["message_zh"],
        name_en=row["message_en"],
        since=row["raised_at"],
        who_zh=f"{row['message_zh']} 待有“{words.zh}”权限的人员处理",
        who_en=f"{row['message_en']} Somebody who may {words.en} has to act",
        fault=row["id"],
        code=row["code"],
        delivery=row["delivery"],
    )


def _pause(row: Any) -> Wait:
    words = PERMISSION_WORDS[Permission.INSTANCE_CONTROL]
    return Wait(
        kind="pause",
        element="",
        name=row["pause_reason"],
        since=row["paused_at"],
        who_zh=f"流程已暂停，待有“{words.zh}”权限的人员恢复；其间办理的事项照常保存",
        who_en=f"Paused; somebody who may {words.en} has to resume it, and what is done meanwhile is kept",
    )
