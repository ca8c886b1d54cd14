"""What is different between two decision models and between two forms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.decisions import MODEL_WORDS, decision_pieces
from engine.definition import DefinitionRefused
from engine.differences import PieceDifference, compared
from engine.errors import Invalid
from engine.spiff import fields_read
from forms import standard_forms
from processes.cases import FORM_WORDS, form_pieces

ROOT = Path(__file__).parents[3]
LIMITS = (ROOT / "bpmn" / "limits.dmn").read_text("utf-8")
CLOSURE: dict[str, Any] = json.loads(standard_forms()["closure"])


def of_models(after: str) -> list[PieceDifference]:
    return compared(decision_pieces(LIMITS.encode()), decision_pieces(after.encode()), MODEL_WORDS)


def of_forms(after: dict[str, Any]) -> dict[str, PieceDifference]:
    before = form_pieces(json.dumps(CLOSURE).encode())
    return {each.id: each for each in compared(before, form_pieces(json.dumps(after).encode()), FORM_WORDS)}


def rules() -> list[str]:
    return [part.partition("</rule>")[0] for part in LIMITS.split("<rule ")[1:]]


def test_a_cell_is_named_by_its_column_and_a_row_by_its_number() -> None:
    first = rules()[0]
    cell = first.partition("<inputEntry")[2].partition("<text>")[2].partition("</text>")[0]
    [difference] = of_models(LIMITS.replace(first, first.replace(f"<text>{cell}", '<text>"other"', 1)))
    [change] = difference.properties
    assert (difference.kind, difference.name, difference.change) == ("rule", "1", "changed")
    assert change.zh == f'条件 紧急程度：{cell} → "other"'


def test_rows_that_change_places_are_moved_and_a_row_that_goes_moves_nobody() -> None:
    first, second = rules()[:2]
    swapped = LIMITS.replace(first, "@").replace(second, first).replace("@", second)
    without = LIMITS.replace(f"<rule {first}</rule>", "")
    assert [(each.change, each.is_moved) for each in of_models(swapped)] == [("moved", True)]
    assert [(each.change, each.name) for each in of_models(without)] == [("removed", "1")]


def test_what_is_no_model_and_no_form_is_refused() -> None:
    with pytest.raises(DefinitionRefused):
        decision_pieces(b"<a/>")
    with pytest.raises(Invalid):
        form_pieces(b"{}")


def test_fields_come_and_go_and_change() -> None:
    after = json.loads(json.dumps(CLOSURE))
    after["schema"]["required"].append("note")
    after["schema"]["properties"]["decision"]["enum"].append("wait")
    after["layout"][0][0]["options"]["wait"] = {"zh": "等待", "en": "Wait"}
    after["schema"]["properties"]["extra"] = {"type": "boolean"}
    after["layout"].append([{"field": "extra", "label": {"zh": "另", "en": "Extra"}, "widget": "checkbox"}])
    differences = of_forms(after)
    assert {key: each.change.value for key, each in differences.items()} == {
        "decision": "changed",
        "note": "changed",
        "extra": "added",
    }
    assert [change.zh for change in differences["note"].properties] == ["必填：否 / no → 是 / yes"]
    assert differences["decision"].properties[0].property == "enum"


def test_diagrams_say_which_fields_they_read() -> None:
    closure = (ROOT / "bpmn" / "closure.bpmn").read_bytes()
    assert {(read.element, read.field) for read in fields_read(closure, "closure")} >= {("close", "decision")}
    assert fields_read(b"", "closure") == ()
