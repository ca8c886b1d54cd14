"""Rules about what begins a process."""

from __future__ import annotations

from collections.abc import Mapping

from engine.spiff.rules.rule import Rule

START_RULES: Mapping[str, Rule] = {
    "start.procedure": Rule(
        "附着于案件的流程不能由消息、信号或定时器开始。",
        "A process that attaches to a case cannot begin with a message, a signal or a timer.",
        "请用普通的开始事件，由操作发起它；或去掉 attachesTo。",
        "Use a plain start event, for a verb begins it; or leave attachesTo out.",
    ),
    "start.duration": Rule(
        "流程不能由时长开始：没有从何时算起。",
        "A process cannot begin with a duration: there is nothing from which it would count.",
        "请用日期（timeDate），或周期（timeCycle），例如 R/2026-01-05T08:00:00/P7D。",
        "Use a timeDate, or a timeCycle such as R/2026-01-05T08:00:00/P7D.",
    ),
    "start.report": Rule(
        "定时器开始一个案件，却没有写明上报什么。",
        "A timer begins a case here, but nothing says what is reported.",
        "请在开始事件上写输出映射 report，内容与 POST /cases 相同（照片除外）。",
        "Give the start event an output mapping report with the members of POST /cases except media.",
    ),
    "start.fact": Rule(
        "开始事件的输出“{target}”写的是案件事实，但此时还没有案件。",
        'The output "{target}" of the start event sets a fact, but there is no case yet.',
        "请写成变量，在之后的任务里再写入案件。",
        "Make it a variable, and set the fact in a task that follows.",
    ),
    "start.reads": Rule(
        "{attribute} 读取“{name}”，但流程开始之前没有它。",
        '{attribute} reads "{name}", which is not there before the process has begun.',
        "此处只能用函数、固定的值，以及消息或信号带来的变量。",
        "Only functions, fixed values and what a message or signal brings can be used here.",
    ),
}
