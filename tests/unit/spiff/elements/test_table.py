"""The table of elements, the lint and the scenarios agree on what is executed."""

from __future__ import annotations

import pytest

from engine.definition import Finding
from engine.spiff import compile_process, lint_process
from engine.spiff.supported import EXECUTED, IGNORED, UNSUPPORTED
from tests.unit.spiff.drawing import chain, document, element, start, user
from tests.unit.spiff.elements import table
from tests.unit.spiff.elements.part import ROOTS

LINE = (start(), user("a"), chain("start", "a"))
EVENTS = [(position, definition) for position in table.POSITIONS for definition in table.DEFINITIONS]
KNOWN = {*table.OTHERS, *(f"{position} {definition}" for position, definition in EVENTS)}


def errors(*parts: str) -> list[Finding]:
    return [finding for finding in lint_process(document(*parts, *ROOTS)) if finding.is_error]


@pytest.mark.parametrize(("position", "definition"), EVENTS)
def test_an_event_is_shown_by_a_scenario_or_refused_by_name(position: str, definition: str) -> None:
    found = errors(*table.drawn_at(position, definition))
    is_shown = bool(table.scenarios_of(f"{position} {definition}"))
    # The other end of a link is not drawn here, and flows lead beside it.
    is_executed = not [finding for finding in found if not finding.rule.startswith("link.")]
    assert is_shown is is_executed
    assert all(finding.element in {"x", "es"} for finding in found)


@pytest.mark.parametrize("row", table.OTHERS)
def test_an_element_is_shown_by_a_scenario_or_refused_by_name(row: str) -> None:
    drawn = table.OTHERS[row]
    assert bool(table.scenarios_of(row)) is not bool(drawn)
    if drawn:
        assert "x" in {finding.element for finding in errors(*LINE, drawn, chain("a", "x"))}


def test_scenarios_show_what_stands_in_the_table() -> None:
    assert {row for part in table.PARTS.values() for row in part.shows} <= KNOWN


def test_the_table_knows_every_tag_of_the_engine() -> None:
    events = {f"{definition}EventDefinition" for definition in table.DEFINITIONS}
    told = {word for row in KNOWN for word in row.split()} | {*table.DRAWN} | events
    # They stand inside a process or message, and say nothing that is executed.
    silent = {"property", "supports", "correlationSubscription"}
    assert {*EXECUTED, *UNSUPPORTED, *IGNORED} - silent <= told


@pytest.mark.parametrize("tag", table.DRAWN)
def test_what_is_drawn_only_is_accepted(tag: str) -> None:
    assert compile_process(document(*LINE, element(tag, "x")))


def test_the_document_holds_the_table_as_it_is() -> None:
    written = table.DOCUMENT.read_text(encoding="utf-8")
    assert written == table.rewritten(written), "run: python -m tests.unit.spiff.elements.table"
