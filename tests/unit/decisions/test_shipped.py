"""The decisions that come with the product: without a finding, each row proved by an example."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engine.decisions import DecisionModel, ask, lint_decisions, load_decisions
from engine.feel import Evaluation, to_json
from guiliu.definitions import FACT_SHAPES
from guiliu.functions import sample_functions

SHIPPED = {path.stem: path.read_bytes() for path in sorted((Path(__file__).parents[3] / "bpmn").glob("*.dmn"))}
FUNCTIONS = sample_functions()
MODELS = {name: load_decisions(source, functions=FUNCTIONS) for name, source in SHIPPED.items()}
OWNER_FIRST = ["owner", "maintainer", "manager", "boundary", "area", "subdistrict"]
TERRITORY_FIRST = ["boundary", "area", "owner", "maintainer", "manager", "subdistrict"]

#: By model and row: what is asked, what is answered.
EXAMPLES: dict[tuple[str, int], tuple[dict[str, Any], Any]] = {
    ("process_selection", 1): ({"kind": "component", "channel": "inspector", "self_handled": True}, "self_disposal"),
    ("process_selection", 2): ({"kind": "component", "channel": "inspector", "self_handled": None}, "case"),
    ("priority", 1): ({"urgency": "critical", "channel": "leader", "category": "component-01"}, 95),
    ("priority", 2): ({"urgency": "urgent", "channel": "superior", "category": "incident-01"}, 85),
    ("priority", 3): ({"urgency": "urgent", "channel": "hotline", "category": "component-01"}, 80),
    ("priority", 4): ({"urgency": "normal", "channel": "leader", "category": "component-01"}, 70),
    ("priority", 5): ({"urgency": "normal", "channel": "hotline", "category": "component-01"}, 65),
    ("priority", 6): ({"urgency": "normal", "channel": "hotline", "category": "incident-01"}, 60),
    ("priority", 7): ({"urgency": "normal", "channel": "inspector", "category": "incident-01"}, 50),
    ("responsibility", 1): ({"kind": "component", "has_component": True}, OWNER_FIRST),
    ("responsibility", 2): ({"kind": "incident", "has_component": False}, TERRITORY_FIRST),
    ("responsibility", 3): ({"kind": "village", "has_component": False}, ["boundary", "area", "subdistrict"]),
    ("limits", 1): ({"urgency": "critical", "area_class": "2"}, {"limit_class": "A", "area_class": "2"}),
    ("limits", 2): ({"urgency": "critical"}, {"limit_class": "A", "area_class": "1"}),
    ("limits", 3): ({"urgency": "urgent", "area_class": "2"}, {"limit_class": "B", "area_class": "2"}),
    ("limits", 4): ({"urgency": "urgent", "area_class": "1"}, {"limit_class": "B", "area_class": "1"}),
    ("limits", 5): ({"urgency": "normal", "area_class": "2"}, {"limit_class": "C", "area_class": "2"}),
    ("limits", 6): ({}, {"limit_class": "C", "area_class": "1"}),
}


def only_decision(model: DecisionModel) -> str:
    (decision,) = model.decisions
    return decision


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_decision_has_no_finding(name: str) -> None:
    assert lint_decisions(SHIPPED[name], functions=FUNCTIONS, facts=FACT_SHAPES) == []
    assert MODELS[name].key == name


@pytest.mark.parametrize(("name", "row"), EXAMPLES)
def test_a_row_answers_its_example(name: str, row: int) -> None:
    given, expected = EXAMPLES[name, row]
    model = MODELS[name]
    answer = ask(model, only_decision(model), given, Evaluation(now=datetime(2026, 7, 1, tzinfo=UTC), zone=UTC))
    assert to_json(answer.value) == expected
    assert [[rule.row for rule in table.rules] for table in answer.matched] == [[row]]
    assert answer.warnings == ()


def test_every_row_has_an_example() -> None:
    rows = {(name, rule.row) for name, model in MODELS.items() for table in model.model.tables for rule in table.rules}
    assert rows == set(EXAMPLES)


def test_an_urgency_that_is_none_is_not_guessed_at() -> None:
    given = {"urgency": "soon", "channel": "hotline", "category": "component-01"}
    evaluation = Evaluation(now=datetime(2026, 7, 1, tzinfo=UTC), zone=UTC)
    answer = ask(MODELS["priority"], "case_priority", given, evaluation)
    assert answer.failure is not None
    assert answer.failure.code == "value.type"
