"""Procedures: instances attached to a host, which act on it by effects alone and end as moot when it goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.effects import Effect, EffectKind, Host
from engine.errors import Invalid, InvalidState
from engine.events import (
    EffectTaken,
    FlowReentered,
    InstanceCompleted,
    ProcedureMoot,
    ProcedureStarted,
    TaskWithdrawn,
)
from tests.unit.spiff.drawing import (
    catch,
    chain,
    document,
    element,
    end,
    exclusive,
    extensions,
    flow,
    parallel,
    properties,
    start,
    sub,
    timer,
    user,
)
from tests.unit.spiff.driving import Affected, Case


def process(**written: str) -> str:
    return extensions(properties(**written))


def hosting(*, reloads: bool) -> Case:
    """A line that can be returned and voided: dispatch → dispose → verify."""
    driven = Case(
        document(
            process(onVoid="voided"),
            start(),
            user("dispatch"),
            user("dispose", properties(onReturn="dispatch")),
            user("verify"),
            exclusive("which", default="which-end"),
            end(),
            end("voided"),
            chain("start", "dispatch", "dispose", "verify", "which"),
            flow("which", "end"),
            flow("which", "voided", "= false"),
        ),
        reloads=reloads,
    )
    driven.start()
    driven.complete("dispatch")
    return driven


def approved(attaches_to: str, key: str, **effect: str) -> bytes:
    """Somebody approves; then the effect, else nothing."""
    return document(
        process(attachesTo=attaches_to, startedBy="performer"),
        start(),
        user("approve"),
        exclusive("is_approved", default="no"),
        end("approved", extensions(properties(**effect))),
        end("rejected"),
        chain("start", "approve", "is_approved"),
        flow("is_approved", "approved", "= ok"),
        flow("is_approved", "rejected", identity="no"),
        key=key,
    )


RETURN = approved("activity", "return", effect="reenter", target="onReturn")
VOID = approved("case", "void", effect="void", target="onVoid")
EXTEND = approved("deadline", "extension", effect="extend", amount="= amount")


def test_a_procedure_runs_beside_its_host(reloads: bool) -> None:
    driven = hosting(reloads=reloads)
    host = driven.task("dispose")
    instance = driven.attach(RETURN, "dispose", verb="return", reason="不属于本单位")
    assert driven.open == ["approve", "dispose"]
    assert driven.of(ProcedureStarted) == [
        ProcedureStarted(
            instance=instance,
            verb="return",
            host_instance=host.instance,
            host_activity=host.task,
            host_element="dispose",
            data={"reason": "不属于本单位"},
        )
    ]


def test_an_approved_return_enters_the_host_again_where_it_declares(reloads: bool) -> None:
    driven = hosting(reloads=reloads)
    host = driven.task("dispose")
    instance = driven.attach(RETURN, "dispose", verb="return")
    driven.complete("approve", ok=True)
    assert driven.open == ["dispatch"]
    assert [event.task for event in driven.of(TaskWithdrawn)] == [host.task]
    (taken,) = driven.of(EffectTaken)
    assert (taken.instance, taken.element, taken.effect, taken.host_activity) == (
        instance,
        "approved",
        "reenter",
        host.task,
    )
    assert [(event.left, event.entered) for event in driven.of(FlowReentered)] == [("dispose", "dispatch")]
    assert [event.instance for event in driven.of(InstanceCompleted)] == [instance]
    assert driven.of(ProcedureMoot) == []


def test_a_rejected_return_leaves_the_host_alone(reloads: bool) -> None:
    driven = hosting(reloads=reloads)
    driven.attach(RETURN, "dispose")
    driven.complete("approve", ok=False)
    assert driven.open == ["dispose"]
    assert driven.of(EffectTaken) == []


def test_a_procedure_is_moot_when_its_host_goes_on(reloads: bool) -> None:
    driven = hosting(reloads=reloads)
    instance = driven.attach(RETURN, "dispose")
    driven.complete("dispose")
    assert driven.open == ["verify"]
    assert driven.of(ProcedureMoot) == [ProcedureMoot(instance=instance, host_element="dispose")]
    assert [event.element for event in driven.of(TaskWithdrawn)] == ["approve"]


def test_a_procedure_of_the_case_lives_until_the_case_ends(reloads: bool) -> None:
    driven = hosting(reloads=reloads)
    instance = driven.attach(VOID, verb="void")
    driven.complete("dispose")
    assert driven.open == ["approve", "verify"]
    driven.complete("verify")
    assert driven.is_complete
    assert [event.instance for event in driven.of(ProcedureMoot)] == [instance]


def test_a_void_takes_every_token_and_goes_on_where_the_process_declares(reloads: bool) -> None:
    driven = hosting(reloads=reloads)
    host = driven.task("dispose")
    driven.attach(VOID, verb="void")
    returning = driven.attach(RETURN, "dispose", verb="return")
    driven.complete_task(driven.task("approve").task, ok=True)
    assert driven.is_complete
    assert host.instance in [event.instance for event in driven.of(InstanceCompleted) if event.ends == ["voided"]]
    assert [event.instance for event in driven.of(ProcedureMoot)] == [returning]


def test_of_two_procedures_at_once_the_second_is_moot(reloads: bool) -> None:
    driven = hosting(reloads=reloads)
    first = driven.attach(RETURN, "dispose", verb="return")
    second = driven.attach(RETURN, "dispose", verb="redispatch")
    task = next(task for task in driven.tree.tasks.values() if task.instance == second)
    driven.complete_task(task.task, ok=True)
    assert driven.open == ["dispatch"]
    assert [event.instance for event in driven.of(ProcedureMoot)] == [first]
    assert [event.instance for event in driven.of(InstanceCompleted)] == [second]


def test_a_procedure_without_approval_acts_at_once(reloads: bool) -> None:
    source = document(
        process(attachesTo="activity", startedBy="dispatcher"),
        start(),
        end("done", extensions(properties(effect="reenter", target="onReturn"))),
        chain("start", "done"),
        key="redispatch",
    )
    driven = hosting(reloads=reloads)
    driven.attach(source, "dispose")
    assert driven.open == ["dispatch"]
    assert driven.of(ProcedureMoot) == []


def test_a_procedure_that_waits_on_after_its_effect_is_moot_once_it_has_come_to_rest(reloads: bool) -> None:
    source = document(
        process(attachesTo="activity", startedBy="dispatcher"),
        start(),
        element("intermediateThrowEvent", "act", extensions(properties(effect="reenter", target="onReturn"))),
        user("tell"),
        chain("start", "act", "tell"),
        key="redispatch",
    )
    driven = hosting(reloads=reloads)
    driven.attach(source, "dispose")
    assert driven.open == ["dispatch"]
    assert len(driven.of(ProcedureMoot)) == 1


def test_a_return_out_of_a_sub_process_is_declared_around_it(reloads: bool) -> None:
    inside = sub("part", start("s"), user("x"), chain("s", "x"), inner=extensions(properties(onReturn="a")))
    driven = Case(document(start(), user("a"), inside, chain("start", "a", "part")), reloads=reloads)
    driven.start()
    driven.complete("a")
    driven.attach(RETURN, "x")
    driven.complete("approve", ok=True)
    assert driven.open == ["a"]


def test_a_return_within_a_parallel_branch_leaves_the_other_alone(reloads: bool) -> None:
    parts = (parallel("fork"), user("a"), user("a2", properties(onReturn="a")), user("b"), parallel("join"))
    flows = (chain("start", "fork", "a", "a2", "join", "end"), chain("fork", "b", "join"))
    driven = Case(document(start(), *parts, end(), *flows), reloads=reloads)
    driven.start()
    driven.complete("a")
    driven.attach(RETURN, "a2")
    driven.complete("approve", ok=True)
    assert driven.open == ["a", "b"]
    for task in ("a", "a2", "b"):
        driven.complete(task)
    assert driven.is_complete


def test_an_effect_that_would_break_a_join_is_a_visible_fault_of_the_procedure(reloads: bool) -> None:
    parts = (user("before"), parallel("fork"), user("a", properties(onReturn="before")), user("b"), parallel("join"))
    flows = (chain("start", "before", "fork", "a", "join", "end"), chain("fork", "b", "join"))
    driven = Case(document(start(), *parts, end(), *flows), reloads=reloads)
    driven.start()
    driven.complete("before")
    driven.attach(RETURN, "a")
    driven.complete("approve", ok=True)
    assert driven.fault_codes == ["move_breaks_join"]
    assert driven.open == ["a", "b"]
    assert driven.of(EffectTaken) == []
    driven.complete("a")
    assert driven.fault_codes == []
    assert len(driven.of(ProcedureMoot)) == 1


def test_a_host_that_declares_no_way_back_makes_the_effect_a_fault(reloads: bool) -> None:
    driven = hosting(reloads=reloads)
    driven.complete("dispose")
    driven.attach(RETURN, "verify")
    driven.complete("approve", ok=True)
    assert driven.fault_codes == ["target_not_declared"]


def test_an_effect_on_a_deadline_is_carried_out_by_whoever_keeps_deadlines(reloads: bool) -> None:
    effects: list[Effect] = []
    driven = hosting(reloads=reloads)
    driven.deadlines = Affected(effects.append)
    host = driven.task("dispose")
    driven.attach(EXTEND, "dispose", amount=2)
    driven.complete("approve", ok=True)
    (effect,) = effects
    assert (effect.kind, effect.host) == (EffectKind.EXTEND, Host(host.instance, host.task, "dispose"))
    assert effect.values == {"amount": 2}
    assert driven.of(EffectTaken)[0].values == {"amount": 2}
    assert driven.open == ["dispose"]


def test_where_there_is_no_deadline_the_effect_is_a_fault(reloads: bool) -> None:
    driven = hosting(reloads=reloads)
    driven.attach(EXTEND, "dispose", amount=2)
    driven.complete("approve", ok=True)
    assert driven.fault_codes == ["deadline_missing"]


def test_an_effect_ends_the_procedures_that_it_settles(reloads: bool) -> None:
    def paused(key: str, effect: str, *after: str, **more: str) -> bytes:
        act = element("intermediateThrowEvent", "act", extensions(properties(effect=effect, **more)))
        about = process(attachesTo="deadline", startedBy="performer")
        return document(about, start(), act, *after, key=key)

    driven = hosting(reloads=reloads)
    driven.deadlines = Affected(lambda _effect: None)
    until = (catch("until", timer("timeDuration", "P1D")), chain("start", "act", "until"))
    suspended = driven.attach(paused("suspension", "pause", *until), "dispose", verb="suspension")
    other = driven.attach(paused("other", "pause", *until), "dispose", verb="other")
    assert driven.waiting == ["until", "until"]
    lifting = paused("lifting", "resume", end(), chain("start", "act", "end"), ends="suspension")
    driven.attach(lifting, "dispose", verb="lifting")
    assert [event.instance for event in driven.of(ProcedureMoot)] == [suspended]
    assert [armed.instance for armed in driven.tree.timers.values()] == [other]
    driven.fire(after=timedelta(days=1))
    assert driven.open == ["dispose"]


def test_an_ordinary_start_of_a_procedure_has_nothing_to_act_on(reloads: bool) -> None:
    driven = Case(RETURN, reloads=reloads)
    driven.start()
    driven.complete("approve", ok=True)
    assert driven.fault_codes == ["effect_without_host"]


def test_a_host_that_is_not_open_is_refused_in_words(reloads: bool) -> None:
    driven = hosting(reloads=reloads)
    with pytest.raises(InvalidState):
        driven.tree.places(99)
    with pytest.raises(InvalidState):
        driven.tree.instance_place(99)


def test_data_cannot_take_a_reserved_name(reloads: bool) -> None:
    driven = hosting(reloads=reloads)
    with pytest.raises(Invalid):
        driven.attach(RETURN, "dispose", case=1)


def test_the_start_event_of_a_procedure_may_name_a_form(reloads: bool) -> None:
    form = element("startEvent", "start", extensions('<zeebe:formDefinition formId="return_request"/>'))
    about = process(attachesTo="activity", startedBy="performer")
    driven = Case(document(about, form, user("a"), chain("start", "a")), reloads=reloads)
    driven.start()
    assert driven.definition.view.elements["start"].form == "return_request"
    assert driven.definition.view.properties == {"attachesTo": "activity", "startedBy": "performer"}
