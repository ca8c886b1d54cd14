"""Rules about deadlines."""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition import Severity
from engine.spiff.rules.rule import Rule

DEADLINE_RULES: Mapping[str, Rule] = {
    "deadline.malformed": Rule(
        "时限名“{name}”不能用：不能为空，不含首尾空格，最多 {limit} 个字符。",
        '"{name}" cannot name a deadline: not empty, no space at its ends, at most {limit} characters.',
    ),
    "deadline.limit": Rule(
        "时限“{name}”没有写明多长。",
        'The deadline "{name}" does not say how long it is.',
        "请写属性 deadlineLimit，如 4 work_hour，或 =filing limit(case.condition)。",
        "Write a property deadlineLimit such as 4 work_hour, or =filing limit(case.condition).",
    ),
    "deadline.unusable": Rule("deadlineLimit“{text}”：{detail_zh}", 'deadlineLimit "{text}": {detail_en}'),
    "deadline.nameless": Rule(
        "写了 {property}，却没有时限名。",
        "{property} is given, but the deadline has no name.",
        "请加上属性 deadline（时限名）。",
        "Add a property deadline that names it.",
    ),
    "deadline.place": Rule(
        "时限不能写在这里：这个节点立即通过，没有可计的时间。",
        "A deadline cannot stand here: the element is passed at once.",
        "请写在用户任务、子流程或整个流程上。",
        "Put it on a user task, a sub-process or the whole process.",
    ),
    "deadline.of_process": Rule(
        "{property} 只能写在整个流程上。",
        "{property} belongs on the process only.",
        "节点自己的时限在进入时开始、离开时结束，请删除它。",
        "The deadline of an element begins and ends with it; delete the property.",
    ),
    "deadline.reference": Rule(
        "流程顶层没有节点“{reference}”，流程时限无法在那里开始或结束。",
        'No element "{reference}" stands directly in the process, where its deadline could begin or end.',
        "请填写流程顶层一个节点的标识。",
        "Give the id of an element directly in the process.",
    ),
    "timer.deadline_computed": Rule(
        "定时器里 deadline(…) 的时限名应直接写出，不能计算得来，否则时限变动时无从知道要重设它。",
        "In a timer the name given to deadline(…) must be written out, else nobody knows which deadline moves it.",
        '请写成 deadline("disposal") 这样。',
        'Write it like deadline("disposal").',
    ),
    "timer.deadline_cycle": Rule(
        "周期不能跟随时限。",
        "A cycle cannot follow a deadline.",
        "请改用日期（timeDate）。",
        "Use a timeDate.",
    ),
    "timer.deadline_elsewhere": Rule(
        "本图没有名为“{name}”的时限；只有同一案件的其他流程声明了它，定时器才会到时。",
        'No element of this diagram declares a deadline "{name}"; the timer waits for one of another diagram.',
        severity=Severity.NOTE,
    ),
}
