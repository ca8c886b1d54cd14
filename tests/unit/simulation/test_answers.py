"""What is written into forms is what the forms accept."""

from __future__ import annotations

from random import Random

import pytest

from forms import accept, load_form, standard_forms
from guiliu.simulation.answers import by_habit, by_schema
from guiliu.simulation.habits import shipped_habits

HABITS = shipped_habits()
FORMS = {key: load_form(source) for key, source in standard_forms().items()}
KNOWN = {"condition": "component-0101-01", "unit": "urban_management", "soon": "2026-12-01T08:00:00+08:00"}


@pytest.mark.parametrize("key", sorted(HABITS.forms))
def test_every_habit_is_accepted_by_its_form(key: str) -> None:
    habit, form = HABITS.forms[key], FORMS[key]
    for seed in range(50):
        given = by_habit(habit, KNOWN, Random(seed))
        assert accept(form, given).items() >= given.items()


@pytest.mark.parametrize("seed", range(10))
def test_a_form_without_habits_is_filled_in_by_its_schema(seed: int) -> None:
    schema = {
        "required": ["result", "is_urgent", "count", "note", "photos"],
        "properties": {
            "result": {"type": "string", "enum": ["passed", "not_passed"]},
            "is_urgent": {"type": "boolean"},
            "count": {"type": "integer", "minimum": 3},
            "note": {"type": "string", "maxLength": 2},
            "photos": {"type": "array"},
            "left_out": {"type": "string"},
        },
    }
    given = by_schema(schema, Random(seed))
    assert given["result"] in {"passed", "not_passed"}
    assert isinstance(given["is_urgent"], bool)
    assert (given["count"], given["note"], given["photos"]) == (3, "已办", [])
    assert "left_out" not in given
