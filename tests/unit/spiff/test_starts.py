"""Processes that begin with a message, a signal or a timer, or with whichever of several comes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.definition import DefinitionRefused
from engine.errors import Invalid
from engine.feel import Evaluation
from engine.spiff import StartTimer, begun_with, compile_process, lint_process, start_timers
from tests.unit.spiff.drawing import (
    all_of,
    chain,
    document,
    extensions,
    mapping,
    message,
    of_condition,
    of_message,
    of_signal,
    properties,
    signal,
    start,
    sub,
    timer,
    user,
)
from tests.unit.spiff.driving import Case

#: A Thursday, and eight o'clock of the next Monday in the city.
NOON, MONDAY = datetime(2026, 2, 26, 4, tzinfo=UTC), datetime(2026, 3, 2, 0, tzinfo=UTC)
PAID, ALARM = message("m", "paid"), signal("s", "alarm")
LINE = (user("a"), chain("start", "a"))
REPORTS = extensions(mapping(outputs={"report": '= {description: "巡查 " + string(now())}', "round": "= 1"}))
WEEKLY, ONCE = timer("timeCycle", "R/2026-01-05T08:00:00/P7D"), timer("timeDate", "2026-03-02T08:00:00")


def evaluation(now: datetime) -> Evaluation:
    return Evaluation(now=now, zone=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("inner", "begins"),
    [
        ("", ()),
        (of_message("m"), ("message:paid",)),
        (of_signal("s"), ("signal:alarm",)),
        (of_signal("s") + of_message("m") + of_message("m"), ("signal:alarm", "message:paid")),
        (REPORTS + WEEKLY, ("timer:timeCycle",)),
        (REPORTS + ONCE + of_message("m") + WEEKLY, ("message:paid", "timer:timeDate", "timer:timeCycle")),
    ],
)
def test_a_diagram_says_what_begins_it_and_runs_like_any_other(
    inner: str, begins: tuple[str, ...], reloads: bool
) -> None:
    driven = Case(document(PAID, ALARM, start("start", inner), *LINE), reloads=reloads)
    driven.start(amount=12)
    assert driven.definition.view.starts_by == begins
    assert (driven.open, driven.subscribed, driven.path) == (["a"], [], ["start", "start-a", "a"])


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        ("message.unresolved", (start("start", of_message("none")), *LINE)),
        ("start.duration", (start("start", REPORTS + timer("timeDuration", "PT1H")), *LINE)),
        ("start.duration", (start("start", REPORTS + of_message("m") + timer("timeDuration", "PT1H")), *LINE)),
        ("timer.missing", (start("start", REPORTS + "<bpmn:timerEventDefinition/>"), *LINE)),
        ("timer.unusable", (start("start", REPORTS + timer("timeCycle", "0 0 8 * * MON")), *LINE)),
        ("start.report", (start("start", WEEKLY), *LINE)),
        ("start.report", (start("start", of_message("m") + ONCE), *LINE)),
        ("element.unsupported", (start("start", of_condition("= true")), *LINE)),
        ("event.parallel_place", (all_of(start("start", REPORTS + WEEKLY + of_message("m"))), *LINE)),
        ("event.parallel_place", (all_of(start("start", of_message("m") + of_signal("s"))), *LINE)),
        (
            "element.unsupported",
            (start(), sub("part", start("in", of_message("m")), user("u"), chain("in", "u")), chain("start", "part")),
        ),
        (
            "start.procedure",
            (
                extensions(properties(attachesTo="case", startedBy="dispatcher")),
                start("start", of_message("m")),
                *LINE,
            ),
        ),
        (
            "start.procedure",
            (
                extensions(properties(attachesTo="case", startedBy="dispatcher")),
                start("start", REPORTS + WEEKLY),
                *LINE,
            ),
        ),
        (
            "element.unsupported",
            (start(), sub("part", start("in", ONCE), user("u"), chain("in", "u")), chain("start", "part")),
        ),
    ],
)
def test_what_cannot_begin_a_process_is_refused_by_name(rule: str, parts: tuple[str, ...]) -> None:
    with pytest.raises(DefinitionRefused) as refused:
        compile_process(document(PAID, ALARM, *parts))
    assert rule in {finding.rule for finding in refused.value.findings}


@pytest.mark.parametrize(
    ("outputs", "what"),
    [
        ({"report": "= note"}, "note"),
        ({"report": "= {description: case.number}"}, "case"),
        ({"report": '= {description: string(deadline("disposal"))}'}, "deadline()"),
        ({"report": "= task"}, "task"),
    ],
)
def test_what_a_timer_reports_reads_nothing_of_a_case(outputs: dict[str, str], what: str) -> None:
    found = lint_process(document(start("start", extensions(mapping(outputs=outputs)) + WEEKLY), *LINE))
    assert [each.subject for each in found if each.rule == "start.reads"] == [what]


def test_outputs_of_a_start_see_what_a_message_brings_and_each_other() -> None:
    outputs = {"note": "= order.text", "report": "= {description: note}"}
    source = document(PAID, start("start", extensions(mapping(outputs=outputs)) + of_message("m")), *LINE)
    begun = begun_with(compile_process(source), {"order": {"text": "x"}, "other": "y"}, evaluation(NOON))
    assert begun == {"note": "x", "report": {"description": "x"}}


def test_without_outputs_all_that_came_is_taken() -> None:
    source = document(PAID, start("start", of_message("m")), *LINE)
    assert begun_with(compile_process(source), {"other": "y"}, evaluation(NOON)) == {"other": "y"}


@pytest.mark.parametrize(
    ("drawn", "due", "interval", "repeats", "has_passed"),
    [
        (WEEKLY, MONDAY, timedelta(days=7), None, False),
        (timer("timeCycle", "R5/PT1H"), NOON + timedelta(hours=1), timedelta(hours=1), 4, False),
        (timer("timeCycle", "R1/2026-03-02T08:00:00/P7D"), MONDAY, timedelta(days=7), 0, False),
        (ONCE, MONDAY, None, None, False),
        (timer("timeDate", '= now() + duration("PT2H")'), NOON + timedelta(hours=2), None, None, False),
        (timer("timeDate", "2026-02-23"), NOON + timedelta(seconds=1), None, None, True),
    ],
)
def test_a_timer_says_when_a_process_begins(
    drawn: str, due: datetime, interval: timedelta | None, repeats: int | None, has_passed: bool
) -> None:
    (found,) = start_timers(compile_process(document(start("start", REPORTS + drawn), *LINE)), evaluation(NOON))
    assert found == StartTimer(due_at=due, interval=interval, repeats=repeats, has_passed=has_passed)


def test_a_moment_that_cannot_be_waited_for_is_refused_with_its_place() -> None:
    definition = compile_process(document(start("start", REPORTS + timer("timeDate", '= "soon"')), *LINE))
    with pytest.raises(Invalid) as refused:
        start_timers(definition, evaluation(NOON))
    assert (refused.value.code, refused.value.element) == ("timer_unusable", "start")
