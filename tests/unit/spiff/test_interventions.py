"""An operator's hand: tokens added and taken away, variables corrected, an instance held and let go."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import assume, given

from engine.errors import Invalid, InvalidState, Refusal
from engine.event import Event
from engine.events import InstanceCompleted, TaskOpened, TimerFired
from engine.intervention_events import InstancePaused, InstanceResumed, VariablesCorrected
from tests.unit.spiff.drawing import (
    boundary,
    call,
    catch,
    chain,
    document,
    end,
    exclusive,
    flow,
    inclusive,
    message,
    of_message,
    parallel,
    start,
    sub,
    timer,
    user,
)
from tests.unit.spiff.driving import Case
from tests.unit.spiff.generating import Graph, structured
from tests.unit.spiff.test_equivalence import MOST_OPEN, MOVES, RELAXED, SEEDS, has_join

#: How long an operator acts on an instance, and how long it may take to its end.
MOVES_BY_HAND = 60
MOST_MOVES = 600


def begun(*parts: str, reloads: bool, **variables: object) -> tuple[Case, int]:
    driven = Case(document(*parts), reloads=reloads)
    return driven, driven.start(**variables)


LINE = (start(), user("a"), user("b"), user("c"), end(), chain("start", "a", "b", "c", "end"))
FORKED = (
    start(),
    parallel("fork"),
    user("a"),
    user("b"),
    parallel("join"),
    user("after"),
    end(),
    chain("start", "fork", "a", "join", "after", "end"),
    chain("fork", "b", "join"),
)
INSIDE = (
    start(),
    sub("inner", start("s"), user("x"), user("y"), end("e"), chain("s", "x", "y", "e")),
    user("after"),
    end(),
    chain("start", "inner", "after", "end"),
)


def test_nothing_moves_while_an_instance_is_paused_and_what_came_goes_on_afterwards(reloads: bool) -> None:
    driven, instance = begun(*LINE, reloads=reloads)
    driven.pause(instance)
    driven.complete("a", answer=7)
    assert driven.open == []
    assert [token.is_held for token in driven.tree.tokens.values()] == [True]
    driven.resume(instance)
    assert driven.open == ["b"]
    assert driven.tree.scopes[next(iter(driven.tree.scopes))].variables == {"answer": 7}


def test_a_timer_that_comes_during_a_pause_is_kept(reloads: bool) -> None:
    border = boundary("late", "a", timer("timeDuration", "PT1H"))
    parts = (start(), user("a"), border, user("told"), end(), chain("start", "a", "end"), chain("late", "told", "end"))
    driven, instance = begun(*parts, reloads=reloads)
    driven.pause(instance)
    assert driven.fire()
    assert driven.open == []
    assert len(driven.of(TimerFired)) == 1
    driven.resume(instance)
    assert driven.open == ["told"]


def test_a_message_that_comes_during_a_pause_is_kept_with_what_it_says(reloads: bool) -> None:
    waiting = catch("heard", of_message("m"))
    parts = (start(), waiting, user("told"), end(), chain("start", "heard", "told", "end"))
    driven = Case(document(*parts, around=message("m", "news", '="k"')), reloads=reloads)
    instance = driven.start()
    driven.pause(instance)
    assert driven.correlate("heard", word="here")
    assert (driven.open, driven.subscribed) == ([], [])
    driven.resume(instance)
    assert driven.open == ["told"]
    assert driven.tree.scopes[2].variables == {"word": "here"}


def test_a_pause_holds_the_instances_that_are_called_too(reloads: bool) -> None:
    called = document(start("s"), user("x"), user("y"), end("e"), chain("s", "x", "y", "e"), key="inner")
    calling = document(start(), call("c", "inner"), user("after"), end(), chain("start", "c", "after", "end"))
    driven = Case(calling, called, reloads=reloads)
    instance = driven.start()
    driven.pause(instance)
    driven.complete("x")
    assert driven.open == []
    inner = next(number for number in driven.tree.instances if number != instance)
    with pytest.raises(InvalidState, match="belongs to"):
        driven.resume(inner)
    driven.resume(instance)
    assert driven.open == ["y"]


def test_a_paused_instance_is_neither_paused_nor_retried_and_a_running_one_not_resumed(reloads: bool) -> None:
    stuck = (start(), exclusive("which"), user("a"), end(), chain("start", "which"), flow("which", "a", "x > 1"))
    driven, instance = begun(*stuck, chain("a", "end"), reloads=reloads, x=0)
    assert driven.fault_codes == ["gateway_without_flow"]
    with pytest.raises(InvalidState, match="paused"):
        driven.resume(instance)
    driven.pause(instance)
    for act in (lambda: driven.pause(instance), lambda: driven.retry(next(iter(driven.tree.faults)))):
        with pytest.raises(InvalidState, match="resume it first"):
            act()
    driven.correct(instance, x=2)
    driven.resume(instance)
    assert driven.fault_codes == ["gateway_without_flow"]
    driven.retry(next(iter(driven.tree.faults)))
    assert driven.open == ["a"]


def test_a_corrected_variable_tells_what_stood_there(reloads: bool) -> None:
    driven, instance = begun(*LINE, reloads=reloads, x=1)
    driven.correct(instance, x=2, y="new")
    (corrected,) = driven.of(VariablesCorrected)
    assert (corrected.values, corrected.before) == ({"x": 2, "y": "new"}, {"x": 1})
    with pytest.raises(InvalidState, match="scope 99"):
        driven.correct(instance, 99, x=2)
    with pytest.raises(Invalid, match="meaning of its own"):
        driven.correct(instance, case=1)


def test_a_token_is_added_outside_of_branches_only(reloads: bool) -> None:
    driven, instance = begun(*LINE, reloads=reloads)
    driven.add(instance, "c")
    assert driven.open == ["a", "c"]
    driven.complete("c")
    assert not driven.of(InstanceCompleted)
    forked, number = begun(*FORKED, reloads=reloads)
    for element, words in (("a", "a join counts"), ("join", "can be entered"), ("nowhere", "there is none")):
        with pytest.raises(InvalidState, match=words):
            forked.add(number, element)
    forked.add(number, "after")
    assert forked.open == ["a", "after", "b"]


def test_a_token_is_added_inside_the_open_sub_process_that_has_the_element(reloads: bool) -> None:
    driven, instance = begun(*INSIDE, reloads=reloads)
    driven.add(instance, "y")
    driven.complete("y")
    driven.complete("x")
    driven.complete("y")
    assert driven.open == ["after"]


def test_a_token_is_taken_away_unless_something_counts_on_it(reloads: bool) -> None:
    driven, instance = begun(*LINE, reloads=reloads)
    with pytest.raises(InvalidState, match="last one"):
        driven.remove("a")
    driven.add(instance, "c")
    driven.remove("a")
    assert driven.open == ["c"]
    forked, _ = begun(*FORKED, reloads=reloads)
    with pytest.raises(InvalidState, match="one waits"):
        forked.remove("a")


def test_a_sub_process_whose_last_token_is_taken_away_goes_on(reloads: bool) -> None:
    driven, _ = begun(*INSIDE, reloads=reloads)
    driven.remove("x")
    assert driven.open == ["after"]


#: Two rounds through the branches are counted apart by the parallel join, but the inclusive join would merge them.
MERGED_INSIDE = (
    start(),
    user("before"),
    parallel("fork"),
    inclusive("split"),
    user("a"),
    user("b"),
    inclusive("merge"),
    user("c"),
    parallel("join"),
    user("after"),
    end(),
    chain("start", "before", "fork", "split"),
    flow("split", "a"),
    flow("split", "b", "= v > 1"),
    chain("a", "merge", "join", "after", "end"),
    chain("b", "merge"),
    chain("fork", "c", "join"),
)


def test_a_token_that_an_inclusive_join_would_take_for_one_with_another_is_not_added(reloads: bool) -> None:
    driven, instance = begun(*MERGED_INSIDE, reloads=reloads, v=2)
    for element in ("before", "fork"):
        with pytest.raises(InvalidState, match='"merge"') as refused:
            driven.add(instance, element)
        assert (refused.value.code, refused.value.element) == ("token_meets_another", element)
    driven.complete("before")
    driven.complete("b")
    with pytest.raises(InvalidState, match="wait until the other token has passed"):
        driven.add(instance, "fork")
    driven.complete("a")
    driven.add(instance, "fork")
    assert driven.open == ["a", "b", "c", "c"]
    for element in ("a", "b", "c", "c", "after", "after"):
        driven.complete(element)
    assert driven.is_complete


def test_a_token_that_an_inclusive_join_would_take_for_one_with_another_is_not_moved_there(reloads: bool) -> None:
    driven, instance = begun(*MERGED_INSIDE, reloads=reloads, v=0)
    driven.add(instance, "after")
    with pytest.raises(InvalidState) as refused:
        driven.move("after", "before")
    assert (refused.value.code, refused.value.element) == ("token_meets_another", "before")
    driven.complete("before")
    driven.complete("a")
    driven.move("after", "before")
    for element in ("before", "a", "c", "c", "after", "after"):
        driven.complete(element)
    assert driven.is_complete


def played(graph: Graph, seed: int, *, pauses: bool) -> list[Event]:
    """Complete open tasks as chance decides, with or without a pause around each; what happened, pauses left out."""
    random = Random(seed)
    driven = Case(graph.source(), reloads=pauses)
    instance = driven.start(v=random.randint(0, 4))
    for _ in range(MOVES):
        tasks = sorted(driven.tree.tasks)
        if not tasks or len(tasks) > MOST_OPEN:
            break
        if pauses:
            driven.pause(instance)
        driven.complete_task(random.choice(tasks), v=random.randint(0, 4))
        if pauses:
            assert not set(driven.tree.tasks) - set(tasks)
            driven.resume(instance)
    return [event for event in driven.events if not isinstance(event, InstancePaused | InstanceResumed)]


@RELAXED
@given(seed=SEEDS)
def test_a_pause_changes_nothing_but_when(seed: int) -> None:
    graph = structured(seed)
    assert played(graph, seed, pauses=True) == played(graph, seed, pauses=False)


@RELAXED
@given(seed=SEEDS)
def test_tokens_added_moved_and_taken_away_leave_no_join_waiting_and_nothing_broken(seed: int) -> None:
    random = Random(seed)
    graph = structured(seed, may_stop=False)
    assume(has_join(graph))
    driven = Case(graph.source(), reloads=True)
    instance = driven.start(v=2)
    for move in range(MOST_MOVES):
        if driven.is_complete:
            break
        if move < MOVES_BY_HAND and random.random() < 0.5:
            _by_hand(driven, instance, graph, random)
        else:
            # Zero leaves every loop.
            driven.complete_task(min(driven.tree.tasks), v=0)
        assert not driven.tree.faults
    assert driven.is_complete


def _by_hand(driven: Case, instance: int, graph: Graph, random: Random) -> None:
    opened = len(driven.of(TaskOpened))
    tokens = sorted(token.element for token in driven.tree.tokens.values())
    target = random.choice(graph.all_nodes())
    try:
        match random.choice(("add", "move", "remove")):
            case "add":
                driven.add(instance, target)
            case "move":
                driven.move(random.choice(driven.open), target)
            case "remove":
                driven.remove(random.choice(tokens))
    except Refusal:
        assert len(driven.of(TaskOpened)) == opened
