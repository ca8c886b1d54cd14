"""User tasks are offered to the right people, in the right stage."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

import pytest

from engine.errors import Forbidden
from engine.events import StageEntered, TaskOpened
from tests.unit.spiff.drawing import (
    chain,
    document,
    element,
    end,
    exclusive,
    extensions,
    flow,
    mapping,
    parallel,
    properties,
    start,
    sub,
    user,
)
from tests.unit.spiff.driving import NOW, Case


def case(*parts: str, **variables: object) -> Case:
    driven = Case(document(*parts), reloads=True)
    driven.start(**variables)
    return driven


def assigned(**attributes: str) -> str:
    written = " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items())
    return element("userTask", "a", extensions(f"<zeebe:assignmentDefinition {written}/>"))


def opened(task: str, **variables: object) -> TaskOpened:
    return case(start(), task, chain("start", "a"), **variables).of(TaskOpened)[0]


def test_literal_groups_are_a_list_of_names() -> None:
    assert opened(assigned(candidateGroups="desk, dispatcher")).groups == ["desk", "dispatcher"]


def test_groups_may_be_computed_as_list_or_text() -> None:
    assert opened(assigned(candidateGroups='= ["clerk@" + unit]'), unit="U12").groups == ["clerk@U12"]
    assert opened(assigned(candidateGroups='= "a,b"')).groups == ["a", "b"]


def test_candidate_users_stand_among_the_groups() -> None:
    assert opened(assigned(candidateGroups="desk", candidateUsers="user:7")).groups == ["desk", "user:7"]


def test_an_assignee_may_be_computed_or_absent() -> None:
    assert opened(assigned(assignee="= who"), who="user:3").assignee == "user:3"
    assert opened(assigned(assignee="= null", candidateGroups="desk")).assignee is None


@pytest.mark.parametrize("declared", ["assignee", "candidateUsers"])
@pytest.mark.parametrize("name", ["zhang", "clerk@U12", "user:0", "user:", "key:3"])
def test_who_is_no_person_is_given_no_task(declared: str, name: str) -> None:
    driven = case(start(), assigned(**{declared: "= who"}), chain("start", "a"), who=name)
    assert driven.fault_codes == ["assignment_failed"]


def test_a_computed_candidate_user_may_be_who_performed_another_task() -> None:
    kept = mapping(outputs={"first": "= task.performer"})
    driven = case(start(), user("b", kept), assigned(candidateUsers="= first"), chain("start", "b", "a"))
    driven.complete("b", "user:9")
    assert driven.task("a").groups == ["user:9"]


def test_an_assignment_that_yields_no_names_is_a_fault() -> None:
    driven = case(start(), assigned(candidateGroups="= nobody"), chain("start", "a"))
    assert driven.fault_codes == ["assignment_failed"]
    assert driven.open == []


def test_a_lane_is_the_group_when_nothing_else_is_said() -> None:
    lanes = (
        '<bpmn:laneSet id="ls"><bpmn:lane id="l" name="受理员"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane>'
        "</bpmn:laneSet>"
    )
    driven = case(lanes, start(), user("a", groups=""), chain("start", "a"))
    assert driven.task("a").groups == ["受理员"]


def test_a_standard_potential_owner_is_a_group() -> None:
    owner = (
        '<bpmn:potentialOwner id="o"><bpmn:resourceAssignmentExpression id="r"><bpmn:formalExpression>desk'
        "</bpmn:formalExpression></bpmn:resourceAssignmentExpression></bpmn:potentialOwner>"
    )
    assert opened(element("userTask", "a", owner)).groups == ["desk"]


def test_form_priority_name_and_stage_are_told() -> None:
    inner = '<zeebe:formDefinition formId="filing"/><zeebe:priorityDefinition priority="= 40 + 2"/>'
    event = opened(user("a", inner, properties(stage="filing")))
    assert (event.form, event.priority, event.name, event.stage) == ("filing", 42, "A", "filing")


@pytest.mark.parametrize("priority", [101, -1, 1.5, True, "101", "x", "9" * 5000])
def test_a_priority_outside_its_range_is_a_fault(priority: object) -> None:
    inner = '<zeebe:priorityDefinition priority="= p"/>'
    assert case(start(), user("a", inner), chain("start", "a"), p=priority).fault_codes == ["assignment_failed"]


def test_an_open_task_knows_when_it_was_opened() -> None:
    driven = case(start(), user("a"), chain("start", "a"))
    assert driven.task("a").opened_at == NOW


def test_a_stage_is_announced_where_it_is_declared_and_inherited_below() -> None:
    driven = case(
        start(),
        sub("part", start("s"), user("a"), chain("s", "a"), inner=extensions(properties(stage="disposal"))),
        end("closed", extensions(properties(stage="closed"))),
        chain("start", "part", "closed"),
    )
    assert driven.task("a").stage == "disposal"
    driven.complete("a")
    announced = [(event.element, event.stage) for event in driven.of(StageEntered)]
    assert announced == [("part", "disposal"), ("closed", "closed")]
    assert driven.definition.view.elements["a"].stage == "disposal"
    assert driven.definition.view.stages == ("disposal", "closed")


def separated() -> Case:
    return case(
        start(),
        exclusive("again"),
        user("dispose"),
        user("verify", properties(separateFrom="dispose")),
        exclusive("ok", default="ok-end"),
        end(),
        chain("start", "again", "dispose", "verify", "ok", "end"),
        flow("ok", "again", "= rework"),
    )


def test_who_performed_a_task_may_not_perform_the_one_separated_from_it() -> None:
    driven = separated()
    driven.complete("dispose", actor="user:1")
    assert driven.task("verify").excluded == ["user:1"]
    with pytest.raises(Forbidden) as refused:
        driven.complete("verify", actor="user:1")
    assert refused.value.code == "task_separated"


def test_every_performer_of_all_passes_stays_excluded() -> None:
    driven = separated()
    driven.complete("dispose", actor="user:1")
    driven.complete("verify", actor="user:2", rework=True)
    driven.complete("dispose", actor="user:3")
    assert driven.task("verify").excluded == ["user:1", "user:3"]


def test_separation_holds_for_tasks_that_are_open_together() -> None:
    driven = case(
        start(),
        parallel("fork"),
        user("a", properties(separateFrom="b")),
        user("b", properties(separateFrom="a")),
        chain("start", "fork", "a"),
        chain("fork", "b"),
    )
    driven.complete("a", actor="user:1")
    with pytest.raises(Forbidden):
        driven.complete("b", actor="user:1")
