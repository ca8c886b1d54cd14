"""Documents keep pace with what they speak of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.reference import routes
from tests.house.documents import documents, is_resolved, links_in, prose_of, text_of
from tests.house.sources import ROOT, committed_files, product_sources

OPERATORS = "docs/for-operators.md"
ARCHITECTURE = "docs/architecture.md"
#: Read by tests only; operators have no business with it.
FOR_TESTS = {"GUILIU_NO_SKIP"}
_VARIABLE = re.compile(r"\bGUILIU_[A-Z_]+\b")
_PREFIXED = re.compile(r"PREFIX \+ \"([A-Z_]+)\"|_whole\(environment, \"([A-Z_]+)\"")
_SOURCE_FILE = re.compile(r"`((?:api|engine|forms|guiliu|processes|tests|bench|bpmn|docs)/[\w/.-]+?\.\w+)`")
_NAMED = re.compile(r"`([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?)` \(`([\w/]+\.py)`\)")


def variables() -> set[str]:
    """Every environment variable of ours that the program reads."""
    texts = [(ROOT / name).read_text() for name in product_sources()]
    read = {f"GUILIU_{first or second}" for text in texts for first, second in _PREFIXED.findall(text)}
    named = {found for text in texts for found in _VARIABLE.findall(text)}
    return read | named - FOR_TESTS


def found_in_product(pattern: str) -> set[str]:
    """What a pattern's group finds in the sources of the product."""
    return {found for name in product_sources() for found in re.findall(pattern, (ROOT / name).read_text())}


@pytest.mark.parametrize("document", documents())
def test_every_link_leads_somewhere(document: str) -> None:
    lost = [target for target in links_in(document) if not is_resolved(document, target)]
    assert not lost, f"{document}: leads nowhere: {lost}"


def test_every_decision_is_in_the_index() -> None:
    records = {name.rsplit("/", 1)[1] for name in documents() if name.startswith("docs/decisions/0")}
    assert records == set(links_in("docs/decisions/README.md"))


def test_a_link_to_a_missing_file_or_heading_is_noticed() -> None:
    assert is_resolved("README.md", "docs/glossary.md#words-that-could-be-mistaken")
    assert not is_resolved("README.md", "docs/no-such-file.md")
    assert not is_resolved("README.md", "docs/glossary.md#no-such-heading")


def test_the_picture_of_the_case_shows_its_diagram() -> None:
    diagram, picture = (ROOT / "bpmn/case.bpmn").read_text(), (ROOT / "docs/pictures/case.svg").read_text()
    drawn = {name.removesuffix("_label") for name in re.findall(r'data-element-id="(\w+)"', picture)}
    meant = set(re.findall(r'<bpmndi:BPMN(?:Shape|Edge) [^>]*bpmnElement="(\w+)"', diagram))
    assert meant
    assert meant <= drawn, "run: python -m docs.pictures.case"
    assert drawn - meant <= {"case_plane", "case_collaboration"}, "run: python -m docs.pictures.case"


def test_every_variable_is_told_to_operators() -> None:
    told = set(_VARIABLE.findall(text_of(OPERATORS)))
    assert "GUILIU_HOME" in variables()
    assert variables() - told == set(), "not in " + OPERATORS
    assert told - variables() == set(), "read by nothing"


def test_every_log_line_is_told_to_operators() -> None:
    logged = found_in_product(r"\b_log\.\w+\(\s*\"(\w+)\"")
    assert "request_failed" in logged
    assert {name for name in logged if f"`{name}`" not in text_of(OPERATORS)} == set(), "not in " + OPERATORS


def test_every_number_is_told_to_operators() -> None:
    measured = found_in_product(r"\"(guiliu_\w+)\",\s*\"")
    assert "guiliu_feed_horizon_seconds" in measured
    assert {name for name in measured if f"`{name}" not in text_of(OPERATORS)} == set(), "not in " + OPERATORS


def test_every_route_is_told_to_integrators() -> None:
    assert routes.DOCUMENT.read_text() == routes.text(), "run: python -m docs.reference.routes"
    assert "`POST /api/v1/tasks/{task}/complete`" in routes.text()


@pytest.mark.parametrize("package", ["engine", "processes"])
def test_the_map_of_the_house_is_whole(package: str) -> None:
    rooms = {
        "/".join(name.split("/")[:2])
        for name in committed_files()
        if name.startswith(f"{package}/") and name.count("/") >= 2 and "migrations" not in name.split("/")[1]
    }
    told = set(re.findall(rf"^\| `({package}/\w+)` \|", text_of(ARCHITECTURE), re.MULTILINE))
    assert rooms == told


@pytest.mark.parametrize("document", [name for name in documents() if name.startswith("docs/")])
def test_files_that_documents_name_are_there(document: str) -> None:
    lost = [name for name in _SOURCE_FILE.findall(prose_of(document)) if not (ROOT / name).exists()]
    assert not lost, f"{document}: no such file: {lost}"


def test_what_the_life_of_a_command_names_is_where_it_says() -> None:
    named = _NAMED.findall(prose_of(ARCHITECTURE))
    assert len(named) > 10
    lost = [(name, file) for name, file in named if not _defines(ROOT / file, name)]
    assert not lost, f"{ARCHITECTURE}: not found: {lost}"


def _defines(file: Path, name: str) -> bool:
    text = file.read_text()
    parts = name.split(".")
    return all(re.search(rf"^\s*(?:class|(?:async )?def) {part}\b", text, re.MULTILINE) for part in parts)
