"""What somebody writes into a form: by habit, or by the form's schema when nobody has habits for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import Any

from guiliu.simulation.habits import Habit

#: How far away the day is that ``$soon`` stands for.
SOON = timedelta(days=3)
_STANDS_FOR = "$"
_PROSE = "已办理"


def by_habit(habit: Habit, known: Mapping[str, str], random: Random) -> dict[str, Any]:
    """One of the usual answers, with what is known of the case put in."""
    answer = random.choices(habit.answers, [each.weight for each in habit.answers])[0]
    return filled(answer.data, known)


def filled(data: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, Any]:
    """What is typed in, with what is known of the case put in."""
    return {name: _filled(value, known) for name, value in data.items()}


def by_schema(schema: Mapping[str, Any], random: Random) -> dict[str, Any]:
    """The least that the schema asks for."""
    properties: Mapping[str, Any] = schema.get("properties", {})
    return {name: _of_schema(properties.get(name, {}), random) for name in schema.get("required", ())}


def _filled(value: Any, known: Mapping[str, str]) -> Any:
    if isinstance(value, str) and value.startswith(_STANDS_FOR):
        return known[value.removeprefix(_STANDS_FOR)]
    return value


def _of_schema(schema: Mapping[str, Any], random: Random) -> Any:
    if choices := schema.get("enum"):
        return random.choice(choices)
    match schema.get("type"):
        case "boolean":
            return random.random() < 0.5
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "array":
            return []
        case _:
            return _PROSE[: schema.get("maxLength", len(_PROSE))]
