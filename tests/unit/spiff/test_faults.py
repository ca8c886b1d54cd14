"""What cannot go on stands still in sight; the rest goes on; a retry runs the element again."""

from __future__ import annotations

import pytest

from engine.errors import InvalidState
from engine.events import ExpressionWarned, FactsChanged, FaultCleared, FaultRaised, InstanceCompleted, TaskCompleted
from engine.spiff import driven as driving_trees
from engine.spiff.limits import DEEPEST_TREE, MOST_STEPS
from tests.unit.spiff.drawing import (
    chain,
    document,
    end,
    exclusive,
    flow,
    inclusive,
    mapping,
    parallel,
    script,
    start,
    terminate,
    user,
)
from tests.unit.spiff.driving import Case


def case(*parts: str, **variables: object) -> Case:
    driven = Case(document(*parts), reloads=True)
    driven.start(**variables)
    return driven


def only_fault(driven: Case) -> int:
    (fault,) = driven.tree.faults
    return fault


GATE = (
    start(),
    exclusive("g"),
    user("a"),
    user("b"),
    chain("start", "g"),
    flow("g", "a", "= n > 10"),
    flow("g", "b", "= n > 5"),
)


def test_a_gateway_without_true_flow_and_default_is_a_fault() -> None:
    driven = case(*GATE, n=1)
    (raised,) = driven.of(FaultRaised)
    assert (raised.element, raised.code) == ("g", "gateway_without_flow")
    assert raised.message_zh
    assert raised.message_en
    assert not driven.is_complete


def test_a_condition_that_is_null_without_default_is_a_fault_of_its_own() -> None:
    driven = case(*GATE)
    (raised,) = driven.of(FaultRaised)
    assert raised.code == "condition_not_boolean"
    assert "g-a" in raised.message_en


def test_a_condition_that_is_no_boolean_takes_the_default_and_is_told_about() -> None:
    driven = case(
        start(),
        exclusive("g", default="g-b"),
        user("a"),
        user("b"),
        chain("start", "g"),
        flow("g", "a", '= "yes"'),
        flow("g", "b"),
    )
    assert driven.open == ["b"]
    assert driven.of(ExpressionWarned)[0].warnings[0]["code"] == "condition_not_boolean"


def test_a_retry_runs_the_element_again_and_clears_the_fault() -> None:
    driven = case(
        start(),
        parallel("fork"),
        user("fix"),
        exclusive("g"),
        user("a"),
        chain("start", "fork", "fix"),
        chain("fork", "g"),
        flow("g", "a", "= n = 1"),
    )
    fault = only_fault(driven)
    driven.complete("fix", n=1)
    driven.retry(fault)
    assert driven.open == ["a"]
    assert [event.fault for event in driven.of(FaultCleared)] == [fault]
    assert driven.path.count("g") == 1


def test_a_retry_that_fails_raises_the_same_fault_anew() -> None:
    driven = case(*GATE, n=1)
    fault = only_fault(driven)
    driven.retry(fault)
    assert [event.fault for event in driven.of(FaultRaised)] == [fault, fault]
    assert only_fault(driven) == fault
    assert driven.of(FaultCleared) == []


def test_retrying_a_fault_that_is_not_open_is_refused() -> None:
    driven = case(start(), user("a"), chain("start", "a"))
    with pytest.raises(InvalidState) as refused:
        driven.retry(99)
    assert refused.value.code == "fault_not_open"


def test_a_completion_stands_even_when_its_output_mapping_fails() -> None:
    parts = (start(), user("a", mapping(outputs={"case.category": "= n"})), user("b"), chain("start", "a", "b"))
    driven = case(*parts)
    driven.complete("a", n=1)
    assert driven.fault_codes == ["fact_refused"]
    assert driven.open == []
    assert len(driven.of(TaskCompleted)) == 1
    driven.retry(only_fault(driven))
    assert driven.fault_codes == ["fact_refused"]


def test_facts_set_before_a_refused_one_are_in_the_log() -> None:
    outputs = {"case.level": "= n", "case.category": "= n"}
    driven = case(start(), user("a", mapping(outputs=outputs)), user("b"), chain("start", "a", "b"))
    driven.complete("a", n=1)
    assert [event.facts for event in driven.of(FactsChanged)] == [{"level": "1"}]


def test_other_branches_go_on_beside_a_fault() -> None:
    driven = case(
        start(),
        parallel("fork"),
        script("bad", "= function(x) x", "f"),
        user("a"),
        user("b"),
        chain("start", "fork", "bad"),
        chain("fork", "a", "b"),
    )
    assert driven.fault_codes == ["value_not_storable"]
    driven.complete("a")
    assert driven.open == ["b"]


def test_a_script_that_yields_no_context_needs_a_result_variable() -> None:
    inner = "<bpmn:script>1 + 1</bpmn:script>"
    task = f'<bpmn:scriptTask id="s" scriptFormat="feel">{inner}</bpmn:scriptTask>'
    assert case(start(), task, chain("start", "s")).fault_codes == ["script_not_context"]


def test_an_expression_beyond_its_limits_is_a_fault() -> None:
    parts = (start(), script("s", "= count(for a in 1..1000, b in 1..1000 return a)", "x"), chain("start", "s"))
    assert case(*parts).fault_codes == ["expression_limit"]


def test_a_terminate_end_overtakes_a_fault() -> None:
    driven = case(
        start(),
        parallel("fork"),
        user("a"),
        exclusive("g"),
        terminate("stop"),
        end(),
        chain("start", "fork", "a", "stop"),
        chain("fork", "g"),
        flow("g", "end", "= false"),
    )
    fault = only_fault(driven)
    driven.complete("a")
    assert [event.fault for event in driven.of(FaultCleared)] == [fault]
    assert driven.of(InstanceCompleted)[0].ends == ["stop"]


def test_a_join_whose_token_can_never_come_is_a_fault_that_names_the_missing_flow() -> None:
    driven = case(
        start(),
        exclusive("g", default="g-b"),
        user("a"),
        user("b"),
        parallel("join"),
        chain("start", "g", "b", "join"),
        flow("g", "a", "= false"),
        flow("a", "join"),
    )
    driven.complete("b")
    (raised,) = driven.of(FaultRaised)
    assert (raised.element, raised.code) == ("join", "join_starved")
    assert "a-join" in raised.message_zh
    driven.retry(raised.fault)
    assert driven.fault_codes == ["join_starved"]


def test_two_inclusive_joins_that_wait_for_each_other_are_a_fault() -> None:
    parts = (
        start(),
        parallel("fork"),
        user("a"),
        user("b"),
        inclusive("j1"),
        inclusive("j2"),
        user("u1"),
        user("u2"),
        exclusive("x1", default="x1-end"),
        exclusive("x2", default="x2-end"),
        end(),
    )
    flows = (
        chain("start", "fork", "a", "j1", "u1", "x1", "end"),
        chain("fork", "b", "j2", "u2", "x2", "end"),
        flow("x1", "j2", "= back"),
        flow("x2", "j1", "= back"),
    )
    driven = case(*parts, *flows)
    driven.complete("a")
    driven.complete("b")
    assert driven.fault_codes == ["join_starved"]


def test_a_step_that_does_not_come_to_rest_stops_with_a_fault() -> None:
    # Each rung doubles the tokens, for nothing joins them.
    parts, flows = [start()], []
    for rung in range(10):
        parts += [
            exclusive(f"m{rung}"),
            parallel(f"f{rung}"),
            script(f"l{rung}", "= 1", "x"),
            script(f"r{rung}", "= 1", "x"),
        ]
        flows += [
            chain(f"m{rung}", f"f{rung}", f"l{rung}", f"m{rung + 1}"),
            chain(f"f{rung}", f"r{rung}", f"m{rung + 1}"),
        ]
    driven = case(*parts, user("m10"), *flows, chain("start", "m0"))
    assert set(driven.fault_codes) == {"step_limit"}
    assert len([item for item in driven.path if "-" not in item]) == MOST_STEPS
    before = len(driven.tree.faults)
    driven.retry(next(iter(driven.tree.faults)))
    assert len(driven.tree.faults) != before


def test_a_fault_of_an_implicit_gateway_names_the_element_it_belongs_to() -> None:
    driven = case(start(), user("a"), user("b"), chain("start", "a"), flow("a", "b", "= n > 1"))
    driven.complete("a", n=1)
    (raised,) = driven.of(FaultRaised)
    assert (raised.element, raised.code) == ("a", "gateway_without_flow")


def test_a_script_that_would_shadow_a_reserved_name_is_a_fault() -> None:
    inner = "<bpmn:script>{case: 1}</bpmn:script>"
    task = f'<bpmn:scriptTask id="s" scriptFormat="feel">{inner}</bpmn:scriptTask>'
    assert case(start(), task, chain("start", "s")).fault_codes == ["reserved_name"]


def test_a_task_tree_that_is_never_compacted_stops_with_a_fault_before_the_library_loses_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(driving_trees, "compact", lambda _workflow: None)
    driven = Case(
        document(
            start(),
            exclusive("in"),
            user("a"),
            exclusive("out", default="out-end"),
            end(),
            chain("start", "in", "a", "out", "end"),
            flow("out", "in", "= again"),
        )
    )
    driven.start()
    passes = 0
    while not driven.tree.faults:
        driven.complete("a", again=True)
        passes += 1
    assert driven.fault_codes == ["depth_limit"]
    assert passes * 3 > DEEPEST_TREE - 10
    driven.reload()
    driven.retry(only_fault(driven))
    assert driven.open == ["a"]
