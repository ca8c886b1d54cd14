"""Multi-instance activities: once for each item, with one border and one outcome for the whole."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import Forbidden
from engine.events import TaskOpened, TaskWithdrawn, VariablesWritten
from engine.spiff.limits import MOST_ITEMS, USUAL_ITEMS
from tests.unit.spiff.drawing import (
    again_while,
    chain,
    extensions,
    for_each,
    mapping,
    properties,
    repeated,
    start,
    sub,
    user,
)
from tests.unit.spiff.items import SEQUENTIAL, VOTING, asking, case, numbers, values_of


@pytest.fixture(params=[{}, SEQUENTIAL], ids=["parallel", "sequential"])
def order(request: pytest.FixtureRequest) -> dict[str, str]:
    return dict(request.param)


# --- side by side and one after another


def test_each_item_has_a_task_at_once_with_its_own_item_and_number(reloads: bool) -> None:
    driven = case(*asking(VOTING), reloads=reloads, people=["a", "b", "c"])
    assert driven.open == ["u", "u", "u"]
    assert values_of(driven, "p") == ["a", "b", "c"]
    assert values_of(driven, "loopCounter") == [1, 2, 3]
    assert driven.path.count("u") == 1


def test_one_after_another_only_one_task_is_open(reloads: bool) -> None:
    driven = case(*asking(for_each("= people", "p", isSequential="true")), reloads=reloads, people=["a", "b"])
    for _ in range(2):
        assert driven.open == ["u"]
        driven.complete("u")
    assert driven.open == ["next"]
    assert values_of(driven, "p") == ["a", "b"]


def test_what_is_yielded_stands_in_the_order_of_the_items_whatever_the_order_of_completion(reloads: bool) -> None:
    driven = case(*asking(VOTING), reloads=reloads, people=["a", "b", "c"])
    for task, vote in reversed(list(zip(sorted(driven.tree.tasks), ("x", "y", "z"), strict=True))):
        driven.complete_task(task, vote=vote)
    assert driven.open == ["next"]
    assert values_of(driven, "votes") == [["x", "y", "z"]]


def test_an_answer_that_is_yielded_stays_with_its_performance_others_go_outwards(reloads: bool) -> None:
    driven = case(*asking(VOTING), reloads=reloads, people=["a", "b"])
    instance_scope = next(event.scope for event in driven.of(VariablesWritten) if "people" in event.values)
    driven.complete("u", vote="yes", seen=True)
    scopes = {name: event.scope for event in driven.of(VariablesWritten) for name in event.values}
    assert numbers(driven)[scopes["vote"]] == 1
    assert scopes["seen"] == instance_scope


def test_no_item_completes_at_once_with_nothing(reloads: bool, order: dict[str, str]) -> None:
    voting = for_each("= people", "p", output="votes", yields="= vote", **order)
    driven = case(*asking(voting), reloads=reloads, people=[])
    assert driven.open == ["next"]
    assert values_of(driven, "votes") == [[]]


def test_a_number_says_how_often(reloads: bool, order: dict[str, str]) -> None:
    driven = case(*asking(for_each(cardinality="= times + 1", **order)), reloads=reloads, times=2)
    for _ in range(3):
        driven.complete("u")
    assert driven.open == ["next"]
    assert values_of(driven, "loopCounter") == [1, 2, 3]


def test_a_number_of_none_completes_at_once(reloads: bool) -> None:
    assert case(*asking(for_each(cardinality="0")), reloads=reloads).open == ["next"]


def test_inputs_and_outputs_are_those_of_each_performance(reloads: bool) -> None:
    maps = mapping({"greeting": '= "to " + p'}, {"said": "= answer"})
    each = for_each("= people", "p", output="all", yields="= said")
    driven = case(*asking(each, maps), reloads=reloads, people=["a", "b"])
    assert values_of(driven, "greeting") == ["to a", "to b"]
    for task, answer in zip(sorted(driven.tree.tasks), ("one", "two"), strict=True):
        driven.complete_task(task, answer=answer)
    assert values_of(driven, "all") == [["one", "two"]]


def test_each_task_goes_to_whom_its_item_names(reloads: bool) -> None:
    driven = case(*asking(for_each("= units", "unit"), extensions()), reloads=reloads, units=["x", "y"])
    assert driven.open == ["u", "u"]
    asked = (start(), repeated(user("u", groups="= unit"), for_each("= units", "unit")), chain("start", "u"))
    driven = case(*asked, reloads=reloads, units=["x", "y"])
    assert [task.groups for task in driven.of(TaskOpened)] == [["x"], ["y"]]


# --- the completion condition


def test_a_true_completion_condition_withdraws_the_others_and_yields_null_for_them(reloads: bool) -> None:
    voting = for_each("= people", "p", output="votes", yields="= vote", until="= numberOfCompletedInstances = 2")
    driven = case(*asking(voting), reloads=reloads, people=["a", "b", "c", "d"])
    tasks = sorted(driven.tree.tasks)
    driven.complete_task(tasks[3], vote="late")
    assert len(driven.open) == 3
    driven.complete_task(tasks[1], vote="early")
    assert driven.open == ["next"]
    assert {event.task for event in driven.of(TaskWithdrawn)} == {tasks[0], tasks[2]}
    assert values_of(driven, "votes") == [[None, "early", None, "late"]]


def test_a_true_completion_condition_begins_no_further_performance(reloads: bool) -> None:
    voting = for_each("= people", "p", output="votes", yields="= vote", until="= vote = false", **SEQUENTIAL)
    driven = case(*asking(voting), reloads=reloads, people=["a", "b", "c"])
    driven.complete("u", vote=True)
    driven.complete("u", vote=False)
    assert driven.open == ["next"]
    assert values_of(driven, "votes") == [[True, False, None]]


def test_a_completion_condition_sees_the_counts_the_item_and_what_was_yielded_so_far(reloads: bool) -> None:
    seen = (
        "{t: numberOfInstances, a: numberOfActiveInstances, c: numberOfCompletedInstances,"
        " x: numberOfTerminatedInstances, p: p, n: loopCounter, v: votes}"
    )
    until = f'= {seen} = {{t: 3, a: 1, c: 2, x: 0, p: "a", n: 1, v: [1, null, 3]}}'
    voting = for_each("= people", "p", output="votes", yields="= vote", until=until)
    driven = case(*asking(voting), reloads=reloads, people=["a", "b", "c"])
    tasks = sorted(driven.tree.tasks)
    driven.complete_task(tasks[2], vote=3)
    assert driven.open == ["u", "u"]
    driven.complete_task(tasks[0], vote=1)
    assert driven.open == ["next"]


def test_a_completion_condition_that_is_neither_is_a_fault_and_counts_nothing_twice(reloads: bool) -> None:
    voting = for_each("= people", "p", output="votes", yields="= vote", until="= enough")
    driven = case(*asking(voting), reloads=reloads, people=["a", "b"])
    driven.complete("u", vote=1)
    (fault,) = driven.tree.faults.values()
    assert (fault.element, fault.code) == ("u", "condition_not_boolean")
    driven.retry(fault.fault)
    assert driven.fault_codes == ["condition_not_boolean"]
    driven.complete("u", vote=2, enough=False)
    driven.retry(fault.fault)
    assert driven.open == ["next"]
    assert values_of(driven, "votes") == [[1, 2]]


# --- what cannot be performed


@pytest.mark.parametrize("people", [None, "a, b", 3, {"a": 1}])
def test_what_is_no_list_is_a_visible_fault_with_nothing_begun(reloads: bool, people: Any) -> None:
    driven = case(*asking(VOTING), reloads=reloads, people=people)
    (fault,) = driven.tree.faults.values()
    assert (fault.element, fault.code) == ("u", "collection_unusable")
    assert driven.open == []
    driven.retry(fault.fault)
    assert driven.fault_codes == ["collection_unusable"]


@pytest.mark.parametrize("times", [-1, 1.5, "3", None])
def test_what_is_no_number_of_times_is_a_visible_fault(reloads: bool, times: Any) -> None:
    driven = case(*asking(for_each(cardinality="= times")), reloads=reloads, times=times)
    assert driven.fault_codes == ["cardinality_unusable"]


def test_more_items_than_the_limit_are_refused_with_the_advice_to_start_cases(reloads: bool) -> None:
    driven = case(*asking(VOTING), reloads=reloads, people=list(range(USUAL_ITEMS + 1)))
    (fault,) = driven.tree.faults.values()
    assert fault.code == "too_many_items"
    assert "batch" in fault.message_en


def test_a_number_of_times_beyond_all_counting_is_one_of_them(reloads: bool) -> None:
    driven = case(*asking(for_each(cardinality="= number(digits)")), reloads=reloads, digits="9" * 5000)
    assert driven.fault_codes == ["too_many_items"]


def test_a_diagram_may_ask_for_more_items() -> None:
    driven = case(*asking(VOTING, properties(mostItems=str(MOST_ITEMS))), reloads=True, people=list(range(MOST_ITEMS)))
    assert len(driven.open) == MOST_ITEMS


def test_nested_items_are_bounded_in_one_command() -> None:
    inner = sub("s", start("i"), repeated(user("u"), for_each(cardinality="200")), chain("i", "u"))
    driven = case(start(), repeated(inner, for_each(cardinality="200")), chain("start", "s"), reloads=False)
    assert len(driven.open) <= MOST_ITEMS
    assert set(driven.fault_codes) == {"too_many_items"}


def test_a_value_that_cannot_be_kept_is_a_fault_with_nothing_begun(reloads: bool) -> None:
    driven = case(*asking(for_each("= [1, function(x) x]", "p")), reloads=reloads)
    assert driven.fault_codes == ["value_not_storable"]
    assert driven.open == []


# --- properties


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_order_of_answers_yields_the_same_straight_and_stored_and_loaded(data: st.DataObject) -> None:
    count = data.draw(st.integers(0, 6))
    enough = data.draw(st.integers(1, 6))
    attributes = data.draw(st.sampled_from([{}, SEQUENTIAL]))
    voting = for_each("= people", "p", output="votes", yields="= vote",
                      until=f"= numberOfCompletedInstances >= {enough}", **attributes)  # fmt: skip
    both = [case(*asking(voting), reloads=reloads, people=list(range(count))) for reloads in (False, True)]
    expected: list[int | None] = [None] * count
    for done in range(min(count, enough)):
        tasks = sorted(both[0].tree.tasks)
        assert len(tasks) == (1 if attributes else count - done)
        task = data.draw(st.sampled_from(tasks))
        for driven in both:
            driven.complete_task(task, vote=task)
        (scope,) = [event.scope for event in both[0].of(VariablesWritten) if event.values.get("vote") == task]
        expected[numbers(both[0])[scope] - 1] = task
    straight, stored = both
    assert straight.open == stored.open == ["next"]
    assert straight.events == stored.events
    assert values_of(straight, "votes") == [expected]


def test_a_completion_stores_what_is_left_and_what_was_yielded_but_no_item_twice() -> None:
    people = [{"name": f"n{index}", "note": "x" * 100} for index in range(100)]
    driven = case(*asking(for_each("= people", "p", **SEQUENTIAL)), reloads=False, people=people)
    sizes = []
    for _ in range(99):
        driven.complete("u")
        sizes.append(driven.reload())
    assert sizes == sorted(sizes, reverse=True)
    side_by_side = case(*asking(for_each("= people", "p")), reloads=False, people=people)
    assert side_by_side.reload() < 3 * 100 * 150


def test_each_item_may_be_asked_of_another_person(reloads: bool, order: dict[str, str]) -> None:
    """A task that is separate from itself: nobody performs two of its items."""
    apart = properties(separateFrom="u")
    driven = case(*asking(for_each(cardinality="2", **order), apart), reloads=reloads)
    driven.complete("u", "user:1")
    with pytest.raises(Forbidden):
        driven.complete("u", "user:1")


@pytest.mark.parametrize(
    ("characteristics", "names"),
    [
        (for_each('= ["水务局", "燃气公司"]', "p"), ["U（水务局）", "U（燃气公司）"]),
        (for_each('= [{name: "水务局"}, {unit: 7}]', "p"), ["U（水务局）", "U（2/2）"]),
        (for_each('= ["", "a\nb"]', "p"), ["U（1/2）", "U（2/2）"]),
        (for_each(cardinality="2"), ["U（1/2）", "U（2/2）"]),
        (again_while("loopCounter < 2"), ["U（1）", "U（2）"]),
    ],
)
def test_tasks_of_one_element_are_told_apart_by_their_names(
    characteristics: str, names: list[str], reloads: bool
) -> None:
    around = sub("around", start("s"), user("u"), chain("s", "u"))
    for first, activity in {"u": user("u"), "around": around}.items():
        driven = case(start(), repeated(activity, characteristics), chain("start", first), reloads=reloads)
        shown = [task.name for task in driven.tree.tasks.values()]
        while driven.open:
            driven.complete("u")
            shown += [task.name for task in driven.tree.tasks.values()]
        assert list(dict.fromkeys(shown)) == names
        assert [event.name for event in driven.of(TaskOpened)] == names
