"""Dry runs: where steps lead, what is in their way, and that what is written down of them plays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from engine.errors import Invalid
from guiliu.dry_runs import Tried, tried
from guiliu.scenarios import Theatre
from processes.scenarios import read_scenarios
from tests.scenario.shipped import SCENERY, told
from tests.scenario.test_outside import OFFERING
from tests.unit.spiff.drawing import chain, document, end, exclusive, flow, start, user

UNIT = "urban_management"
STEPS: list[dict[str, Any]] = [
    {"complete": "accept", "by": "acceptor", "data": {"decision": "accept"}},
    {
        "complete": "file",
        "by": "shift-lead",
        "data": {"decision": "file", "condition": "component-0101-01", "urgency": "urgent"},
    },
    {"complete": "dispatch_case", "by": "dispatcher", "data": {"decision": "dispatch", "responsible_unit": UNIT}},
    {"wait": "P3D"},
]


@dataclass(frozen=True)
class Attempt:
    steps: Sequence[Mapping[str, Any]]
    given: Mapping[str, Any] = field(default_factory=dict)
    name: str = "tried"
    title: str = "试走 “一步”: yes, 1.5, null"


def try_out(key: str, *steps: Mapping[str, Any], **given: Any) -> Tried:
    return tried(SCENERY, key=key, attempt=Attempt(steps=steps, given=given))


@cache
def whole() -> Tried:
    """All steps, tried once."""
    return try_out("case", *STEPS)


def test_steps_lead_where_the_same_scenario_would() -> None:
    run = whole().run
    here = run.situation
    assert run.stop is None
    assert [task.element for task in here.tasks] == ["dispose"]
    assert "disposal" in here.deadlines
    assert [taken.number for taken in run.taken] == [0, 1, 2, 3, 4]
    assert (run.taken[4].at - run.taken[3].at).days == 3


def test_what_is_written_down_plays_and_means_the_same_to_yaml() -> None:
    [outcome] = told(whole().scenario)
    assert outcome.passed, outcome.failure
    assert outcome.scenario.title == Attempt(()).title
    assert outcome.scenario.given.process == "case"
    assert [step.then is not None for step in outcome.scenario.steps] == [True] * 4


def test_values_of_every_kind_are_written_as_scenarios_read_them() -> None:
    variables = {
        "half": Decimal("1.50"),
        "thousand": Decimal("1E+3"),
        "words": ["yes", "null", "1.5", "", " a: b # c", "line\nline", "ᠮᠤᠩᠭᠤᠯ"],
        "inside": {"a": [1, {"b": True, "c": None}]},
    }
    place = {"location": {"lon": Decimal("122.07"), "lat": Decimal("46.08")}}
    text = try_out("case", STEPS[0], variables=variables, report=place).scenario
    [scenario] = read_scenarios(text.encode())
    assert scenario.given.variables == variables
    assert (scenario.given.report.lon, scenario.given.report.lat) == (122.07, 46.08)


def test_what_an_ad_hoc_sub_process_offers_is_begun_and_written_down() -> None:
    scenery = replace(SCENERY, processes={**SCENERY.processes, "asking": OFFERING})
    steps = ({"start": "look", "by": "acceptor"}, {"complete": "look", "by": "acceptor"})
    attempt = Attempt(steps=steps[:1])
    begun = tried(scenery, key="asking", attempt=attempt)
    assert begun.run.stop is None
    assert [task.element for task in begun.run.situation.tasks] == ["look"]
    offered = {row.element: row.groups for _, row in begun.run.situation.subscriptions}
    assert offered == {"look": ("acceptor",), "ask": ("verifier",)}
    refused = tried(scenery, key="asking", attempt=Attempt(steps=[{"start": "ask", "by": "acceptor"}]))
    assert refused.run.stop is not None
    assert refused.run.stop.code == "not_a_candidate"
    done = tried(scenery, key="asking", attempt=Attempt(steps=steps))
    [outcome] = told(done.scenario, Theatre(scenery))
    assert outcome.passed, outcome.failure
    assert (done.run.situation.case and done.run.situation.case.end) == "end"


def test_a_step_that_is_refused_leaves_the_case_as_it_was() -> None:
    unanswered = {"complete": "file", "by": "shift-lead", "data": {"decision": "file"}}
    result = try_out("case", STEPS[0], unanswered)
    assert result.run.stop is not None
    assert (result.run.stop.code, len(result.run.taken)) == ("form_invalid", 2)
    assert result.run.stop.pointer.startswith("/data")
    assert [task.element for task in result.run.situation.tasks] == ["file"]
    assert "shift-lead" not in result.scenario


def test_the_open_tasks_bring_their_forms() -> None:
    result = try_out("filing")
    [task] = result.run.situation.tasks
    assert task.element == "accept"
    assert result.forms[(task.form, task.form_version)]["key"] == "acceptance"


def test_a_diagram_that_stands_still_is_shown_and_not_refused() -> None:
    source = document(
        start(),
        user("a", groups="acceptor"),
        exclusive("g"),
        end(),
        user("b"),
        chain("start", "a", "g"),
        flow("g", "end", "= 1 = 2"),
        flow("g", "b", "= 1 = 3"),
        key="still",
    )
    scenery = replace(SCENERY, processes={**SCENERY.processes, "still": source})
    result = tried(scenery, key="still", attempt=Attempt(steps=[{"complete": "a", "by": "acceptor"}]))
    assert result.run.stop is None
    assert [fault.element for _, fault in result.run.situation.faults] == ["g"]
    [outcome] = told(result.scenario, Theatre(scenery))
    assert outcome.passed, outcome.failure


def test_places_are_those_of_what_was_sent() -> None:
    with pytest.raises(Invalid) as refused:
        try_out("case", {"complete": "accept"})
    assert refused.value.pointer == "/steps/0"
    with pytest.raises(Invalid) as unknown:
        try_out("case", report={"by": "nobody"})
    assert unknown.value.code == "scenario_person_unknown"


def test_what_may_be_asked_beside_the_tasks_is_offered() -> None:
    offered = {verb.verb: verb for verb in whole().verbs}
    assert {"return", "extension", "urge", "void"} <= offered.keys()
    assert "escalation" not in offered
    # Whoever performs the task is told by the post that it is offered to.
    assert list(offered["return"].posts) == ["clerk@urban_management"]
    assert (list(offered["return"].on), list(offered["void"].on)) == (["dispose"], [])
    assert offered["return"].schema is not None
