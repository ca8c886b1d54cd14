"""What a command led to, told in words for who decides whether to give it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.delivery_events import DeliveryCancelled, DeliveryRequested
from engine.event import Event
from engine.events import (
    FaultCleared,
    FaultRaised,
    InstanceCancelled,
    InstanceCompleted,
    InstanceStarted,
    StageEntered,
    TaskOpened,
    TaskWithdrawn,
    TimerArmed,
    TimerCancelled,
)
from engine.handling import Work
from engine.message_events import SubscriptionClosed, SubscriptionOpened

#: What an element of a name is called in English; empty where no diagram says so.
NameEn = Callable[[str, str], str]


@dataclass(frozen=True, kw_only=True)
class Consequence:
    """One thing that follows."""

    #: Name of the event that tells it, such as ``TaskOpened``.
    kind: str
    #: The instance and its element; an empty element for the instance as a whole.
    instance: int
    element: str
    zh: str
    en: str


@dataclass(frozen=True)
class _Words:
    """Texts with ``{name}`` of what is meant, and the row of it that has the name."""

    zh: str
    en: str
    #: Table and member of the event that names the row; empty where the event says the name itself.
    table: str = ""
    key: str = ""


_WORDS: Mapping[type[Event], _Words] = {
    TaskOpened: _Words("产生待办“{name}”", 'The task "{name}" is opened'),
    TaskWithdrawn: _Words("撤回待办“{name}”", 'The task "{name}" is withdrawn', "task", "task"),
    StageEntered: _Words("进入阶段“{stage}”", 'The stage "{stage}" is entered'),
    TimerArmed: _Words("定时“{name}”开始计时", 'The timer "{name}" is armed'),
    TimerCancelled: _Words("定时“{name}”取消", 'The timer "{name}" is cancelled', "timer", "timer"),
    SubscriptionOpened: _Words("“{name}”开始等候", '"{name}" begins to wait'),
    SubscriptionClosed: _Words("“{name}”不再等候", '"{name}" no longer waits', "subscription", "subscription"),
    DeliveryRequested: _Words("向“{target}”发出“{name}”", '"{name}" is sent to {target}'),
    DeliveryCancelled: _Words("“{name}”不再等答复", '"{name}" awaits no answer now', "delivery", "delivery"),
    FaultRaised: _Words("停在“{element}”：{message_zh}", 'It stands still at "{element}": {message_en}'),
    FaultCleared: _Words("“{element}”的故障解除", 'The fault at "{element}" ends'),
    InstanceStarted: _Words("启动流程“{definition_key}”", 'The process "{definition_key}" is started'),
    InstanceCompleted: _Words("流程实例 {instance} 结束", "Instance {instance} is complete"),
    InstanceCancelled: _Words("流程实例 {instance} 终止", "Instance {instance} is cancelled"),
}  # fmt: skip


def consequences_of(work: Work, name_en: NameEn) -> Sequence[Consequence]:
    """Everything the command led to that people or outside systems would notice, in order."""
    return [
        _told(recorded.event, words, work, name_en)
        for recorded in work.recorded
        if (words := _WORDS.get(type(recorded.event))) is not None
    ]


def _told(event: Any, words: _Words, work: Work, name_en: NameEn) -> Consequence:
    members = {name: getattr(event, name) for name in event.__struct_fields__}
    element = members.get("element", "")
    named = work.rows(words.table)[members[words.key]].name if words.table else members.get("name", "")
    name = named or element
    return Consequence(
        kind=type(event).__name__,
        instance=event.instance,
        element=element,
        zh=words.zh.format(**{**members, "name": name}),
        en=words.en.format(**{**members, "name": name_en(element, named) or name}),
    )
