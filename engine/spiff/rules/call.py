"""Rules about calling other processes."""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition import Severity
from engine.spiff.rules.rule import Rule

CALL_RULES: Mapping[str, Rule] = {
    "call.missing": Rule(
        "调用活动没有写明调用哪个流程。",
        "The call activity does not say which process it calls.",
        "请写 zeebe:calledElement 的 processId。",
        "Write a zeebe:calledElement with a processId.",
    ),
    "call.computed": Rule(
        "被调用流程的标识不能用表达式计算，否则无法检查，也无法追溯。",
        "The id of a called process cannot be computed: it could neither be checked nor traced.",
        "请用网关分开，各画一个调用活动。",
        "Branch with a gateway and draw one call activity for each.",
    ),
    "call.binding": Rule(
        "不认识的绑定方式“{binding}”。",
        'The binding "{binding}" is not known.',
        "请写 latest、deployment 或 versionTag。",
        "Write latest, deployment or versionTag.",
    ),
    "call.version_tag": Rule(
        "版本标签“{tag}”与绑定方式 {binding} 不符。",
        'The version tag "{tag}" does not go with the binding {binding}.',
        "按标签绑定时写 bindingType=versionTag 和标签，其余不写标签。",
        "Write a versionTag with the binding versionTag, and with no other.",
    ),
    "call.passing": Rule(
        '{attribute}="{value}" 不是 true 或 false。',
        '{attribute}="{value}" is neither true nor false.',
        "请写 true 或 false，不写即 true。",
        "Write true or false; true when absent.",
    ),
    "call.itself": Rule(
        "流程“{process}”调用它自己，会无止境地套下去。",
        'The process "{process}" calls itself and would nest without end.',
        "请用回路代替，或改调别的流程。",
        "Draw a loop instead, or call another process.",
    ),
    "call.begins_by_event": Rule(
        "流程“{process}”由消息、信号或定时器开始，不能调用。",
        'The process "{process}" begins with a message, a signal or a timer and cannot be called.',
        "请让被调用的流程用普通的开始事件。",
        "Give the called process a plain start event.",
    ),
    "call.round": Rule(
        "调用会绕回本流程：{path}；层数有上限，超过即为故障。",
        "The calls lead back here: {path}; nesting has a limit, beyond which it is a fault.",
        "请断开其中一个调用。",
        "Cut one of the calls.",
        severity=Severity.WARNING,
    ),
    "call.unknown": Rule(
        "没有已发布的流程“{process}”{tag_zh}。",
        'No process "{process}"{tag_en} is published.',
        "请先发布它，或改正标识。{hint_zh}",
        "Publish it first, or correct the id.{hint_en}",
    ),
}
