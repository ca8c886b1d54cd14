"""Compensation: what was done is undone in reverse, once, with the variables of that time; and transactions."""

from __future__ import annotations

import pytest

from engine.errors import InvalidState
from engine.events import VariablesWritten
from engine.spiff import lint_process, undoing
from tests.unit.spiff.drawing import (
    CANCEL,
    again_while,
    boundary,
    call,
    chain,
    compensation,
    document,
    end,
    error,
    event_sub,
    exclusive,
    extensions,
    flow,
    for_each,
    mapping,
    message,
    of_message,
    parallel,
    repeated,
    rule_task,
    script,
    start,
    sub,
    throw,
    timer,
    transaction,
    undone,
    user,
)
from tests.unit.spiff.driving import Case
from tests.unit.spiff.elements.part import CALLED


def case(*parts: str, reloads: bool, **variables: object) -> Case:
    driven = Case(document(*parts), CALLED, reloads=reloads)
    driven.start(**variables)
    return driven


def handler(host: str, expression: str, result: str) -> str:
    """A script that undoes an activity."""
    task = script(f"undo_{host}", expression, result)
    return undone(host, task.replace("<bpmn:scriptTask", '<bpmn:scriptTask isForCompensation="true"'))


def written(driven: Case, name: str) -> list[object]:
    return [event.values[name] for event in driven.of(VariablesWritten) if name in event.values]


INSIDE = (start("s"), user("a"), undone("a"), user("b"), undone("b"), end("e"), chain("s", "a", "b", "e"))
UNDO = (end("undo", compensation()), chain("ask", "undo"))


def test_what_was_done_last_is_undone_first(reloads: bool) -> None:
    driven = case(
        start(), user("a"), undone("a"), user("b"), undone("b"), throw("undo", compensation()), user("after"),
        chain("start", "a", "b", "undo", "after"), reloads=reloads,
    )  # fmt: skip
    for task in ("a", "b", "undo_b", "undo_a", "after"):
        assert driven.open == [task]
        driven.complete(task)
    assert driven.is_complete
    assert driven.path[6:11] == ["undo", "on_b", "undo_b", "on_a", "undo_a"]


def test_what_was_not_done_is_not_undone(reloads: bool) -> None:
    driven = case(
        start(), parallel("f"), user("a"), undone("a"), user("b"), undone("b"), user("ask"),
        chain("start", "f", "a"), chain("f", "b"), chain("f", "ask"), *UNDO, reloads=reloads,
    )  # fmt: skip
    driven.complete("b")
    driven.complete("ask")
    assert driven.open == ["a", "undo_b"]
    driven.complete("a")
    driven.complete("undo_b")
    assert driven.is_complete


def test_what_was_undone_is_not_undone_again(reloads: bool) -> None:
    driven = case(
        start(), user("a"), undone("a"), throw("first", compensation("a")), user("ask"),
        chain("start", "a", "first", "ask"), *UNDO, reloads=reloads,
    )  # fmt: skip
    driven.complete("a")
    driven.complete("undo_a")
    driven.complete("ask")
    assert driven.is_complete


def test_one_activity_is_undone_by_name(reloads: bool) -> None:
    driven = case(
        start(), sub("part", *INSIDE), user("c"), undone("c"), throw("undo", compensation("part")), user("after"),
        chain("start", "part", "c", "undo", "after"), reloads=reloads,
    )  # fmt: skip
    for task in ("a", "b", "c", "undo_b", "undo_a"):
        driven.complete(task)
    assert driven.open == ["after"]


def test_a_handler_reads_the_variables_of_that_time_and_writes_those_of_today(reloads: bool) -> None:
    driven = case(
        start(), exclusive("m"), user("a"), handler("a", "= n", "n"), exclusive("x", default="x-ask"), user("ask"),
        flow("x", "m", "= n < 3"), chain("start", "m", "a", "x", "ask"), *UNDO, reloads=reloads, n=0,
    )  # fmt: skip
    for n in (1, 2, 3):
        driven.complete("a", n=n)
    driven.complete("ask", n=9)
    assert driven.is_complete
    assert written(driven, "n") == [0, 1, 2, 3, 9, 3, 2, 1]


def test_a_handler_reads_what_its_activity_had_of_its_own(reloads: bool) -> None:
    paid = user("a", mapping(inputs={"amount": "= each * 10"}))
    driven = case(
        start(), repeated(paid, for_each("= [1, 2]", "each")), handler("a", "= loopCounter + amount", "back"),
        user("ask"), chain("start", "a", "ask"), *UNDO, reloads=reloads,
    )  # fmt: skip
    for task in driven.tree.tasks:
        driven.complete_task(task)
    driven.complete("ask")
    assert written(driven, "back") == [22, 11]


def test_a_sub_process_is_undone_with_its_variables_as_they_were(reloads: bool) -> None:
    inside = (
        start("s"),
        user("a"),
        handler("a", "= own", "seen"),
        user("b"),
        handler("b", "= own + 1", "own"),
        end("e"),
    )
    driven = case(
        start(), sub("part", *inside, chain("s", "a", "b", "e"), inner=extensions(mapping(inputs={"own": "= 1"}))),
        user("ask"), chain("start", "part", "ask"), *UNDO, reloads=reloads,
    )  # fmt: skip
    driven.complete("a", own=5)
    driven.complete("b", own=7)
    driven.complete("ask")
    assert driven.is_complete
    # The second handler writes the sub-process's own variable, the first one reads it as it once was.
    assert (written(driven, "own"), written(driven, "seen")) == ([1, 5, 7, 8], [5])


@pytest.mark.parametrize("characteristics", [for_each(cardinality="2"), again_while("loopCounter < 2")])
def test_each_performance_of_a_sub_process_is_undone(characteristics: str, reloads: bool) -> None:
    driven = case(
        start(), repeated(sub("part", *INSIDE), characteristics), user("ask"), chain("start", "part", "ask"), *UNDO,
        reloads=reloads,
    )  # fmt: skip
    for task in (*("a", "b") * 2, "ask", *("undo_b", "undo_a") * 2):
        driven.complete(task)
    assert driven.is_complete


def test_only_performances_that_are_done_are_undone(reloads: bool) -> None:
    driven = case(
        start(), repeated(user("a"), for_each(cardinality="4", until="numberOfCompletedInstances = 2")), undone("a"),
        user("ask"), chain("start", "a", "ask"), *UNDO, reloads=reloads,
    )  # fmt: skip
    for task in ("a", "a", "ask", "undo_a", "undo_a"):
        driven.complete(task)
    assert driven.is_complete


def test_a_handler_of_several_steps_may_wait_and_throw(reloads: bool) -> None:
    steps = (start("s"), user("call"), end("fail", error("lost")), chain("s", "call", "fail"))
    undo_a = sub("undo_a", *steps).replace("<bpmn:subProcess", '<bpmn:subProcess isForCompensation="true"')
    driven = case(
        start(), sub("part", start("p"), user("a"), undone("a", undo_a), end("e", compensation()),
                     chain("p", "a", "e")),
        boundary("failed", "part", error("lost")), user("after"), chain("start", "part"), chain("failed", "after"),
        reloads=reloads,
    )  # fmt: skip
    driven.complete("a")
    driven.complete("call")
    assert driven.open == ["after"]


def test_the_handler_of_a_sub_process_stands_for_all_inside_it(reloads: bool) -> None:
    driven = case(
        start(),
        sub("part", *INSIDE),
        undone("part"),
        user("ask"),
        chain("start", "part", "ask"),
        *UNDO,
        reloads=reloads,
    )
    for task in ("a", "b", "ask", "undo_part"):
        driven.complete(task)
    assert driven.is_complete


def test_a_called_process_is_undone_by_the_handler_of_its_call(reloads: bool) -> None:
    driven = case(
        start(), call("a", "called"), undone("a"), user("ask"), chain("start", "a", "ask"), *UNDO, reloads=reloads
    )
    for task in ("inside", "ask", "undo_a"):
        driven.complete(task)
    assert driven.is_complete


def test_a_compensation_event_sub_process_undoes_its_sub_process(reloads: bool) -> None:
    begun = event_sub("es", compensation(), user("tell"), throw("t", compensation("b")), chain("on_es", "tell", "t"))
    driven = case(
        start(), sub("part", *INSIDE, begun), user("ask"), chain("start", "part", "ask"), *UNDO, reloads=reloads
    )
    for task in ("a", "b", "ask", "tell", "undo_b"):
        driven.complete(task)
    assert driven.is_complete


def test_an_event_sub_process_undoes_what_its_scope_has_done(reloads: bool) -> None:
    begun = event_sub("es", error("lost"), user("c"), undone("c"), throw("t", compensation()), user("told"),
                      chain("on_es", "c", "t", "told"))  # fmt: skip
    driven = case(
        start(), user("a"), undone("a"), user("b"), end("fail", error("lost")), chain("start", "a", "b", "fail"), begun,
        reloads=reloads,
    )  # fmt: skip
    for task in ("a", "b", "c", "undo_c", "undo_a", "told"):
        driven.complete(task)
    assert driven.is_complete


def test_what_is_given_up_while_it_undoes_leaves_the_rest_to_be_undone(reloads: bool) -> None:
    driven = case(
        start(), user("a"), undone("a"), user("b"), undone("b"), throw("undo", compensation()), user("ask"),
        chain("start", "a", "b", "undo", "ask"), end("again", compensation()), chain("ask", "again"), reloads=reloads,
    )  # fmt: skip
    driven.complete("a")
    driven.complete("b")
    driven.move("undo_b", "ask")
    driven.complete("ask")
    assert driven.open == ["undo_a"]


def test_a_sub_process_of_which_some_is_undone_is_undone_further(reloads: bool) -> None:
    driven = case(
        start(), sub("part", *INSIDE), throw("undo", compensation()), user("ask"), end("again", compensation()),
        chain("start", "part", "undo", "ask", "again"), reloads=reloads,
    )  # fmt: skip
    for task in ("a", "b"):
        driven.complete(task)
    driven.move("undo_b", "ask")
    driven.complete("ask")
    assert driven.open == ["undo_a"]
    driven.complete("undo_a")
    assert driven.is_complete


def test_no_token_is_moved_within_what_is_undone(reloads: bool) -> None:
    driven = case(
        start(), sub("part", *INSIDE), end("undo", compensation()), chain("start", "part", "undo"), reloads=reloads
    )
    driven.complete("a")
    driven.complete("b")
    for target in ("a", "undo_a", "undo_b", "on_b"):
        with pytest.raises(InvalidState):
            driven.move("undo_b", target)
        driven.reload()


def test_a_transaction_that_is_cancelled_undoes_what_was_done_and_gives_up_the_rest(reloads: bool) -> None:
    driven = case(
        start(), transaction("part", start("s"), parallel("f"), user("a"), undone("a"), user("never"), user("b"),
                             end("no", CANCEL), chain("s", "f", "a", "b", "no"), chain("f", "never")),
        boundary("cancelled", "part", CANCEL), user("after"), user("on"), chain("start", "part", "on"),
        chain("cancelled", "after"), reloads=reloads,
    )  # fmt: skip
    driven.complete("a")
    driven.complete("b")
    assert driven.open == ["undo_a"]
    driven.complete("undo_a")
    assert driven.open == ["after"]


def test_a_transaction_that_is_done_can_be_undone_as_a_sub_process(reloads: bool) -> None:
    driven = case(
        start(), transaction("part", *INSIDE), user("ask"), chain("start", "part", "ask"), *UNDO, reloads=reloads
    )
    for task in ("a", "b", "ask", "undo_b", "undo_a"):
        driven.complete(task)
    assert driven.is_complete


def test_what_ends_a_scope_ends_what_it_undoes(reloads: bool) -> None:
    driven = case(
        start(), sub("part", *INSIDE[:-2], end("e", compensation()), chain("s", "a", "b", "e")),
        boundary("late", "part", timer("timeDuration", "PT1H")), user("after"), chain("start", "part"),
        chain("late", "after"), reloads=reloads,
    )  # fmt: skip
    driven.complete("a")
    driven.complete("b")
    assert driven.fire()
    assert driven.open == ["after"]


def test_no_more_is_kept_than_the_limit(reloads: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undoing, "MOST_UNDOABLE", 2)
    driven = case(
        start(), exclusive("m"), user("a"), undone("a"), end("e", compensation()), exclusive("x", default="x-e"),
        flow("x", "m", "= more"), chain("start", "m", "a", "x", "e"), reloads=reloads,
    )  # fmt: skip
    for _ in range(3):
        driven.complete("a", more=True)
    assert driven.fault_codes == ["too_much_to_undo"]


def test_what_was_done_in_many_steps_may_be_undone_in_one() -> None:
    driven = case(
        start(), repeated(user("a"), for_each(cardinality="150")), handler("a", "= loopCounter", "last"), user("ask"),
        chain("start", "a", "ask"), *UNDO, reloads=False,
    )  # fmt: skip
    for task in tuple(driven.tree.tasks):
        driven.complete_task(task)
    driven.complete("ask")
    assert driven.is_complete
    assert written(driven, "last") == list(range(150, 0, -1))


def test_only_what_a_handler_reads_is_kept() -> None:
    parts = (start(), user("a"), user("ask"), chain("start", "a", "ask"), *UNDO)

    def size(undo_a: str) -> int:
        driven = case(*parts, undo_a, reloads=False, big="x" * 5_000, n=1)
        before = len(driven.tree.dump())
        driven.complete("a")
        return len(driven.tree.dump()) - before

    assert size(handler("a", "= n", "m")) < 100
    assert size(handler("a", "= string length(big)", "m")) > 5_000
    asks = rule_task("undo_a", "rating", "rated").replace("RuleTask id", 'RuleTask isForCompensation="true" id')
    assert size(undone("a", asks)) > 5_000


def test_a_diagram_that_undoes_nothing_keeps_nothing() -> None:
    driven = case(start(), user("a"), user("b"), chain("start", "a", "b"), reloads=False)
    before = len(driven.tree.dump())
    driven.complete("a")
    assert len(driven.tree.dump()) == before


def test_a_border_with_a_handler_may_have_other_events() -> None:
    source = document(
        message("m", "paid", "= 7"), start(), user("a"), undone("a"), boundary("paid", "a", of_message("m")),
        user("ask"), chain("start", "a", "ask"), chain("paid", "ask"), *UNDO,
    )  # fmt: skip
    assert [finding.rule for finding in lint_process(source)] == []
