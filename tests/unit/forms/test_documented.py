"""``docs/reference/forms.md`` tells the whole of what forms may use, and its example is a form."""

from __future__ import annotations

import re
from pathlib import Path

from forms import Widget, load_form
from forms.formats import FORMATS
from forms.schema_rules import KEYWORDS

DOCUMENT = (Path(__file__).parents[3] / "docs" / "reference" / "forms.md").read_text("utf-8")


def test_every_keyword_format_and_widget_is_documented() -> None:
    named = set(re.findall(r"`([^`\n]+)`", DOCUMENT.replace("```", "")))
    assert KEYWORDS | FORMATS.keys() | set(Widget) <= named


def test_the_example_is_a_form() -> None:
    [example] = re.findall(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)
    assert load_form(example.encode()).key == "closure"
