"""Every shipped scenario, straight and with storing and loading after every step."""

from __future__ import annotations

from typing import Any

import pytest

from engine.projection import Rows
from guiliu.rules import PROJECTIONS
from processes.scenarios import coverage_of
from tests.scenario.shipped import FILES, KEYS, SCENARIOS, THEATRE, outcome_of


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_story_goes_as_it_is_told(name: str) -> None:
    failure = outcome_of(name).failure
    assert failure is None, f"{SCENARIOS[name].file}:{failure.line}: {failure.words}: {failure.message_en}"


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_expression_reads_what_is_not_there(name: str) -> None:
    assert list(outcome_of(name).warnings) == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_case_follows_from_its_log_alone(name: str) -> None:
    rows: Rows[Any] = Rows()
    for projection in PROJECTIONS:
        if projection.table == "cases":
            for recorded in outcome_of(name).recorded:
                projection.fold(rows, recorded)
    [case] = rows.values()
    assert case.is_open == (case.end == "")


def test_no_two_scenarios_have_one_name() -> None:
    assert len(SCENARIOS) == sum(file.read_text("utf-8").count("\n  - name: ") for file in FILES)


def test_the_scenarios_pass_nearly_every_flow_of_every_diagram() -> None:
    views = [THEATRE.view(key) for key in KEYS]
    coverage = coverage_of(views, [outcome_of(name).recorded for name in SCENARIOS])
    assert {each.key: each.flows_missed for each in coverage if each.share < 0.9} == {}
    assert {each.key for each in coverage} == KEYS
