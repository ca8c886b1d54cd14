"""Small forms written in a test and turned into the bytes of a file."""

from __future__ import annotations

import json
from typing import Any

from forms import Form, load_form

WIDGETS = {"string": "text", "number": "number", "integer": "number", "boolean": "checkbox", "array": "photos"}


def form_file(properties: dict[str, Any], **changes: Any) -> bytes:
    """A form's file with these properties, each laid out by a widget of its type; ``changes`` replace members."""
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    document = {
        "key": "sample",
        "title": {"zh": "样例", "en": "Sample"},
        "schema": {**schema, **changes.pop("schema", {})},
        "layout": [[laid_out(name, part) for name, part in properties.items()]],
        **changes,
    }
    return json.dumps(document, ensure_ascii=False).encode()


def laid_out(name: str, schema: Any) -> dict[str, Any]:
    """A field of the layout that fits ``schema``."""
    declared = schema if isinstance(schema, dict) else {}
    widget = WIDGETS.get(str(declared.get("type")), "text")
    field: dict[str, Any] = {"field": name, "label": {"zh": name, "en": name}, "widget": widget}
    if "enum" in declared:
        field |= {"widget": "choice", "options": {value: {"zh": value, "en": value} for value in declared["enum"]}}
    return field


def form_of(properties: dict[str, Any], **schema: Any) -> Form:
    """The loaded form of :func:`form_file`."""
    return load_form(form_file(properties, schema=schema))
