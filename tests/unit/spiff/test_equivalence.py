"""Storing, loading and compacting change nothing, and joins fire exactly when the standard says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.definition import Severity
from engine.event import Event
from engine.events import TokensMoved
from engine.spiff import driven, lint_process
from tests.unit.spiff.driving import Case
from tests.unit.spiff.generating import Graph, faulty, performed_once, repeating, structured, unstructured
from tests.unit.spiff.token_game import Ambiguous, TokenGame, TooMany

SEEDS = st.integers(0, 2**32)
MOVES = 14
MOST_OPEN = 12
RELAXED = settings(deadline=None, suppress_health_check=list(HealthCheck))


def drive(graph: Graph, seed: int, *, reloads: bool = False) -> list[Event]:
    """Complete open tasks and retry faults as chance decides; everything that happened."""
    random = Random(seed)
    driven = Case(graph.source(), reloads=reloads)
    driven.start(v=random.randint(0, 4))
    for move in range(MOVES):
        tasks, faults = sorted(driven.tree.tasks), sorted(driven.tree.faults)
        if faults and random.random() < 0.2:
            driven.retry(random.choice(faults))
        elif tasks and len(tasks) <= MOST_OPEN:
            answer = {"v": random.randint(0, 4), random.choice("xyz"): move}
            driven.complete_task(random.choice(tasks), **answer)
    return driven.events


def drive_uncompacted(graph: Graph, seed: int) -> list[Event]:
    """The same, while every finished activation stays in the tree."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(driven, "compact", lambda _workflow: None)
        return drive(graph, seed)


@pytest.mark.parametrize("draw", [structured, unstructured, faulty, repeating])
@settings(RELAXED, max_examples=100)
@given(seed=SEEDS)
def test_storing_and_compacting_change_nothing(draw: Callable[[int], Graph], seed: int) -> None:
    graph = draw(seed)
    straight = drive(graph, seed)
    assert drive(graph, seed, reloads=True) == straight
    assert drive_uncompacted(graph, seed) == straight


@settings(RELAXED, max_examples=250)
@given(seed=SEEDS)
def test_joins_fire_exactly_when_the_token_game_says(seed: int) -> None:
    play_beside(unstructured(seed), seed)


@settings(RELAXED, max_examples=60)
@given(seed=SEEDS)
def test_what_is_repeated_but_performed_once_runs_like_the_plain_activity(seed: int) -> None:
    play_beside(performed_once(seed), seed)


def play_beside(graph: Graph, seed: int) -> None:
    random = Random(seed)
    driven, game = Case(graph.source(), reloads=True), TokenGame(graph)
    v = random.randint(0, 4)
    try:
        game.start(v)
        driven.start(v=v)
        seen = compare(driven, game, 0)
        for _ in range(MOVES):
            if not game.open or len(game.open) > MOST_OPEN:
                break
            task, v = random.choice(game.open), random.randint(0, 4)
            game.complete(task, v)
            driven.complete(task, v=v)
            seen = compare(driven, game, seen)
    except (Ambiguous, TooMany):
        assume(False)


def compare(driven: Case, game: TokenGame, seen: int) -> int:
    assert driven.open == game.open
    moved = driven.of(TokensMoved)
    passed = Counter(item for event in moved[seen:] for item in event.path if "-" not in item)
    assert passed == +game.visits
    return len(moved)


@settings(RELAXED, max_examples=100)
@given(seed=SEEDS)
def test_a_sound_diagram_never_starves_and_comes_to_its_end(seed: int) -> None:
    driven = Case(structured(seed, may_stop=False).source(), reloads=True)
    driven.start(v=2)
    for _ in range(200):
        if driven.is_complete:
            break
        assert not driven.tree.faults
        # Zero leaves every loop.
        driven.complete_task(min(driven.tree.tasks), v=0)
    assert driven.is_complete


@pytest.mark.parametrize("draw", [structured, unstructured])
def test_the_generators_draw_what_is_to_be_proved(draw: Callable[[int], Graph]) -> None:
    graphs = [draw(seed) for seed in range(250)]
    joined = [graph for graph in graphs if has_join(graph)]
    looped = [graph for graph in graphs if has_loop(graph)]
    both = [graph for graph in joined if graph in looped]
    assert len(joined) >= 80
    assert len(looped) >= 60
    assert len(both) >= 40
    if draw is structured:
        assert sum("border" in graph.all_kinds() for graph in graphs) >= 60
    for graph in graphs[:40]:
        errors = {item.rule for item in lint_process(graph.source()) if item.severity is Severity.ERROR}
        # Joins that starve are wanted here.
        assert errors <= {"soundness.deadlock"}


def has_join(graph: Graph) -> bool:
    joins = (node for node, kind in graph.kinds.items() if kind in {"and", "or"} and len(graph.entering(node)) > 1)
    return any(joins) or any(has_join(inner) for inner in graph.inner.values())


def has_loop(graph: Graph) -> bool:
    order = list(graph.kinds)
    reached = {node: set() for node in order}
    for _ in order:
        for arc in graph.arcs:
            reached[arc.source] |= {arc.target, *reached[arc.target]}
    return any(node in reached[node] for node in order) or any(has_loop(inner) for inner in graph.inner.values())
