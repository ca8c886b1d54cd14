"""What a machine mends in a diagram, and how diagrams of other engines are taken in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.definition import Finding
from engine.spiff import lint_process, loses, mended, outline, taken_in
from engine.spiff.repairs import REPAIRS
from engine.spiff.repairs.expressions import feel_of
from engine.spiff.rules import RULES
from tests.unit.spiff.drawing import (
    all_of,
    chain,
    document,
    end,
    exclusive,
    flow,
    message,
    of_message,
    of_signal,
    signal,
    start,
    throw,
    user,
)

CAMUNDA_7 = """<?xml version="1.0" encoding="UTF-8"?>
<!-- kept -->
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
             xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="t">
  <process id="loan" name="贷款" camunda:versionTag="1">
    <startEvent id="start"/>
    <sequenceFlow id="f1" sourceRef="start" targetRef="check"/>
    <userTask id="check" name="Check" camunda:candidateGroups="clerk, lead" camunda:formKey="embedded:app:x.html">
      <extensionElements>
        <camunda:inputOutput>
          <camunda:inputParameter name="limit">${amount * 2}</camunda:inputParameter>
          <camunda:inputParameter name="kind">small</camunda:inputParameter>
        </camunda:inputOutput>
        <camunda:taskListener class="org.example.Listener" event="create"/>
      </extensionElements>
    </userTask>
    <sequenceFlow id="f2" sourceRef="check" targetRef="g"/>
    <exclusiveGateway id="g"/>
    <sequenceFlow id="f3" sourceRef="g" targetRef="ask">
      <conditionExpression xsi:type="tFormalExpression">${approved == true &amp;&amp; kind != 'x'}</conditionExpression>
    </sequenceFlow>
    <sequenceFlow id="f4" sourceRef="g" targetRef="end"/>
    <serviceTask id="ask" camunda:type="external" camunda:topic="score"/>
    <sequenceFlow id="f5" sourceRef="ask" targetRef="end"/>
    <endEvent id="end"/>
  </process>
</definitions>
""".encode()


def lint(source: bytes) -> list[Finding]:
    return lint_process(source)


def test_a_diagram_of_another_engine_is_converted_laid_out_and_told_of() -> None:
    result = taken_in(CAMUNDA_7, lint)
    text = result.source.decode()
    told = {(finding.element, finding.subject): loses(finding) for finding in result.mended}
    assert [finding for finding in result.findings if finding.is_error] == []
    assert 'candidateGroups="clerk, lead"' in text
    assert '>= approved = true and kind != "x"<' in text
    assert 'type="score"' in text
    assert 'default="f4"' in text
    assert "BPMNDiagram" in text
    assert "<!-- kept -->" in text
    assert told["check", "camunda:candidateGroups"] is False
    assert told["check", "camunda:taskListener"] is True
    assert told["check", "camunda:formKey"] is True
    assert outline(result.source).name == "贷款"


def test_mappings_are_converted_as_a_whole_or_left_to_people() -> None:
    quoted = CAMUNDA_7.replace(b">small<", b'>say "hi" \\ <')
    assert not [finding for finding in taken_in(quoted, lint).findings if finding.is_error]
    half = CAMUNDA_7.replace(b"${amount * 2}", b"${bean.twice(amount)}")
    result = taken_in(half, lint)
    left = [(finding.element, finding.subject, finding.repair) for finding in result.findings if finding.is_error]
    assert left == [("check", "camunda:inputOutput", ())]
    assert b"bean.twice(amount)" in result.source


def test_variables_of_a_call_go_in_and_come_out() -> None:
    call = b"""<callActivity id="ask" calledElement="score"><extensionElements>
      <camunda:in variables="all"/><camunda:in source="amount" target="sum"/>
      <camunda:out sourceExpression="${points * 2}" target="points"/></extensionElements></callActivity>"""
    task = b'<serviceTask id="ask" camunda:type="external" camunda:topic="score"/>'
    text = taken_in(CAMUNDA_7.replace(task, call), lint).source.decode()
    assert 'propagateAllParentVariables="true"' in text
    assert 'zeebe:input source="= amount" target="sum"' in text
    assert 'zeebe:output source="= points * 2" target="points"' in text
    assert "camunda:in" not in text.partition("<process")[2]


def test_plain_bpmn_gets_a_picture_and_may_be_executed() -> None:
    plain = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
      <process id="p"><startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="e"/><endEvent id="e"/></process>
    </definitions>"""
    result = taken_in(plain, lint)
    assert [finding.rule for finding in result.mended] == ["process.not_executable"]
    assert b"BPMNShape" in result.source


@pytest.mark.parametrize("source", [b"", b"<a", b"\x00", b"<!DOCTYPE a><a/>", b"<a/>"])
def test_whatever_is_no_diagram_is_only_said_to_be_none(source: bytes) -> None:
    result = taken_in(source, lint)
    assert result.source == source
    assert [finding for finding in result.findings if finding.is_error]


BRANCHING = (start(), user("a"), exclusive("g"), user("b"), end(), chain("start", "a", "g"), flow("b", "end"))


@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        ((*BRANCHING, flow("g", "b", "= x"), flow("g", "end")), "flow.condition_missing"),
        ((start(), user("a"), end(), flow("start", "a", "= x"), flow("a", "end")), "flow.condition_forbidden"),
        ((*BRANCHING, flow("g", "b", "${x == 1}"), flow("g", "end", "= x")), "expression.language"),
        ((start(), all_of(throw("t")), user("a"), chain("start", "t", "a")), "event.parallel_place"),
    ],
)
def test_a_repair_takes_its_finding_away(parts: tuple[Any, ...], rule: str) -> None:
    source = document(*parts)
    [found] = [finding for finding in lint(source) if finding.rule == rule]
    assert found.repair
    result = mended(source, lint, lambda finding: finding.rule == rule)
    assert rule not in {finding.rule for finding in result.findings}
    assert [finding.rule for finding in result.mended] == [rule]


def test_what_a_process_is_to_begin_with_is_left_to_people() -> None:
    both = all_of(start("start", of_message("m") + of_signal("s")))
    source = document(message("m", "paid"), signal("s", "alarm"), both, user("a"), chain("start", "a"))
    (found,) = [finding for finding in lint(source) if finding.rule == "event.parallel_place"]
    assert found.repair == ()


def test_only_what_is_wanted_is_mended() -> None:
    source = CAMUNDA_7.replace(b'<process id="loan"', b'<process isExecutable="true" id="loan"')
    result = mended(source, lint, lambda finding: finding.element == "ask")
    assert {finding.element for finding in result.mended} == {"ask"}
    assert b"camunda:candidateGroups" in result.source


def test_what_is_in_order_is_left_alone() -> None:
    for file in sorted((Path(__file__).parents[3] / "bpmn").glob("*.bpmn")):
        source = file.read_bytes()
        assert mended(source, lint).source == source


@pytest.mark.parametrize(
    ("foreign", "feel"),
    [
        ("${a == 'x'}", 'a = "x"'),
        ("#{a.b >= 2 || !done}", "a.b >= 2 or not(done)"),
        ("${a eq 1 && b ne 2}", "a = 1 and b != 2"),
        ("${count gt 3}", "count > 3"),
        ("${'a == b && c'}", '"a == b && c"'),
        ("${bean.call(a)}", None),
        ("${a} and ${b}", None),
        ("${empty a}", None),
        ("${a ? b : c}", None),
        ("= a = 1", "a = 1"),
        ("${}", None),
    ],
)
def test_an_expression_is_translated_when_it_is_sure_what_it_means(foreign: str, feel: str | None) -> None:
    assert feel_of(foreign) == feel


def test_every_repair_belongs_to_a_rule() -> None:
    assert REPAIRS.keys() <= RULES.keys()
