"""A form ready for use: what is asked, how it is shown, and the two validators that judge an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import jsonschema_rs
from jsonschema.protocols import Validator

from forms.layout import Layout, Text, Widget
from forms.pointers import child

_REFERENCES = frozenset({Widget.PHOTOS, Widget.UNIT, Widget.CONDITION, Widget.SUBCATEGORY})


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A value in an answer that names something outside the form, and so must be known elsewhere."""

    widget: Widget
    #: JSON pointer into the answer.
    pointer: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Form:
    """One version of a form."""

    key: str
    title: Text
    #: The form's JSON Schema, draft 2020-12, exactly as in its file.
    schema: Mapping[str, Any]
    layout: Layout
    #: The designer's name for this version and its like; may be empty.
    version_tag: str
    #: SHA-256 of the file.
    sha: bytes
    #: Says yes fast; its no is never shown.
    fast: jsonschema_rs.Draft202012Validator = field(repr=False, compare=False)
    #: Says what is wrong, and where.
    judge: Validator = field(repr=False, compare=False)

    def references(self, data: Mapping[str, Any]) -> Iterator[Reference]:
        """The units, conditions and photos that accepted ``data`` names, in the order of the layout."""
        for placed in (placed for row in self.layout for placed in row if placed.widget in _REFERENCES):
            value = data.get(placed.field)
            if isinstance(value, str):
                yield Reference(widget=placed.widget, pointer=child("", placed.field), value=value)
            elif isinstance(value, list):
                for index, item in enumerate(value):
                    pointer = child(child("", placed.field), index)
                    yield Reference(widget=placed.widget, pointer=pointer, value=str(item))
