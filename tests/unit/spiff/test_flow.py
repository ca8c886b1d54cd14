"""Tokens move as BPMN says."""

from __future__ import annotations

import pytest

from engine.errors import InvalidState
from engine.events import InstanceCancelled, InstanceCompleted, TaskCompleted, TaskOpened, TaskWithdrawn
from tests.unit.spiff.drawing import (
    chain,
    document,
    end,
    exclusive,
    flow,
    inclusive,
    parallel,
    script,
    start,
    sub,
    terminate,
    user,
)
from tests.unit.spiff.driving import Case


def case(*parts: str, **variables: object) -> Case:
    driven = Case(document(*parts), reloads=True)
    driven.start(**variables)
    return driven


def test_a_task_is_offered_and_its_completion_ends_the_instance() -> None:
    driven = case(start(), user("a"), end(), chain("start", "a", "end"))
    assert driven.open == ["a"]
    driven.complete("a", note="好")
    assert driven.is_complete
    assert driven.of(TaskCompleted)[0].data == {"note": "好"}
    assert driven.of(InstanceCompleted)[0].ends == ["end"]


def test_the_path_names_elements_and_flows_in_order_of_execution() -> None:
    driven = case(start(), user("a"), end(), chain("start", "a", "end"))
    assert driven.path == ["start", "start-a", "a"]
    driven.complete("a")
    assert driven.path == ["start", "start-a", "a", "a-end", "end"]


def test_an_exclusive_gateway_takes_the_first_true_flow_in_file_order() -> None:
    parts = (start(), exclusive("g", default="g-c"), user("a"), user("b"), user("c"), chain("start", "g"))
    flows = (flow("g", "c"), flow("g", "b", "= n > 1"), flow("g", "a", "= n > 0"))
    assert case(*parts, *flows, n=2).open == ["b"]
    assert case(*parts, *flows, n=1).open == ["a"]
    assert case(*parts, *flows, n=0).open == ["c"]


def test_a_parallel_join_waits_for_every_branch() -> None:
    driven = case(
        start(),
        parallel("fork"),
        user("a"),
        user("b"),
        parallel("join"),
        user("c"),
        chain("start", "fork", "a", "join", "c"),
        chain("fork", "b", "join"),
    )
    driven.complete("b")
    assert driven.open == ["a"]
    driven.complete("a")
    assert driven.open == ["c"]


@pytest.mark.parametrize("orders", [["ab", "ba", "ab"], ["ba", "ab", "ba"], ["ab", "ab", "ba"], ["ba", "ba", "ab"]])
def test_a_parallel_join_in_a_loop_waits_anew_in_whatever_order_branches_finish(orders: list[str]) -> None:
    driven = case(
        start(),
        exclusive("again"),
        parallel("fork"),
        user("a"),
        user("b"),
        parallel("join"),
        user("check"),
        exclusive("ok", default="ok-end"),
        end(),
        chain("start", "again", "fork", "a", "join", "check", "ok", "end"),
        chain("fork", "b", "join"),
        flow("ok", "again", "= rework"),
    )
    for order in orders:
        first, second = order
        driven.complete(first)
        assert driven.open == [second]
        driven.complete(second)
        assert driven.open == ["check"]
        driven.complete("check", rework=True)
        assert driven.open == ["a", "b"]


def test_two_flows_from_one_node_to_a_join_are_two_tokens() -> None:
    driven = case(
        start(),
        parallel("fork"),
        parallel("join"),
        user("a"),
        chain("start", "fork"),
        flow("fork", "join", identity="one"),
        flow("fork", "join", identity="two"),
        chain("join", "a"),
    )
    assert driven.open == ["a"]
    assert driven.path.count("join") == 1


def test_a_token_too_many_waits_at_the_join_for_its_next_activation() -> None:
    driven = case(
        start(),
        parallel("fork"),
        exclusive("merge"),
        user("a"),
        user("b"),
        user("c"),
        parallel("join"),
        user("after"),
        chain("start", "fork", "a", "merge", "join", "after"),
        chain("fork", "b", "merge"),
        chain("fork", "c", "join"),
    )
    driven.complete("a")
    driven.complete("b")
    assert driven.open == ["c"]
    driven.complete("c")
    assert driven.open == ["after"]
    driven.complete("after")
    assert driven.fault_codes == ["join_starved"]
    assert not driven.is_complete


def test_an_uncontrolled_merge_activates_once_for_each_token() -> None:
    driven = case(
        start(),
        parallel("fork"),
        user("a"),
        user("b"),
        user("c"),
        end(),
        chain("start", "fork", "a", "c", "end"),
        chain("fork", "b", "c"),
    )
    driven.complete("a")
    driven.complete("b")
    assert driven.open == ["c", "c"]
    driven.complete("c")
    driven.complete("c")
    assert driven.is_complete


def test_several_flows_out_of_a_task_are_an_implicit_fork() -> None:
    driven = case(start(), user("a"), user("b"), user("c"), chain("start", "a", "b"), chain("a", "c"))
    driven.complete("a")
    assert driven.open == ["b", "c"]
    assert driven.path == ["start", "start-a", "a", "a-b", "a-c", "b", "c"]


def test_conditional_flows_out_of_a_task_are_an_implicit_inclusive_gateway() -> None:
    parts = (
        start(),
        user("a", default="a-d"),
        user("b"),
        user("c"),
        user("d"),
        chain("start", "a", "d"),
        flow("a", "b", "= x > 0"),
        flow("a", "c", "= x > 1"),
    )
    for x, expected in ((0, ["d"]), (1, ["b"]), (2, ["b", "c"])):
        driven = case(*parts)
        driven.complete("a", x=x)
        assert driven.open == expected


def test_an_inclusive_join_waits_exactly_for_the_tokens_that_can_still_come() -> None:
    parts = (
        start(),
        inclusive("split", default="split-c"),
        user("a"),
        user("b"),
        user("c"),
        inclusive("join"),
        user("after"),
        chain("start", "split", "c", "join", "after"),
        flow("split", "a", "= a"),
        flow("split", "b", "= b"),
        chain("a", "join"),
        chain("b", "join"),
    )
    both = case(*parts, a=True, b=True)
    both.complete("a")
    assert both.open == ["b"]
    both.complete("b")
    assert both.open == ["after"]
    one = case(*parts, a=True, b=False)
    one.complete("a")
    assert one.open == ["after"]


def test_an_inclusive_join_in_a_loop_waits_anew_each_time() -> None:
    driven = case(
        start(),
        exclusive("again"),
        inclusive("split"),
        user("a"),
        user("b"),
        inclusive("join"),
        user("check"),
        exclusive("ok", default="ok-end"),
        end(),
        chain("start", "again", "split"),
        flow("split", "a", "= true"),
        flow("split", "b", "= true"),
        chain("a", "join", "check", "ok", "end"),
        chain("b", "join"),
        flow("ok", "again", "= rework"),
    )
    for first, second in ("ab", "ba", "ba", "ab"):
        driven.complete(first)
        assert driven.open == [second]
        driven.complete(second)
        assert driven.open == ["check"]
        driven.complete("check", rework=True)


def test_a_terminate_end_withdraws_every_other_task_of_its_scope() -> None:
    driven = case(
        start(),
        parallel("fork"),
        user("a"),
        user("b"),
        terminate("stop"),
        end(),
        chain("start", "fork", "a", "stop"),
        chain("fork", "b", "end"),
    )
    driven.complete("a")
    assert driven.is_complete
    assert [event.element for event in driven.of(TaskWithdrawn)] == ["b"]
    assert driven.of(InstanceCompleted)[0].ends == ["stop"]


def test_a_terminate_end_inside_a_sub_process_ends_only_the_sub_process() -> None:
    driven = case(
        start(),
        parallel("fork"),
        user("outside"),
        sub(
            "part",
            start("s"),
            parallel("f"),
            user("a"),
            user("b"),
            terminate("stop"),
            chain("s", "f", "a", "stop"),
            chain("f", "b"),
        ),
        user("after"),
        chain("start", "fork", "part", "after"),
        chain("fork", "outside"),
    )
    driven.complete("a")
    assert driven.open == ["after", "outside"]


def test_a_sub_process_goes_on_when_no_token_is_left_inside() -> None:
    driven = case(
        start(),
        sub("part", start("s"), parallel("f"), user("a"), user("b"), chain("s", "f", "a"), chain("f", "b")),
        user("after"),
        chain("start", "part", "after"),
    )
    driven.complete("a")
    assert driven.open == ["b"]
    driven.complete("b")
    assert driven.open == ["after"]


def test_sub_processes_nest() -> None:
    inner = sub("inner", start("s2"), user("a"), chain("s2", "a"))
    driven = case(
        start(), sub("outer", start("s1"), inner, chain("s1", "inner")), end(), chain("start", "outer", "end")
    )
    driven.complete("a")
    assert driven.is_complete
    assert driven.path[:5] == ["start", "start-outer", "outer", "s1", "s1-inner"]


def test_an_element_without_outgoing_flow_is_an_implicit_end() -> None:
    driven = case(start(), user("a"), chain("start", "a"))
    driven.complete("a")
    assert driven.of(InstanceCompleted)[0].ends == ["a"]
    assert driven.path == ["start", "start-a", "a"]


def test_ids_that_are_the_librarys_own_run_like_any_other() -> None:
    driven = case(
        start("Start"), user("End"), user("Root"), end("demo.EndJoin"), chain("Start", "End", "Root", "demo.EndJoin")
    )
    assert driven.open == ["End"]
    driven.complete("End")
    assert driven.open == ["Root"]
    driven.complete("Root")
    assert driven.of(InstanceCompleted)[0].ends == ["demo.EndJoin"]


def test_plain_and_manual_tasks_are_passed_at_once() -> None:
    driven = case(start(), '<bpmn:task id="t"/>', '<bpmn:manualTask id="m"/>', end(), chain("start", "t", "m", "end"))
    assert driven.is_complete


def test_a_chain_of_three_hundred_nodes_runs() -> None:
    tasks = [f"t{index}" for index in range(298)]
    scripts = [script(task, "= 1", "x") for task in tasks]
    driven = case(start(), *scripts, end(), chain("start", *tasks, "end"))
    assert driven.is_complete


def test_completing_a_task_that_is_not_open_is_refused() -> None:
    driven = case(start(), user("a"), end(), chain("start", "a", "end"))
    task = driven.task("a").task
    driven.complete("a")
    with pytest.raises(InvalidState) as refused:
        driven.complete_task(task)
    assert refused.value.code == "task_not_open"


def test_cancelling_withdraws_tasks_and_forgets_the_instance() -> None:
    driven = Case(document(start(), user("a"), end(), chain("start", "a", "end")))
    instance = driven.start()
    driven.cancel(instance)
    assert driven.is_complete
    assert len(driven.of(TaskWithdrawn)) == len(driven.of(InstanceCancelled)) == 1
    with pytest.raises(InvalidState):
        driven.cancel(instance)


def test_a_tree_holds_several_instances_with_ids_of_one_counter() -> None:
    driven = Case(document(start(), user("a"), end(), chain("start", "a", "end")), reloads=True)
    first, second = driven.start(), driven.start()
    assert driven.open == ["a", "a"]
    ids = {first, second, *driven.tree.tasks}
    assert len(ids) == 4
    driven.complete("a")
    assert list(driven.tree.instances) == [second]
    assert len(driven.of(TaskOpened)) == 2
