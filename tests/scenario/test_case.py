"""What the stories of ``bpmn/case.scenario.yaml`` leave behind, and what the diagram itself must be."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from engine.decisions import DecisionSet, load_decisions
from engine.events import TaskCompleted
from engine.projection import Rows
from engine.spiff import Declared, compile_process, lint_process
from forms import standard_forms
from guiliu.definitions import FACT_SHAPES
from guiliu.functions import sample_functions
from processes.cases import CHANNELS, CaseProjection, CaseRow
from processes.scenarios import Outcome
from processes.timekeeping import limit_problem
from tests.scenario.shipped import SCENERY, outcome_of, told

DIAGRAMS = sorted((Path(__file__).parents[2] / "bpmn").glob("*.bpmn"))
DECISIONS = DecisionSet(tuple(load_decisions(source) for source in SCENERY.decisions))
FUNCTIONS = sample_functions()
DECLARED = Declared(facts=FACT_SHAPES, decisions=DECISIONS, limit_problem=limit_problem)


def case_of(outcome: Outcome) -> CaseRow:
    rows: Rows[CaseRow] = Rows()
    for recorded in outcome.recorded:
        CaseProjection().fold(rows, recorded)
    [row] = rows.values()
    return row


def by(outcome: Outcome) -> dict[str, str]:
    """Who acted first with each element."""
    done = [(each.event.element, each.actor) for each in outcome.recorded if isinstance(each.event, TaskCompleted)]
    return dict(reversed(done))


@pytest.mark.parametrize("diagram", DIAGRAMS, ids=lambda path: path.stem)
def test_the_diagram_has_no_finding(diagram: Path) -> None:
    assert lint_process(diagram.read_bytes(), DECLARED, functions=FUNCTIONS) == []


def test_every_form_that_a_diagram_names_is_shipped_and_every_shipped_one_is_named() -> None:
    named = {
        form for diagram in DIAGRAMS for form in compile_process(diagram.read_bytes(), functions=FUNCTIONS).view.forms
    }
    assert named == standard_forms().keys()


@pytest.mark.parametrize("channel", CHANNELS)
def test_reports_from_outside_are_confirmed_before_filing(channel: str) -> None:
    expected = "confirm" if channel in {"public", "hotline", "media", "network", "petition"} else "file"
    [outcome] = told(f"""
scenarios:
  - name: {channel}
    given: {{report: {{channel: {channel}}}}}
    steps:
      - complete: accept
        by: acceptor
        data: {{decision: accept}}
        then: {{open: [{expected}]}}
""")
    assert outcome.failure is None


def test_everyone_who_touched_a_case_or_was_offered_work_sees_it() -> None:
    outcome = outcome_of("straight")
    seen = Counter(key.partition(":")[0] for key in case_of(outcome).audience)
    assert seen == {"user": 6, "unit": 1, "group": 7}
    assert set(by(outcome).values()) <= set(case_of(outcome).audience)
    assert {"unit:urban_management", "group:clerk@urban_management", "group:head@urban_management"} <= set(
        case_of(outcome).audience
    )


def test_a_case_says_who_did_what() -> None:
    done = by(outcome_of("straight"))
    assert list(done) == ["close", "verify", "dispose", "dispatch_case", "file", "accept"]
    assert done["file"] == done["close"]
    assert len(set(done.values())) == 5
