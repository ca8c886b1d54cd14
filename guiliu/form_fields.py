"""What expressions may read of what is typed into a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.feel import ANY_SHAPE, Shape
from engine.spiff import FormField

#: What each type of JSON Schema is to expressions; dates are texts in JSON.
_TYPES: Mapping[str, Shape] = {"string": "string", "number": "number", "integer": "number", "boolean": "boolean"}


def form_fields(file: Mapping[str, Any]) -> Mapping[str, FormField]:
    """The fields of a form by name, from its file."""
    labels = {placed["field"]: placed["label"] for row in file["layout"] for placed in row}
    return {
        name: FormField(shape=_shape(schema), **labels.get(name, {}))
        for name, schema in file["schema"].get("properties", {}).items()
    }


def _shape(schema: Any) -> Shape:
    """The members of a list of contexts are given like those of one of them."""
    if not isinstance(schema, dict):
        return ANY_SHAPE
    members = schema.get("properties")
    if members:
        return {name: _shape(member) for name, member in members.items()}
    if isinstance(items := schema.get("items"), dict):
        shape = _shape(items)
        return ANY_SHAPE if isinstance(shape, str) else shape
    written = schema.get("type")
    return _TYPES.get(written, ANY_SHAPE) if isinstance(written, str) else ANY_SHAPE
