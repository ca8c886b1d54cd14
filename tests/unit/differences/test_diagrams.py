"""What is different between two diagrams, element by element and in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.definition import DefinitionRefused
from engine.differences import PieceDifference, compared
from engine.spiff import DIAGRAM_WORDS, laid_out, pieces_of
from tests.unit.spiff.drawing import boundary, chain, document, end, exclusive, flow, properties, start, timer, user

BEFORE = document(
    start(),
    user("a", groups="acceptor"),
    exclusive("g"),
    user("b", properties(nameEn="Review"), groups="clerk"),
    end(),
    boundary("late", "a", timer("timeDuration", "PT2H"), interrupts=False),
    chain("start", "a", "g"),
    flow("g", "b", "= x = 1"),
    flow("g", "end"),
    flow("late", "end"),
    flow("b", "end"),
)


def found(before: bytes, after: bytes) -> dict[str, PieceDifference]:
    return {each.id: each for each in compared(pieces_of(before), pieces_of(after), DIAGRAM_WORDS)}


def test_a_diagram_does_not_differ_from_itself() -> None:
    assert found(BEFORE, BEFORE) == {}


@pytest.mark.parametrize(
    ("old", "new", "element", "zh"),
    [
        ("PT2H", "PT4H", "late", "时长：PT2H → PT4H"),
        ("= x = 1", "= x = 2", None, "条件：= x = 1 → = x = 2"),
        ('candidateGroups="acceptor"', 'candidateGroups="clerk"', "a", "候选组：acceptor → clerk"),
        ('value="Review"', 'value="Approval"', "b", "英文名：Review → Approval"),
        ('cancelActivity="false"', 'cancelActivity="true"', "late", "中断：false → true"),
    ],
)
def test_a_changed_property_is_said_in_words(old: str, new: str, element: str | None, zh: str) -> None:
    [difference] = found(BEFORE, BEFORE.replace(old.encode(), new.encode())).values()
    [change] = difference.properties
    assert element in (None, difference.id)
    assert (difference.change, change.zh) == ("changed", zh)
    assert change.en.endswith(zh.partition("：")[2])


def test_what_came_and_what_went_is_named_by_kind() -> None:
    after = BEFORE.replace(b'id="b"', b'id="c"').replace(b'"b"', b'"c"')
    differences = found(BEFORE, after)
    assert (differences["c"].change, differences["b"].change) == ("added", "removed")
    assert differences["b"].zh.startswith("删去用户任务")
    assert differences["c"].en == 'user task "Review" added'


def test_an_element_that_becomes_another_kind_is_changed() -> None:
    after = BEFORE.replace(b'<bpmn:exclusiveGateway id="g"', b'<bpmn:inclusiveGateway id="g"')
    after = after.replace(b"</bpmn:exclusiveGateway>", b"</bpmn:inclusiveGateway>")
    [difference] = found(BEFORE, after).values()
    assert [change.zh for change in difference.properties] == ["种类：exclusiveGateway → inclusiveGateway"]


def test_an_extension_that_has_no_words_is_still_told() -> None:
    marked = b'<bpmn:userTask xmlns:x="urn:x" x:colour="red" id="a"'
    [difference] = found(BEFORE, BEFORE.replace(b'<bpmn:userTask id="a"', marked)).values()
    assert [(part.before, part.after) for part in difference.properties] == [(None, "red")]


def test_what_is_only_drawn_elsewhere_is_moved() -> None:
    drawn = laid_out(BEFORE.replace(b'<bpmndi:BPMNDiagram id="picture"/>', b""))
    place = drawn.index(b'bpmnElement="a"')
    x = drawn.index(b'x="', place) + 3
    after = drawn[:x] + b"9" + drawn[x:]
    [difference] = found(drawn, after).values()
    assert (difference.id, difference.change, difference.properties) == ("a", "moved", ())


def test_shipped_diagrams_are_taken_apart_and_whatever_is_no_diagram_is_refused() -> None:
    for file in sorted((Path(__file__).parents[3] / "bpmn").glob("*.bpmn")):
        source = file.read_bytes()
        assert len(pieces_of(source)) > 3
        assert found(source, source) == {}
    with pytest.raises(DefinitionRefused):
        pieces_of(b"<a><b></a>")
