"""Diagrams say what things are called in English; the shipped ones say it of everything that has a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from engine.definitions import EnglishNames, Library, Published
from engine.spiff import Definition, compile_process, lint_process
from engine.spiff.dialect import read_declarations
from engine.spiff.supported import EXECUTED, NAMED_BESIDE
from engine.spiff.xml import BPMN, local_name, read_document
from guiliu.deploying import SHIPPED_DIAGRAMS
from tests.unit.spiff.drawing import chain, document, element, extensions, properties, start, user

SHIPPED = sorted(Path(SHIPPED_DIAGRAMS).glob("*.bpmn"))


def reviewed(name_en: str, key: str = "demo") -> bytes:
    """A diagram with one task, called A; in English as it is told."""
    return document(start(), user("a", properties(nameEn=name_en)), chain("start", "a"), key=key)


def named(source: bytes) -> Iterator[etree._Element]:
    """Everything in a file that is shown by a name."""
    for each in read_document(source).iter(f"{{{BPMN}}}*"):
        if (local_name(each) in EXECUTED or local_name(each) in NAMED_BESIDE) and each.get("name"):
            yield each


def test_the_view_tells_english_names_of_process_elements_and_flows() -> None:
    way = element(
        "sequenceFlow", "way", extensions(properties(nameEn="Go")), sourceRef="start", targetRef="a", name="去"
    )
    source = document(extensions(properties(nameEn="Demo")), start(), user("a", properties(nameEn=" Review ")), way)
    view = compile_process(source).view
    assert (view.name_en, view.elements["a"].name_en, view.flows["way"].name_en) == ("Demo", "Review", "Go")
    assert view.elements["start"].name_en == ""
    assert not [each for each in lint_process(source) if each.rule.startswith("name.")]


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_everything_named_in_a_shipped_diagram_has_an_english_name(file: Path) -> None:
    found = {str(each.get("id")): read_declarations(each).name_en for each in named(file.read_bytes())}
    assert found
    assert [identity for identity, name_en in found.items() if not name_en] == []


def test_every_stage_of_the_shipped_diagrams_is_called_as_an_element_with_both_names() -> None:
    declaring = {
        str(each.get("id")): read_declarations(each)
        for file in SHIPPED
        for each in named(file.read_bytes())
        if "stage" in read_declarations(each).property_values
    }
    told = {each.property_values["stage"] for each in declaring.values()}
    written = {
        value for file in SHIPPED for value in re.findall(r'name="stage" value="(\w+)"', file.read_text("utf-8"))
    }
    assert told == written
    assert all(each.name_en for each in declaring.values())


def test_shipped_diagrams_call_the_same_thing_the_same() -> None:
    found: dict[tuple[str, str], set[str]] = {}
    for each in (each for file in SHIPPED for each in named(file.read_bytes())):
        found.setdefault((each.get("id") or "", each.get("name") or ""), set()).add(read_declarations(each).name_en)
    assert {place: names for place, names in found.items() if len(names) > 1} == {}


@pytest.mark.parametrize(
    ("name", "name_en"),
    [
        ("A", "Review"),
        ("A（水务局）", "Review (水务局)"),
        ("A（2/5）", "Review (2/5)"),
        ("B", ""),
        ("A（", ""),
        ("", ""),
    ],
)
def test_a_task_is_called_as_its_element_with_its_item_behind(name: str, name_en: str) -> None:
    assert EnglishNames([compile_process(reviewed("Review")).view]).of("a", name) == name_en


def test_a_name_with_brackets_of_its_own_keeps_them() -> None:
    task = element("userTask", "a", extensions(properties(nameEn="Tell (1)")), name="告知（一）")
    source = document(start(), task, chain("start", "a"))
    names = EnglishNames([compile_process(source).view])
    assert (names.of("a", "告知（一）"), names.of("a", "告知（一）（2/5）")) == ("Tell (1)", "Tell (1) (2/5)")


def test_a_name_is_looked_up_in_what_is_published_now() -> None:
    library: Library[Definition] = Library(compile_process)
    shas = {}
    for text in ("Look", "Review"):
        shas[text] = compile_process(reviewed(text)).sha
        library.add(shas[text], reviewed(text))
    library.replace(Published(latest={"demo": shas["Look"]}, tagged={("demo", ""): shas["Look"]}))
    assert library.name_en("a", "A") == "Look"
    library.replace(Published(latest={"demo": shas["Review"]}, tagged={("demo", "old"): shas["Look"]}))
    assert library.name_en("a", "A") == "Review"
    assert library.of(Published()).name_en("a", "A") == ""
    assert library.name_en("a", "A") == "Review"
