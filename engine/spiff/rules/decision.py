"""Rules about the decisions that business rule tasks ask."""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition import Severity
from engine.spiff.rules.rule import Rule

DECISION_RULES: Mapping[str, Rule] = {
    "decision.missing": Rule(
        "业务规则任务没有写明调用哪个决策。",
        "The business rule task does not say which decision it asks.",
        "请写 zeebe:calledDecision（决策 id 和结果变量）。",
        "Write a zeebe:calledDecision with a decision id and a result variable.",
    ),
    "decision.computed": Rule(
        "决策 id 不能用表达式计算，否则无法检查，也无法追溯。",
        "The id of a decision cannot be computed: it could neither be checked nor traced.",
        "请用网关分开，各写一个业务规则任务。",
        "Branch with a gateway and draw one business rule task for each.",
    ),
    "decision.result": Rule(
        "没有结果变量（resultVariable），决策的结果无处可放。",
        "There is no resultVariable, so what is decided has nowhere to go.",
        "请填写结果变量名。",
        "Name a result variable.",
    ),
    "decision.binding": Rule(
        "不认识的绑定方式“{binding}”。",
        'The binding "{binding}" is not known.',
        "请写 latest、deployment 或 versionTag。",
        "Write latest, deployment or versionTag.",
    ),
    "decision.version_tag": Rule(
        "版本标签“{tag}”与绑定方式 {binding} 不符。",
        'The version tag "{tag}" does not go with the binding {binding}.',
        "按标签绑定时写 bindingType=versionTag 和标签，其余不写标签。",
        "Write a versionTag with the binding versionTag, and with no other.",
    ),
    "decision.unknown": Rule(
        "没有已发布的决策“{decision}”{tag_zh}。",
        'No decision "{decision}"{tag_en} is published.',
        "请先发布含有该决策的 .dmn 文件，或改正 id。{hint_zh}",
        "Publish the file that holds it first, or correct the id.{hint_en}",
    ),
    "decision.input": Rule(
        "决策“{decision}”要读“{input}”，而本图中没有这个变量，将得到 null。",
        'The decision "{decision}" reads "{input}", which no element of this diagram sets: it will be null.',
        "请用 zeebe:input 传入它。",
        "Pass it with a zeebe:input.",
        severity=Severity.WARNING,
    ),
}
