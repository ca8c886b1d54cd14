"""A sound diagram is accepted, and its twin that differs by one change is refused by the right rule at its element."""

from __future__ import annotations

from collections import Counter

import pytest

from engine.definition import Severity
from engine.spiff import compile_process, lint_process
from engine.spiff.rules import RULES
from tests.unit.spiff.twins import SOUND, TWINS

#: Rules about files that are no diagram or too large, and about what is published or declared beside the diagram: each
#: has tests of its own (see ``test_lint.py``).
ELSEWHERE = {
    *(rule for rule in RULES if rule.startswith("document.")),
    "process.missing",
    "process.several",
    "message_flow.ends",
    "process.not_executable",
    "path.too_long",
    "expression.limit",
    "mapping.unknown_fact",
    "variable.nowhere",
    "decision.unknown",
    "deadline.unusable",
    "timer.deadline_computed",
    "timer.deadline_cycle",
    "call.begins_by_event",
    "call.unknown",
    "soundness.deadlock",
}


@pytest.mark.parametrize("name", SOUND)
def test_the_sound_diagram_is_accepted_without_a_word(name: str) -> None:
    definition = compile_process(SOUND[name])
    told = [finding.rule for finding in lint_process(SOUND[name]) if finding.severity is Severity.ERROR]
    assert definition.view.elements
    assert told == []


@pytest.mark.parametrize(("sound", "rule", "element", "before", "after"), TWINS)
def test_the_wrong_twin_is_refused(sound: str, rule: str, element: str | None, before: str, after: str) -> None:
    source = SOUND[sound].decode()
    assert source.count(before) == 1, before
    findings = lint_process(source.replace(before, after).encode())
    found = {(finding.rule, finding.element): finding for finding in findings if finding.is_error}
    assert (rule, element) in found
    assert found[(rule, element)].line


def test_each_rule_has_three_wrong_diagrams() -> None:
    wrong = Counter(rule for _, rule, *_ in TWINS)
    errors = {rule for rule, texts in RULES.items() if texts.severity is Severity.ERROR}
    assert {rule for rule in errors if wrong[rule] < 3} == ELSEWHERE
