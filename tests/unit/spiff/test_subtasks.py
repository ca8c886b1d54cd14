"""Parts of tasks in the live tree: they wait, move nothing, and end with their task."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.errors import Forbidden, InvalidState
from engine.events import TaskCompleted, TaskOpened, TaskWithdrawn
from engine.parts import Part
from tests.unit.spiff.drawing import boundary, chain, document, end, properties, start, timer, user
from tests.unit.spiff.driving import Case

PARTS = (Part(name="fence", groups=("clerk",), priority=80), Part(name="photo", assignee="user:7"))


def split(*parts: str, reloads: bool) -> tuple[Case, list[int]]:
    drawn = parts or (start(), user("a"), user("b"), end(), chain("start", "a", "b", "end"))
    driven = Case(document(*drawn), reloads=reloads)
    driven.start()
    ids = driven.tree.split(driven.task("a").task, PARTS, driven.step("user:1"))
    if reloads:
        driven.reload()
    return driven, ids


def test_a_task_waits_for_its_parts_and_goes_on_after_them(reloads: bool) -> None:
    driven, (fence, photo) = split(reloads=reloads)
    whole = driven.task("a").task
    opened = driven.of(TaskOpened)[1:]
    assert [(one.task, one.name, one.parent, one.element) for one in opened] == [
        (fence, "fence", whole, "a"),
        (photo, "photo", whole, "a"),
    ]
    with pytest.raises(InvalidState) as refused:
        driven.tree.complete(whole, {}, driven.step("user:1"), "")
    assert refused.value.code == "subtasks_open"
    for part in (fence, photo):
        driven.complete_task(part, "user:7")
    assert driven.open == ["a"]
    driven.complete_task(whole)
    assert driven.open == ["b"]
    assert [one.task for one in driven.of(TaskCompleted)] == [fence, photo, whole]


def test_parts_end_with_their_task(reloads: bool) -> None:
    late = (
        start(), user("a"), boundary("x", "a", timer("timeDuration", "PT1H")), user("b"), chain("start", "a"),
        chain("x", "b"),
    )  # fmt: skip
    driven, ids = split(*late, reloads=reloads)
    driven.fire(after=timedelta(hours=1))
    assert driven.open == ["b"]
    assert {one.task for one in driven.of(TaskWithdrawn)} >= set(ids)


def test_a_part_that_is_withdrawn_is_waited_for_no_longer(reloads: bool) -> None:
    driven, (fence, photo) = split(reloads=reloads)
    driven.tree.withdraw(fence, driven.step("user:1"))
    driven.complete_task(photo, "user:7")
    with pytest.raises(InvalidState):
        driven.tree.withdraw(fence, driven.step("user:1"))
    driven.complete("a")
    assert driven.open == ["b"]


def test_whoever_did_a_part_has_performed_the_task(reloads: bool) -> None:
    eyes = (start(), user("a"), user("b", properties(separateFrom="a")), end(), chain("start", "a", "b", "end"))
    driven, ids = split(*eyes, reloads=reloads)
    for part in ids:
        driven.complete_task(part, "user:7")
    driven.complete("a", "user:1")
    assert driven.task("b").excluded == ["user:7", "user:1"]
    with pytest.raises(Forbidden):
        driven.complete("b", "user:7")
