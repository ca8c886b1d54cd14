"""A task keeps the version of its form that it was opened with."""

from __future__ import annotations

import pytest

from engine.events import TaskOpened
from tests.unit.spiff.drawing import chain, document, end, start, user
from tests.unit.spiff.driving import Case

FORM = '<zeebe:formDefinition formId="filing"/>'
TAGGED = '<zeebe:formDefinition formId="filing" bindingType="versionTag" versionTag="spring"/>'


def case(form: str, **versions: int) -> Case:
    """Two tasks with the same form; ``versions`` are by tag, ``latest`` being that without."""
    source = document(start(), user("a", form), user("b", form), end(), chain("start", "a", "b", "end"))
    driven = Case(source, reloads=True)
    driven.form_version = lambda _form, tag: versions.get(tag or "latest", 0)
    driven.start()
    return driven


@pytest.mark.parametrize("form", [FORM, FORM.replace("/>", ' bindingType="latest"/>')])
def test_a_task_is_bound_to_the_latest_version(form: str) -> None:
    driven = case(form, latest=3, spring=2)
    assert [(event.form, event.form_version) for event in driven.of(TaskOpened)] == [("filing", 3)]


def test_a_task_is_bound_by_tag_where_the_diagram_says_so() -> None:
    assert case(TAGGED, latest=3, spring=2).task("a").form_version == 2


def test_an_open_task_keeps_its_version_and_the_next_one_has_the_new_one() -> None:
    driven = case(FORM, latest=1)
    driven.form_version = lambda _form, _tag: 2
    driven.reload()
    assert driven.task("a").form_version == 1
    driven.complete("a")
    assert driven.task("b").form_version == 2


def test_a_task_without_form_has_version_0() -> None:
    assert case("").task("a").form_version == 0


@pytest.mark.parametrize("form", [FORM, TAGGED])
def test_a_form_that_is_not_published_is_a_fault_until_it_is(form: str) -> None:
    driven = case(form)
    assert (driven.fault_codes, driven.open) == (["form_not_published"], [])
    driven.form_version = lambda _form, _tag: 1
    [fault] = driven.tree.faults
    driven.retry(fault)
    assert (driven.fault_codes, driven.open) == ([], ["a"])
