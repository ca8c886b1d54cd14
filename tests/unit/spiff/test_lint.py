"""Every rule speaks at the right element, and nothing that is wrong gets past the lint."""

from __future__ import annotations

import pytest

from engine.definition import Finding, Severity
from engine.spiff import Declared, DefinitionRefused, compile_process, lint_process
from engine.spiff.limits import LONGEST_PATH, MOST_ELEMENTS
from engine.spiff.rules import RULES
from engine.spiff.rules.soundness import SOUNDNESS_RULES
from engine.spiff.supported import EXECUTED, UNSUPPORTED
from tests.unit.spiff.drawing import (
    chain,
    document,
    element,
    end,
    exclusive,
    flow,
    mapping,
    parallel,
    script,
    start,
    sub,
    user,
)
from tests.unit.spiff.lint_examples import ERRORS, NOTES
from tests.unit.spiff.lint_examples.parts import LINE, gate
from tests.unit.spiff.lint_examples.repetitions import REPETITION_SOUND
from tests.unit.spiff.twins import TWINS


def said(*parts: str) -> set[tuple[str, str | None]]:
    """(rule, element) of everything the lint says of a process made of parts."""
    return {(finding.rule, finding.element) for finding in lint_process(document(*parts))}


def findings(rule: str, *parts: str) -> list[Finding]:
    return [finding for finding in lint_process(document(*parts)) if finding.rule == rule]


def test_a_sound_diagram_has_no_finding() -> None:
    assert said(*LINE) == set()


@pytest.mark.parametrize("fault", ERRORS)
def test_an_error_is_named_at_its_element_and_refuses_the_diagram(fault: str) -> None:
    expected, parts = ERRORS[fault]
    source = document(*parts)
    errors = {(item.rule, item.element): item for item in lint_process(source) if item.severity is Severity.ERROR}
    assert expected in errors
    assert errors[expected].message_zh
    assert errors[expected].message_en
    assert errors[expected].line
    with pytest.raises(DefinitionRefused) as refused:
        compile_process(source)
    assert expected[0] in {finding["rule"] for finding in refused.value.details["findings"]}


@pytest.mark.parametrize("fault", REPETITION_SOUND)
def test_the_sound_twin_of_a_wrong_repetition_is_accepted(fault: str) -> None:
    assert compile_process(document(*REPETITION_SOUND[fault])).view.elements


@pytest.mark.parametrize("matter", NOTES)
def test_what_does_not_harm_is_told_and_accepted(matter: str) -> None:
    expected, parts = NOTES[matter]
    assert expected in said(*parts)
    assert compile_process(document(*parts)).view.findings


@pytest.mark.parametrize("tag", UNSUPPORTED)
def test_an_element_that_is_not_executed_is_refused_by_name(tag: str) -> None:
    (finding,) = findings("element.unsupported", *LINE, element(tag, "x"))
    assert finding.element == "x"
    assert finding.message_zh.startswith(UNSUPPORTED[tag].name_zh)
    assert finding.fix_zh
    assert finding.fix_en


def test_an_element_no_table_knows_is_refused_too() -> None:
    (finding,) = findings("element.unsupported", *LINE, element("globalChoreographyTask", "x"))
    assert "globalChoreographyTask" in finding.message_en


def test_a_definition_at_the_root_is_refused_where_it_could_not_be_written() -> None:
    referring = start("start", "<bpmn:eventDefinitionRef>d</bpmn:eventDefinitionRef>")
    source = document(referring, user("a"), chain("start", "a"), around='<bpmn:terminateEventDefinition id="d"/>')
    (finding,) = [one for one in lint_process(source) if one.severity is Severity.ERROR]
    assert (finding.rule, finding.element) == ("element.unsupported", "start")


def test_supported_and_unsupported_do_not_overlap() -> None:
    assert not set(EXECUTED) & set(UNSUPPORTED)


def test_a_duplicate_id_is_told_with_both_lines() -> None:
    (finding,) = findings("id.duplicate", *LINE, '<bpmn:task id="a"/>')
    assert "5、9" in finding.message_zh


def test_a_syntax_error_names_attribute_and_position() -> None:
    (finding,) = findings("expression.syntax", *gate(flow("g", "a", "= x = = 1"), flow("g", "b"), default="g-b"))
    assert finding.message_en.startswith("conditionExpression, character 5")


def test_facts_are_compared_to_the_declared_ones() -> None:
    source = document(
        *gate(flow("g", "a", "= case.catgory = 1"), flow("g", "b"), default="g-b"),
        script("s", "= case.level", "x"),
        flow("b", "s"),
    )
    assert not [finding for finding in lint_process(source) if finding.rule == "expression.unknown_member"]
    declared = Declared(facts={"category": "string", "level": "number"})
    (finding,) = [item for item in lint_process(source, declared) if item.rule == "expression.unknown_member"]
    assert finding.element == "g-a"
    assert "case.category" in finding.message_en


def test_targets_that_are_no_facts_are_refused_when_facts_are_declared() -> None:
    source = document(start(), user("a", mapping(outputs={"case.levl": "= 1"})), chain("start", "a"))
    (finding,) = [i for i in lint_process(source, Declared(facts={"level": "any"})) if i.severity is Severity.ERROR]
    assert (finding.rule, finding.fix_en) == ("mapping.unknown_fact", "Did you mean case.level?")


def test_a_loop_through_a_sub_process_that_always_waits_is_accepted() -> None:
    waiting = sub("part", start("s"), user("u"), chain("s", "u"))
    passing = sub(
        "part",
        start("s"),
        exclusive("x", default="x-e"),
        user("u"),
        end("e"),
        chain("s", "x", "e"),
        flow("x", "u", "= v"),
    )
    loop = (
        start(),
        exclusive("in"),
        exclusive("out", default="out-end"),
        end(),
        chain("start", "in", "part", "out", "end"),
        flow("out", "in", "= v"),
    )
    assert ("loop.without_wait", "part") not in {(rule, "part") for rule, _ in said(waiting, *loop)}
    assert "loop.without_wait" in {rule for rule, _ in said(passing, *loop)}


def test_a_path_longer_than_the_limit_is_refused() -> None:
    names = [f"u{index}" for index in range(LONGEST_PATH + 1)]
    rules = {rule for rule, _ in said(start(), *(user(name) for name in names), chain("start", *names))}
    assert "path.too_long" in rules


def test_a_diagram_with_too_many_elements_is_refused_and_nothing_else_is_checked() -> None:
    tasks = "".join(element("task", f"t{index}") for index in range(MOST_ELEMENTS + 1))
    assert {rule for rule, _ in said(tasks)} == {"document.too_many_elements"}


def test_a_diagram_with_too_much_to_compile_is_refused_before_compiling() -> None:
    scripts = [script(f"s{index}", "= " + "1+" * 9_000 + "1", "x") for index in range(6)]
    names = [f"s{index}" for index in range(6)]
    assert {rule for rule, _ in said(start(), *scripts, chain("start", *names))} == {"document.too_much_expression"}


def test_a_file_without_executable_process_or_with_two_is_refused() -> None:
    assert {item.rule for item in lint_process(document(*LINE, executable=""))} == {"process.not_executable"}
    other = '<bpmn:process id="other" isExecutable="true"/>'
    assert {item.rule for item in lint_process(document(*LINE, around=other))} == {"process.several"}
    other = '<bpmn:process id="other" isExecutable="false"/>'
    assert {item.rule for item in lint_process(document(*LINE, around=other))} == {"process.ignored"}


def test_labels_are_kept_as_plain_text() -> None:
    evil = "<img src=x onerror=alert(1)>"
    source = document(
        start(),
        element("userTask", "a", "<bpmn:documentation>{0} &lt;b&gt;</bpmn:documentation>", name=evil),
        chain("start", "a"),
    )
    view = compile_process(source).view
    assert view.elements["a"].name == evil
    assert view.elements["a"].documentation == "{0} <b>"


def test_every_rule_of_the_catalogue_is_proved_by_a_test_of_this_folder() -> None:
    proved = {rule for (rule, _), _ in [*ERRORS.values(), *NOTES.values()]} | {rule for _, rule, *_ in TWINS}
    elsewhere = {
        "document.too_large",
        "document.encoding",
        "document.doctype",
        "document.malformed",
        "document.too_deep",
        "document.not_bpmn",
        "diagram.missing",
        "message_flow.ignored",
        "process.missing",
    }
    here = {
        "document.too_many_elements",
        "document.too_much_expression",
        "path.too_long",
        "process.not_executable",
        "process.several",
        # See ``test_pools.py``.
        "message_flow.ends",
        "process.ignored",
        "mapping.unknown_fact",
        # See ``test_decisions.py``.
        "decision.unknown",
        "decision.input",
        # See ``test_deadlines.py``.
        "deadline.unusable",
        "timer.deadline_computed",
        "timer.deadline_cycle",
        "timer.deadline_elsewhere",
        # See ``test_data_flow.py``.
        "variable.early",
        # See ``test_unknown_variables.py``.
        "variable.unknown",
        "variable.nowhere",
        # See ``test_outside_work.py``.
        "job.target_unknown",
        "job.template_unknown",
        "job.template_left",
        # See ``test_calls_lint.py``.
        "call.unknown",
        "call.round",
        "call.begins_by_event",
        # See ``test_soundness.py``.
        *SOUNDNESS_RULES,
    }
    assert proved | elsewhere | here == set(RULES)


def test_a_parallel_gateway_with_one_way_in_and_out_is_no_finding() -> None:
    assert said(start(), parallel("p"), user("a"), end(), chain("start", "p", "a", "end")) == set()
