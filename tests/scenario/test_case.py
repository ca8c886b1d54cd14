"""The ways a case can go through ``bpmn/case.bpmn``, each walked straight and with a reload after every step."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from engine.errors import Forbidden
from engine.events import ExpressionWarned, TaskCompleted
from engine.projection import Rows
from engine.spiff import Declared, compile_process, lint_process
from guiliu.definitions import FACT_SHAPES
from processes.cases import CHANNELS, CaseProjection
from tests.scenario.walk import DECISIONS, FORMS, Walk, person

SOURCE = (Path(__file__).parents[2] / "bpmn" / "case.bpmn").read_bytes()
DIAGRAM = compile_process(SOURCE)
CONDITION = "component-0101-01"


def accepted(walk: Walk) -> Walk:
    return walk.report().perform("accept", "acceptor", decision="accept")


def filed(walk: Walk) -> Walk:
    return accepted(walk).perform("file", "shift-lead", decision="file", condition=CONDITION, urgency="urgent")


def dispatched(walk: Walk, unit: str = "U12") -> Walk:
    return filed(walk).perform("dispatch", "dispatcher", decision="dispatch", responsible_unit=unit)


def disposed(walk: Walk) -> Walk:
    return dispatched(walk).perform("dispose", "clerk@U12", result="fixed", measures="补装井盖")


def straight(walk: Walk) -> Walk:
    verified = disposed(walk).perform("verify", "verifier", result="passed")
    return verified.perform("close", "shift-lead", decision="close")


def confirmed(walk: Walk) -> Walk:
    walk.report(channel="hotline").perform("accept", "acceptor", decision="accept")
    return walk.perform("confirm", "inspector", result="confirmed")


def refuted(walk: Walk) -> Walk:
    walk.report(channel="public").perform("accept", "acceptor", decision="accept")
    walk.perform("confirm", "inspector", result="refuted")
    return walk.perform("reply", "acceptor", reply="经核实不属实", reply_channel="phone")


def not_accepted(walk: Walk) -> Walk:
    walk.report().perform("accept", "acceptor", decision="refuse", refusal_reason="不属于城市管理范围")
    return walk.perform("reply", "acceptor", reply="请联系物业", reply_channel="message")


def not_filed(walk: Walk) -> Walk:
    accepted(walk).perform("file", "shift-lead", decision="refuse", reason="未达到立案条件")
    return walk.perform("reply", "acceptor", reply="未达到立案条件", reply_channel="phone")


def voided(walk: Walk) -> Walk:
    return accepted(walk).perform("file", "shift-lead", decision="void", reason="测试上报")


def sent_back(walk: Walk) -> Walk:
    accepted(walk).perform("file", "shift-lead", decision="send_back", reason="位置不清")
    return walk.perform("accept", "acceptor", decision="accept")


def returned(walk: Walk) -> Walk:
    filed(walk).perform("dispatch", "dispatcher", decision="send_back", reason="立案条件有误")
    walk.perform("file", "shift-lead", decision="file", condition="component-0102-01")
    return walk.perform("dispatch", "dispatcher", decision="dispatch", responsible_unit="U13")


def reworked(walk: Walk) -> Walk:
    disposed(walk).perform("verify", "inspector", result="not_passed", note="井盖松动")
    walk.perform("dispose", "clerk@U12", result="fixed", measures="重新固定")
    walk.perform("verify", "inspector", result="unable", note="道路封闭")
    walk.perform("close", "shift-lead", decision="rework", reason="无法确认")
    walk.perform("dispose", "clerk@U12", result="fixed", measures="再次固定")
    walk.perform("verify", "verifier", result="passed")
    return walk.perform("close", "shift-lead", decision="close")


PATHS: dict[Callable[[Walk], Walk], list[str]] = {
    straight: ["report", "acceptance", "filing", "dispatch", "disposal", "verification", "closure", "closed"],
    confirmed: ["report", "acceptance", "confirmation", "filing"],
    refuted: ["report", "acceptance", "confirmation", "refusal", "refused"],
    not_accepted: ["report", "acceptance", "refusal", "refused"],
    not_filed: ["report", "acceptance", "filing", "refusal", "refused"],
    voided: ["report", "acceptance", "filing", "voided"],
    sent_back: ["report", "acceptance", "filing", "acceptance", "filing"],
    returned: ["report", "acceptance", "filing", "dispatch", "filing", "dispatch", "disposal"],
    reworked: [
        *("report", "acceptance", "filing", "dispatch", "disposal", "verification"),
        *("disposal", "verification", "closure", "disposal", "verification", "closure", "closed"),
    ],
}


@pytest.fixture(params=[False, True], ids=["straight", "reloaded"])
def walk(request: pytest.FixtureRequest) -> Walk:
    return Walk(DIAGRAM, reloads=request.param)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_a_case_goes_through_the_stages_that_are_drawn(path: Callable[[Walk], Walk], walk: Walk) -> None:
    path(walk)
    assert walk.stages == PATHS[path]
    assert walk.case.stage == PATHS[path][-1]
    assert walk.faults == []
    assert walk.case.is_open == bool(walk.open_tasks)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_reloading_changes_nothing(path: Callable[[Walk], Walk]) -> None:
    kept, reloaded = path(Walk(DIAGRAM, reloads=False)), path(Walk(DIAGRAM, reloads=True))
    assert kept.recorded == reloaded.recorded
    assert kept.case == reloaded.case


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_the_row_of_a_case_follows_from_its_log_alone(path: Callable[[Walk], Walk], walk: Walk) -> None:
    path(walk)
    rows: Rows[object] = Rows()
    for recorded in walk.recorded:
        CaseProjection().fold(rows, recorded)
    assert dict(rows.items()) == {0: walk.case}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_no_expression_of_the_diagram_reads_what_is_not_there(path: Callable[[Walk], Walk], walk: Walk) -> None:
    path(walk)
    assert [event for event in walk.events if isinstance(event, ExpressionWarned)] == []


def test_the_diagram_has_no_finding() -> None:
    assert lint_process(SOURCE, Declared(facts=FACT_SHAPES, decisions=DECISIONS)) == []


def test_every_form_that_the_diagram_names_is_shipped() -> None:
    assert DIAGRAM.view.forms == FORMS.keys()


def test_the_paths_pass_every_flow_of_the_diagram() -> None:
    passed: set[str] = set()
    for path in PATHS:
        for event in path(Walk(DIAGRAM, reloads=False)).events:
            passed.update(getattr(event, "path", ()))
    assert set(DIAGRAM.view.flows) - passed == set()


@pytest.mark.parametrize("channel", CHANNELS)
def test_reports_from_outside_are_confirmed_before_filing(channel: str, walk: Walk) -> None:
    walk.report(channel=channel).perform("accept", "acceptor", decision="accept")
    from_outside = channel in {"public", "hotline", "media", "network", "petition"}
    assert [task.element for task in walk.open_tasks] == ["confirm" if from_outside else "file"]


def test_the_acceptor_may_ask_for_confirmation_of_any_report(walk: Walk) -> None:
    walk.report(channel="inspector").perform("accept", "acceptor", decision="accept", confirm_on_site=True)
    assert [task.element for task in walk.open_tasks] == ["confirm"]


def test_the_filing_form_sets_the_condition_and_the_moment(walk: Walk) -> None:
    filed(walk)
    assert walk.case.condition == CONDITION
    assert walk.case.filed_at is not None
    assert walk.facts["urgency"] == "urgent"
    assert walk.case.closed_at is None


def test_the_condition_names_the_sub_category(walk: Walk) -> None:
    returned(walk)
    assert walk.case.subcategory == "component-0102"
    assert walk.facts["category"] == "component-01"
    assert walk.case.unit == "U13"


def test_disposal_is_offered_to_the_clerks_of_the_responsible_unit(walk: Walk) -> None:
    dispatched(walk, "U13")
    [task] = walk.open_tasks
    assert (task.element, list(task.groups)) == ("dispose", ["clerk@U13"])


def test_whoever_disposed_may_not_verify(walk: Walk) -> None:
    disposed(walk)
    [task] = walk.open_tasks
    assert list(task.excluded) == ["user:6"]
    walk.actor = person(6, "inspector")
    with pytest.raises(Forbidden):
        walk.complete(task.task, {"result": "passed"}, "")


def test_reworks_are_counted_and_refusals_are_not(walk: Walk) -> None:
    reworked(walk)
    assert walk.facts["rework_count"] == Decimal(2)
    assert walk.case.end == "closed"


def test_only_closure_sets_the_moment_of_closing() -> None:
    assert straight(Walk(DIAGRAM, reloads=True)).case.closed_at is not None
    for path in (voided, refuted, not_filed):
        case = path(Walk(DIAGRAM, reloads=True)).case
        assert case.closed_at is None
        assert case.ended_at is not None


def test_everyone_who_touched_a_case_or_was_offered_work_sees_it(walk: Walk) -> None:
    straight(walk)
    assert set(walk.case.audience) == {
        *("user:1", "user:2", "user:4", "user:5", "user:6", "user:8", "unit:U12"),
        *("group:acceptor", "group:shift-lead", "group:dispatcher", "group:clerk@U12"),
        *("group:inspector", "group:verifier"),
    }


def test_a_case_says_who_did_what(walk: Walk) -> None:
    straight(walk)
    done = [(each.actor, each.event.element) for each in walk.recorded if isinstance(each.event, TaskCompleted)]
    assert done == [
        ("user:2", "accept"),
        ("user:4", "file"),
        ("user:5", "dispatch"),
        ("user:6", "dispose"),
        ("user:8", "verify"),
        ("user:4", "close"),
    ]
