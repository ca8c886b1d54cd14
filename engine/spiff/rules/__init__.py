"""The catalogue of everything the lint may say, and the one way to say it."""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition import Finding
from engine.spiff.rules.call import CALL_RULES
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
from engine.spiff.rules.timer import TIMER_RULES

RULES: Mapping[str, Rule] = {
    **DOCUMENT_RULES,
    **FLOW_RULES,
    **DIALECT_RULES,
    **TIMER_RULES,
    **EVENT_RULES,
    **MESSAGE_RULES,
    **DECISION_RULES,
    **EFFECT_RULES,
    **DEADLINE_RULES,
    **JOB_RULES,
    **CALL_RULES,
    **SOUNDNESS_RULES,
    **REPETITION_RULES,
}


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
    )


__all__ = ["RULES", "Rule", "finding"]
