"""Ad-hoc sub-processes: activities begun by name or by somebody, in any order, until enough has been done."""

from __future__ import annotations

import pytest

from engine.errors import InvalidState
from engine.events import TaskWithdrawn
from engine.message_events import SubscriptionClosed, SubscriptionOpened
from tests.unit.spiff.drawing import (
    ad_hoc,
    again_while,
    boundary,
    chain,
    compensation,
    document,
    element,
    end,
    error,
    event_sub,
    exclusive,
    flow,
    for_each,
    message,
    of_message,
    outside,
    parallel,
    properties,
    receive,
    repeated,
    script,
    start,
    sub,
    throw,
    timer,
    undone,
    user,
)
from tests.unit.spiff.driving import Case

AFTER = (user("after"), end("done"), chain("start", "x", "after", "done"))
PAIR = (user("a"), user("b"))


def begun(*inside: str, reloads: bool = True, beside: tuple[str, ...] = (), **declared: str) -> Case:
    """An instance that has come to an ad-hoc sub-process ``x``, stored and loaded after every step."""
    drawn = document(start(), ad_hoc("x", *inside, **declared), *beside, *AFTER, message("paid", "paid", "= 7"))
    case = Case(drawn, reloads=reloads)
    case.start(enough=False)
    return case


def test_nothing_begins_by_itself_and_everything_is_offered() -> None:
    case = begun(*PAIR, until="= enough")
    assert (case.open, case.offered) == ([], ["a", "b"])


def test_somebody_begins_what_is_offered_as_often_as_it_is_wanted() -> None:
    case = begun(*PAIR, until="= enough")
    case.begin("b")
    case.begin("a")
    case.begin("b")
    assert case.open == ["a", "b", "b"]
    assert case.offered == ["a", "b"]
    case.complete("b")
    case.complete("a")
    assert case.open == ["b"]
    case.complete("b", enough=True)
    assert (case.open, case.offered) == (["after"], [])
    case.complete("after")
    assert case.is_complete


def test_the_rest_is_given_up_when_enough_has_been_done() -> None:
    case = begun(*PAIR, until="= enough")
    case.begin("a")
    case.begin("b")
    case.complete("a", enough=True)
    assert (case.open, case.offered) == (["after"], [])
    assert [event.element for event in case.of(TaskWithdrawn)] == ["b"]


def test_the_rest_is_done_first_where_it_is_not_given_up_and_nothing_more_begins() -> None:
    case = begun(*PAIR, until="= enough", cancelRemainingInstances="false")
    case.begin("a")
    case.begin("b")
    case.complete("a", enough=True)
    assert (case.open, case.offered) == (["b"], [])
    case.complete("b", enough=False)
    assert case.open == ["after"]


def test_what_is_named_begins_with_it_and_without_condition_it_ends_when_nothing_is_under_way() -> None:
    case = begun(*PAIR, user("c"), begins='= ["c", "a"]')
    assert (case.open, case.offered) == (["a", "c"], ["a", "b", "c"])
    case.complete("a")
    case.begin("b")
    case.complete("c")
    assert case.open == ["b"]
    case.complete("b")
    assert (case.open, case.offered) == (["after"], [])


def test_naming_nothing_ends_it_at_once_unless_a_condition_says_otherwise() -> None:
    assert begun(*PAIR, begins="= []").open == ["after"]
    assert begun(*PAIR, begins="= []", until="= enough").offered == ["a", "b"]


def test_a_condition_is_not_asked_before_something_is_done() -> None:
    for case in (begun(*PAIR, begins='= ["a"]', until="= true"), begun(*PAIR, until="= true")):
        if not case.open:
            case.begin("a")
        assert case.open == ["a"]
        case.complete("a")
        assert case.open == ["after"]


def test_one_after_another_where_it_says_so() -> None:
    case = begun(*PAIR, begins='= ["b", "a", "b"]', until="= enough", ordering="Sequential")
    assert (case.open, case.offered) == (["b"], [])
    case.complete("b")
    assert (case.open, case.offered) == (["a"], [])
    case.complete("a")
    case.complete("b")
    assert (case.open, case.offered) == ([], ["a", "b"])
    case.begin("a")
    assert (case.open, case.offered) == (["a"], [])
    case.complete("a", enough=True)
    assert case.open == ["after"]


def test_what_follows_an_activity_is_not_begun_any_more_when_that_was_enough() -> None:
    inside = (user("a"), script("late", "= 1", "wrong"), user("b"), chain("a", "late", "b"))
    case = begun(*inside, until="= enough")
    assert case.offered == ["a"]
    case.begin("a")
    case.complete("a", enough=True)
    assert "late" not in case.path
    assert case.open == ["after"]


def test_flows_inside_are_followed() -> None:
    inside = (user("a"), exclusive("ok", default="ok-c"), user("b"), user("c"), flow("ok", "b", "= good"))
    case = begun(*inside, chain("a", "ok", "c"), begins='= ["a"]')
    case.complete("a", good=True)
    assert case.open == ["b"]
    case.complete("b")
    assert case.open == ["after"]


def test_a_join_waits_for_what_somebody_may_still_begin() -> None:
    inside = (*PAIR, parallel("join"), user("both"), chain("a", "join", "both"), flow("b", "join"))
    case = begun(*inside, until="= enough")
    case.begin("a")
    case.complete("a")
    assert (case.open, case.fault_codes, case.offered) == ([], [], ["a", "b"])
    case.begin("b")
    case.complete("b")
    assert case.open == ["both"]
    case.complete("both", enough=True)
    assert case.open == ["after"]


def test_a_condition_that_is_none_stands_still_as_a_fault_of_the_sub_process() -> None:
    case = begun(*PAIR, until="= enough")
    case.begin("a")
    case.begin("b")
    case.complete("a", enough="perhaps")
    (fault,) = case.tree.faults.values()
    assert (fault.code, fault.element) == ("condition_not_boolean", "x")
    assert case.open == ["b"]
    case.correct(1, enough=True)
    case.retry(fault.fault)
    assert (case.open, case.fault_codes) == (["after"], [])


@pytest.mark.parametrize("named", ["= null", "= 7", '= "a"', '= ["nothing"]', "= [1]", '= ["a", "late"]'])
def test_naming_what_is_not_offered_is_a_fault_with_nothing_begun(named: str) -> None:
    case = begun(*PAIR, user("late"), flow("a", "late"), begins=named)
    (fault,) = case.tree.faults.values()
    assert (fault.code, fault.element) == ("activities_unusable", "x")
    assert (case.open, case.offered) == ([], [])


def test_beginning_with_too_many_is_a_fault_with_nothing_begun() -> None:
    assert len(begun(*PAIR, begins='= for i in 1..200 return "a"', reloads=False).open) == 200
    case = begun(*PAIR, begins='= for i in 1..201 return "a"')
    assert (case.fault_codes, case.open, case.offered) == (["too_many_items"], [], [])


def test_a_list_is_corrected_and_tried_again() -> None:
    case = begun(*PAIR, begins='= if enough then ["a"] else null')
    (fault,) = case.tree.faults
    case.correct(1, enough=True)
    case.retry(fault)
    assert (case.open, case.offered, case.fault_codes) == (["a"], ["a", "b"], [])


def test_a_boundary_event_ends_all_of_it() -> None:
    beside = (boundary("late", "x", timer("timeDuration", "PT1H")), user("told"), chain("late", "told"))
    case = begun(*PAIR, until="= enough", beside=beside)
    case.begin("a")
    assert case.fire()
    assert (case.open, case.offered) == (["told"], [])
    opened, closed = case.of(SubscriptionOpened), case.of(SubscriptionClosed)
    assert len(opened) == len(closed) + 1, "one was taken up"


def test_an_error_inside_ends_all_of_it() -> None:
    beside = (boundary("lost", "x", error("lost")), user("told"), chain("lost", "told"))
    case = begun(*PAIR, outside("ask", "water"), until="= enough", beside=beside)
    case.begin("a")
    case.begin("ask")
    case.reject("ask", "lost")
    assert (case.open, case.offered) == (["told"], [])


def test_event_sub_processes_of_it_begin_beside_and_instead() -> None:
    for interrupts in (False, True):
        told = event_sub("es", of_message("paid"), user("t"), end("e"), chain("on_es", "t", "e"), interrupts=interrupts)
        case = begun(*PAIR, told, until="= enough")
        case.begin("a")
        assert case.correlate("on_es")
        assert case.open == (["t"] if interrupts else ["a", "t"])
        assert case.offered == ([] if interrupts else ["a", "b"])
        case.complete("t", enough=True)
        assert case.open == ["after"]


def test_what_was_done_in_it_is_undone() -> None:
    drawn = document(
        start(),
        ad_hoc("x", user("a"), undone("a"), user("b"), until="= enough"),
        throw("back", compensation("x")),
        end("done"),
        chain("start", "x", "back", "done"),
    )
    case = Case(drawn, reloads=True)
    case.start(enough=False)
    for enough in (False, True):
        case.begin("a")
        case.complete("a", enough=enough)
    case.complete("undo_a")
    case.complete("undo_a")
    assert case.is_complete


def test_each_of_several_offers_for_itself() -> None:
    each = repeated(ad_hoc("x", *PAIR, until="= enough"), for_each("= [1, 2]", "item"))
    case = Case(document(start(), each, *AFTER), reloads=True)
    case.start(enough=False)
    assert case.offered == ["a", "a", "b", "b"]
    case.begin("a")
    case.complete("a", enough=True)
    case.begin("b")
    case.complete("b")
    assert case.open == ["after"]


def test_again_and_again_in_a_loop() -> None:
    turn = repeated(ad_hoc("x", *PAIR, until="= enough"), again_while("loopCounter < 3"))
    case = Case(document(start(), turn, *AFTER), reloads=True)
    case.start(enough=False)
    for _ in range(3):
        assert case.offered == ["a", "b"]
        case.begin("b")
        case.complete("b", enough=True)
    assert case.open == ["after"]


def test_one_inside_another_and_activities_of_every_kind() -> None:
    inner = ad_hoc("y", user("deep"), until="= deepest")
    part = sub("part", start("s"), user("u"), end("e"), chain("s", "u", "e"))
    wanted = (inner, part, receive("told", "paid"), script("sum", "= 1 + 1", "two"))
    case = begun(*wanted, until="= enough")
    assert case.offered == ["part", "sum", "told", "y"]
    for wish in ("y", "deep", "part", "told", "sum"):
        case.begin(wish)
    assert case.open == ["deep", "u"]
    case.complete("deep", deepest=True)
    assert case.offered == ["part", "sum", "told", "y"]
    assert case.correlate("told", enough=True)
    assert case.open == ["after"]


def test_an_operator_takes_away_what_was_begun() -> None:
    case = begun(*PAIR, begins='= ["a"]')
    case.remove("a")
    assert (case.open, case.offered) == (["after"], [])


def test_nothing_goes_on_while_it_is_paused() -> None:
    case = begun(*PAIR, until="= enough")
    case.begin("a")
    case.pause(1)
    with pytest.raises(InvalidState, match="paused"):
        case.begin("b")
    case.complete("a", enough=True)
    assert case.open == []
    case.resume(1)
    assert case.open == ["after"]


def test_a_wish_that_comes_twice_begins_one() -> None:
    case = begun(*PAIR, until="= enough")
    wish = next(iter(case.tree.subscriptions))
    assert case.deliver(wish)
    assert not case.deliver(wish)
    assert case.open == ["a"]


def test_stages_and_deadlines_are_those_of_any_sub_process() -> None:
    case = begun(user("a", properties(stage="会商")), element("task", "note"), until="= enough")
    case.begin("a")
    assert case.task("a").stage == "会商"
