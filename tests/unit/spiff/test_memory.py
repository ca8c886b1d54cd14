"""A tree belongs to one command: when it is freed nothing is left for the garbage collector."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from tests.unit.spiff.drawing import chain, document, end, exclusive, flow, parallel, start, sub, terminate, user
from tests.unit.spiff.driving import Case

SOURCE = document(
    start(),
    parallel("fork"),
    user("a"),
    sub(
        "part",
        start("s"),
        parallel("f"),
        user("b"),
        user("c"),
        terminate("stop"),
        chain("s", "f", "b", "stop"),
        chain("f", "c"),
    ),
    exclusive("g"),
    end(),
    chain("start", "fork", "a", "end"),
    chain("fork", "part", "end"),
    chain("fork", "g"),
    flow("g", "end", "= n > 10"),
)


@pytest.fixture
def _paused_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_paused_collector")
def test_a_freed_tree_leaves_no_cycles() -> None:
    driven = Case(SOURCE)
    driven.start(n=1)
    driven.reload()
    gc.collect()
    driven.complete("b")
    driven.complete("a", n=20)
    driven.reload()
    driven.retry(next(iter(driven.tree.faults)))
    driven.tree.free()
    assert gc.collect() == 0


@pytest.mark.usefixtures("_paused_collector")
def test_a_cancelled_instance_leaves_no_cycles() -> None:
    driven = Case(SOURCE)
    instance = driven.start(n=1)
    driven.reload()
    gc.collect()
    driven.cancel(instance)
    driven.tree.free()
    assert gc.collect() == 0


def test_running_never_changes_the_definition() -> None:
    driven = Case(SOURCE)
    specs = [driven.definition.spec, *driven.definition.sub_specs.values()]

    def shape() -> list[dict[str, str]]:
        return [{name: repr(sorted(vars(node).items())) for name, node in spec.task_specs.items()} for spec in specs]

    before = shape()
    driven.start(n=1)
    driven.complete("b")
    driven.complete("a", n=20)
    driven.retry(next(iter(driven.tree.faults)))
    assert driven.is_complete
    assert shape() == before
