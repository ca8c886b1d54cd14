"""Scenarios as they are read, and what is said of those that cannot be."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from engine.deliveries import Completed, Failed, Rejected
from engine.errors import Invalid
from processes.scenarios import Scenario, read_scenarios
from processes.scenarios.scenario import (
    AnswerStep,
    CompleteStep,
    MessageStep,
    SignalStep,
    UntilStep,
    WaitStep,
    WorkStep,
)


def only(text: str) -> Scenario:
    [scenario] = read_scenarios(text.encode())
    return scenario


def refused(text: str) -> Invalid:
    with pytest.raises(Invalid) as caught:
        read_scenarios(text.encode(), "story.yaml")
    return caught.value


def test_a_scenario_without_givens_begins_on_a_working_morning() -> None:
    given = only("scenarios: [{name: a}]").given
    assert given.start == datetime.fromisoformat("2026-07-01T08:30:00+08:00")
    assert (given.report.by, given.report.channel, given.report.crs) == ("inspector", "inspector", "CGCS2000")


def test_a_given_of_a_scenario_changes_members_of_the_shared_one() -> None:
    text = """
given:
  start: 2026-09-30T16:00:00+08:00
  report: {channel: hotline, description: 路灯不亮}
scenarios:
  - name: a
    given: {report: {channel: public}, settings: {county: "152221"}}
"""
    given = only(text).given
    assert given.start.month == 9
    assert (given.report.channel, given.report.description) == ("public", "路灯不亮")
    assert given.settings == {"county": "152221"}


def test_a_scenario_that_continues_another_takes_its_steps_first() -> None:
    text = """
scenarios:
  - name: a
    given: {report: {channel: public}}
    steps: [{wait: PT1H}]
  - name: b
    continues: a
    steps: [{wait: PT2H}]
"""
    _, continued = read_scenarios(text.encode())
    assert [step.action for step in continued.steps] == [
        WaitStep(duration=timedelta(hours=1)),
        WaitStep(duration=timedelta(hours=2)),
    ]
    assert continued.given.report.channel == "public"


def test_each_kind_of_step_is_read() -> None:
    text = """
scenarios:
  - name: a
    steps:
      - complete: file
        by: shift-lead
        data: {n: 1.5}
        comment: 好
      - wait: P1DT2H
      - wait_working: P2DT30M
      - wait_until: 2026-10-08T08:30:00+08:00
      - wait_until: next timer
        refused: x
"""
    steps = only(text).steps
    assert [step.action for step in steps] == [
        CompleteStep(element="file", by="shift-lead", data={"n": 1.5}, comment="好"),
        WaitStep(duration=timedelta(days=1, hours=2)),
        WorkStep(days=2, time=timedelta(minutes=30)),
        UntilStep(moment=datetime.fromisoformat("2026-10-08T08:30:00+08:00")),
        UntilStep(moment=None),
    ]
    assert [step.line for step in steps] == [5, 9, 10, 11, 12]
    assert (steps[0].words, steps[-1].refused) == ("complete: file", "x")


def test_what_comes_from_outside_is_read() -> None:
    text = """
scenarios:
  - name: a
    steps:
      - {message: paid, key: A-1, variables: {amount: 12}}
      - {signal: calm}
      - {answer: ask, result: {wind: 3}}
      - {answer: ask, error: lost, variables: {since: 1}}
      - {answer: ask, failure: timeout}
"""
    message, signal, *answers = [step.action for step in only(text).steps]
    assert message == MessageStep(name="paid", key="A-1", variables={"amount": 12})
    assert signal == SignalStep(name="calm", variables={})
    outcomes = [answer.outcome for answer in answers if isinstance(answer, AnswerStep)]
    assert outcomes[:2] == [Completed({"wind": 3}), Rejected("lost", variables={"since": 1})]
    assert isinstance(outcomes[2], Failed)
    assert outcomes[2].code == "timeout"


@pytest.mark.parametrize(
    ("text", "line", "words_zh", "words_en"),
    [
        ("scenarios: []", 1, "不能用在这里", "cannot stand here"),
        ("given: {}", 1, "缺少 scenarios", "Expected scenarios"),
        ("scenarios:\n - nam: a", 2, "没有 nam", "There is no nam"),
        ("scenarios:\n - name: a\n   steps:\n    - complete: x", 4, "还需要 by", "needs by"),
        (
            "scenarios:\n - name: a\n   steps:\n    - {wait: PT1H, retry: x}",
            4,
            "恰好一个动作",
            "exactly one of",
        ),
        ("scenarios:\n - name: a\n   steps:\n    - {by: y}", 4, "恰好一个", "exactly one of"),
        ("scenarios:\n - name: a\n   steps:\n    - {message: x}", 4, "还需要 key", "needs key"),
        ("scenarios:\n - name: a\n   steps:\n    - {answer: x}", 4, "result、error、failure", "result, error, failure"),
        ("scenarios:\n - name: a\n   steps:\n    - {wait: 2 hours}", 4, "P1DT2H30M", "P1DT2H30M"),
        ("scenarios:\n - name: a\n   steps:\n    - {wait: P}", 4, "P1DT2H30M", "P1DT2H30M"),
        ("given: {start: 2026-07-01}\nscenarios: [{name: a}]", 1, "2026-07-01T08:30:00+08:00", "written like"),
        ('given: {start: "2026-13-01T08:30:00+08:00"}\nscenarios: [{name: a}]', 1, "不是有效的日期时间", "no moment"),
        ('given: {start: "1899-01-01T08:30:00+08:00"}\nscenarios: [{name: a}]', 1, "不是有效的日期时间", "no moment"),
        ("scenarios:\n - name: a\n   then: {opened: []}", 3, "没有 opened；可用的是 open", "There is no opened"),
        ("scenarios:\n - name: [a]", 2, "应为 string", "type string"),
        ("scenarios:\n - name: a\n - name: a", 3, "场景重名", "Another scenario"),
        ("scenarios:\n - name: a\n   continues: b", 3, "前面没有", "Expected the name"),
        ("scenarios:\n - name: a\n   given: {begun_by: timer}", 3, "写明 process", "goes with a process"),
        (
            "given: {begun_by: timer, process: x, facts: {}}\nscenarios:\n - name: a",
            3,
            "不写 report 和 facts",
            "without report and facts",
        ),
        ("given: {begun_by: monday}\nscenarios: [{name: a}]", 1, "应写成 timer, message:", "like timer, message:"),
        ("scenarios:\n - {name: a}\n - {name: b, continues: a,\n    given: {facts: {}}}", 4, "前提", "is given"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_in_both_languages(
    text: str, line: int, words_zh: str, words_en: str
) -> None:
    error = refused(text)
    assert (error.code, error.line, error.details["file"]) == ("scenario_invalid", line, "story.yaml")
    assert words_zh in error.message_zh
    assert words_en in error.message_en


def test_every_problem_is_listed() -> None:
    error = refused("scenarios:\n - name: 1\n   steps:\n    - {wait: x}\n    - {complete: y}\n")
    assert [problem["line"] for problem in error.details["errors"]] == [2, 4, 5]
