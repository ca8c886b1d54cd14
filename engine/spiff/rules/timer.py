"""Rules about events that wait for a timer."""

from __future__ import annotations

from collections.abc import Mapping

from engine.spiff.rules.rule import Rule

TIMER_RULES: Mapping[str, Rule] = {
    "timer.missing": Rule(
        "事件没有写明等到何时。",
        "The event does not say what moment it waits for.",
        "请给它一个定时器，写明日期、时长或周期。",
        "Give it a timer with a date, a duration or a cycle.",
    ),
    "timer.several": Rule(
        "一个事件只能等一个时刻，这里写了 {count} 个。",
        "An event waits for one moment; {count} are given here.",
        "请只保留一个，其余的另画事件。",
        "Keep one, and draw events of their own for the others.",
    ),
    "timer.unusable": Rule("{kind}“{text}”：{detail_zh}", '{kind} "{text}": {detail_en}'),
    "timer.cycle": Rule(
        "周期只能用在不中断的边界事件或事件子流程上；在这里它只会触发一次。",
        "A cycle belongs on a boundary event or an event sub-process that does not interrupt; here it could fire only "
        "once.",
        "请改用时长（timeDuration），或把事件设为不中断。",
        "Use a timeDuration, or let the event not interrupt.",
    ),
    "boundary.detached": Rule(
        "边界事件没有附在同一层会等待的活动上（“{reference}”）。",
        'The boundary event does not stand on an activity of its scope that waits ("{reference}").',
        "请把它拖到用户任务、服务任务或子流程的边上；其他活动立即通过，没有可等的时间。",
        "Put it on the border of a user task, service task or sub-process; other activities are passed at once.",
    ),
}
