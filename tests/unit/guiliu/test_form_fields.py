"""What is typed into a form, as expressions read it."""

from __future__ import annotations

import msgspec

from engine.spiff import FormField
from forms import standard_forms
from guiliu.form_fields import form_fields

PLACE = {"type": "object", "properties": {"lon": {"type": "number"}, "crs": {"type": "string"}}}
FILE = {
    "schema": {
        "properties": {
            "count": {"type": "integer"},
            "sure": {"type": "boolean"},
            "place": PLACE,
            "places": {"type": "array", "items": PLACE},
            "photos": {"type": "array", "items": {"type": "string"}},
            "gone": False,
        }
    },
    "layout": [[{"field": "count", "label": {"zh": "数", "en": "How many"}}]],
}


def test_fields_have_their_types_members_and_labels() -> None:
    held = {"lon": "number", "crs": "string"}
    assert form_fields(FILE) == {
        "count": FormField(shape="number", zh="数", en="How many"),
        "sure": FormField(shape="boolean"),
        "place": FormField(shape=held),
        "places": FormField(shape=held),
        "photos": FormField(),
        "gone": FormField(),
    }


def test_every_standard_form_says_what_its_fields_are_called() -> None:
    for source in standard_forms().values():
        fields = form_fields(msgspec.json.decode(source))
        assert all(field.zh and field.en for field in fields.values())
