"""Rules about procedures: what they attach to, which effects they have, and where hosts let them enter again."""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition import Severity
from engine.spiff.rules.rule import Rule

EFFECT_RULES: Mapping[str, Rule] = {
    "effect.unknown": Rule(
        "没有名为“{effect}”的效果。",
        'There is no effect named "{effect}".',
        "可用的效果：{known}。",
        "The effects are: {known}.",
    ),
    "effect.place": Rule(
        "效果只能写在结束事件或中间抛出事件上。",
        "Only an end event or an intermediate throw event can have an effect.",
        "请把它移到结束事件或中间抛出事件上。",
        "Move it to such an event.",
    ),
    "effect.no_host": Rule(
        "流程没有声明 attachesTo，效果无处可施。",
        "The process does not declare attachesTo, so the effect has nothing to act on.",
        "请在流程属性中写 attachesTo（case、activity 或 deadline）。",
        "Declare attachesTo (case, activity or deadline) on the process.",
    ),
    "effect.other_host": Rule(
        "效果 {effect} 要求 attachesTo={needed}，流程却写着“{attaches_to}”。",
        'The effect {effect} needs attachesTo={needed}, but the process declares "{attaches_to}".',
    ),
    "effect.target_missing": Rule(
        "效果 {effect} 没有写明从哪里继续。",
        "The effect {effect} does not say where the host goes on.",
        "请写 target，其值是被办流程图中的属性名，例如 onReturn。",
        "Write a target: the name of a property of the host's diagram, such as onReturn.",
    ),
    "effect.target_malformed": Rule(
        "target“{target}”不是 on 开头的属性名。",
        'The target "{target}" is not the name of a property that begins with "on".',
        "请写属性名，例如 onReturn。",
        "Write the name of a property, such as onReturn.",
    ),
    "effect.parameter": Rule(
        "属性“{name}”对效果 {effect} 没有意义。",
        'The property "{name}" means nothing to the effect {effect}.',
        "请删除它。",
        "Delete it.",
    ),
    "procedure.host": Rule(
        "attachesTo“{attaches_to}”只能是 case、activity 或 deadline。",
        'attachesTo is "{attaches_to}", but a procedure attaches to case, activity or deadline.',
    ),
    "procedure.nobody": Rule(
        "附着流程没有写明谁可以发起。",
        "The procedure does not say who may start it.",
        "请在流程属性中写 startedBy：岗位，或 performer（正在办理的人）。",
        "Declare startedBy on the process: posts, or performer, who is working on the activity.",
    ),
    "procedure.detached": Rule(
        "属性“{name}”只在附着流程中有意义，而流程没有声明 attachesTo。",
        'The property "{name}" belongs to a procedure, but the process does not declare attachesTo.',
    ),
    "procedure.warning_host": Rule(
        "由时限预警发起（startedBy=warning）的流程只能附着在时限上，流程却写着 attachesTo“{attaches_to}”。",
        'A procedure that a warning starts stands on a deadline, but it declares attachesTo "{attaches_to}".',
        "请写 attachesTo=deadline。",
        "Declare attachesTo=deadline.",
    ),
    "procedure.warning_alone": Rule(
        "由时限预警发起的流程不能同时由人发起。",
        "A procedure that a warning starts cannot be started by people too.",
        "请在 startedBy 中只写 warning，另画一张图供人发起。",
        "Write nothing but warning in startedBy, and draw another diagram for people.",
    ),
    "procedure.warning_form": Rule(
        "由时限预警发起的流程没有人填表，开始事件不能有表单。",
        "Nobody fills a form when a warning starts the procedure: its start event cannot have one.",
        "请删除开始事件的表单。",
        "Delete the form of the start event.",
    ),
    "escalation.place": Rule(
        "escalation 只能写在 attachesTo=deadline 的流程的用户任务上。",
        "Only a user task of a procedure with attachesTo=deadline can be an escalation.",
        "请把它移到这样的用户任务上。",
        "Move it to such a task.",
    ),
    "escalation.level": Rule(
        "升级层级“{level}”应为不超过 {limit} 个字符的名称，首尾没有空格。",
        'The level "{level}" should be a name of up to {limit} characters without spaces around it.',
    ),
    "reentry.unknown": Rule(
        "{name} 指向的“{target}”不在本图中；只有调用本图的流程中有它时才能用。",
        '{name} names "{target}", which is not in this diagram; it is found only if a calling diagram has it.',
        severity=Severity.WARNING,
    ),
    "reentry.scope": Rule(
        "{name} 指向的“{target}”在另一个子流程里，从这里进不去。",
        '{name} names "{target}", which stands in another sub-process and cannot be entered from here.',
        "请指向同一层或外层的元素。",
        "Name an element of the same scope or of one around it.",
    ),
    "reentry.unusable": Rule(
        "{name} 指向的“{target}”不能直接进入：开始事件、边界事件和汇合网关不行。",
        '{name} names "{target}", at which no token can begin: a start, a boundary event or a join.',
        "请指向它之后的活动或网关。",
        "Name the activity or gateway after it.",
    ),
}
