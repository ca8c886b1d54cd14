"""The catalogue of everything the lint may say, and the one way to say it."""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition import Finding
from engine.spiff.rules.ad_hoc import AD_HOC_RULES
from engine.spiff.rules.call import CALL_RULES
from engine.spiff.rules.compensation import COMPENSATION_RULES
from engine.spiff.rules.deadline import DEADLINE_RULES
from engine.spiff.rules.decision import DECISION_RULES
from engine.spiff.rules.dialect import DIALECT_RULES
from engine.spiff.rules.document import DOCUMENT_RULES
from engine.spiff.rules.effect import EFFECT_RULES
from engine.spiff.rules.event import EVENT_RULES
from engine.spiff.rules.flow import FLOW_RULES
from engine.spiff.rules.job import JOB_RULES
from engine.spiff.rules.message import MESSAGE_RULES
from engine.spiff.rules.repetition import REPETITION_RULES
from engine.spiff.rules.rule import Rule
from engine.spiff.rules.soundness import SOUNDNESS_RULES
from engine.spiff.rules.start import START_RULES
from engine.spiff.rules.timer import TIMER_RULES

#: The rules by id, in chapters.
CHAPTERS: Mapping[str, Mapping[str, Rule]] = {
    "文件与元素 The file and its elements": DOCUMENT_RULES,
    "连接 How elements are connected": FLOW_RULES,
    "声明 Declarations": DIALECT_RULES,
    "定时器 Timers": TIMER_RULES,
    "事件 Events": EVENT_RULES,
    "补偿与事务 Compensation and transactions": COMPENSATION_RULES,
    "自由子流程 Ad-hoc sub-processes": AD_HOC_RULES,
    "消息与信号 Messages and signals": MESSAGE_RULES,
    "流程的开始 Beginnings": START_RULES,
    "决策 Decisions": DECISION_RULES,
    "动作 Procedures": EFFECT_RULES,
    "时限 Deadlines": DEADLINE_RULES,
    "外部作业 Outside work": JOB_RULES,
    "调用 Calls": CALL_RULES,
    "推演 Playing": SOUNDNESS_RULES,
    "重复 Repetition": REPETITION_RULES,
}
RULES: Mapping[str, Rule] = {identity: rule for rules in CHAPTERS.values() for identity, rule in rules.items()}


def finding(rule: str, element: str | None = None, *, line: int | None = None, **facts: object) -> Finding:
    """A finding of ``rule`` at an element and line; ``facts`` fill the rule's texts."""
    texts = RULES[rule]
    return Finding(
        rule=rule,
        severity=texts.severity,
        element=element,
        line=line,
        message_zh=texts.zh.format_map(facts),
        message_en=texts.en.format_map(facts),
        fix_zh=texts.fix_zh.format_map(facts),
        fix_en=texts.fix_en.format_map(facts),
        subject=str(facts.get("name", "")),
    )


__all__ = ["CHAPTERS", "RULES", "Rule", "finding"]
