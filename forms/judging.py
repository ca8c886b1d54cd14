"""Judges what was typed: a fast validator says yes first; only its no is explained, by the one that knows the place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.errors import DataRefused, Problem
from forms.form import Form
from forms.plain_data import plain_problems
from forms.pointers import child
from forms.schema_rules import resolve
from forms.validators import judging_validator
from forms.violations import problems_of

#: Problems listed at most; more would not be read.
MAX_PROBLEMS = 100


def accept(form: Form, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data with defaults filled in, and every field that was left out as ``None``. Raises ``DataRefused``.

    So expressions may read each field of the form, answered or not. ``data`` itself is not changed.
    """
    if problems := plain_problems(data):
        raise DataRefused(problems[:MAX_PROBLEMS])
    filled = with_defaults(data, form.schema, form.schema)
    if not form.fast.is_valid(filled) and (problems := problems_of(form.judge.iter_errors(filled))):
        raise DataRefused(problems[:MAX_PROBLEMS])
    return {**dict.fromkeys(form.schema["properties"]), **filled}


def with_defaults(data: Mapping[str, Any], schema: Mapping[str, Any], root: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of ``data`` in which absent properties have the default their schema gives."""
    filled = dict(data)
    for name, property_schema in resolve(schema, root).get("properties", {}).items():
        declared = resolve(property_schema, root) if isinstance(property_schema, Mapping) else {}
        if name not in filled and "default" in declared:
            filled[name] = declared["default"]
        elif isinstance(filled.get(name), Mapping):
            filled[name] = with_defaults(filled[name], declared, root)
    return filled


def defaults_problems(schema: dict[str, Any]) -> list[Problem]:
    """Defaults that their own schema would refuse."""
    definitions = {"$defs": schema.get("$defs", {})}
    problems = []
    for name, property_schema in schema["properties"].items():
        declared = resolve(property_schema, schema) if isinstance(property_schema, Mapping) else {}
        if "default" in declared and not judging_validator({**declared, **definitions}).is_valid(declared["default"]):
            pointer = child(child(child("", "properties"), name), "default")
            message_zh, message_en = "默认值不符合自身的模式", "does not satisfy its own schema"
            problems.append(Problem(pointer=pointer, code="default", message_zh=message_zh, message_en=message_en))
    return problems
