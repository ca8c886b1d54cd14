"""Bytes from anywhere: read as BPMN or refused with a place, never anything else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.definition import Severity
from engine.spiff import DefinitionRefused, compile_process, lint_process
from engine.spiff.limits import DEEPEST_DOCUMENT, LARGEST_DOCUMENT
from tests.unit.spiff.drawing import chain, document, element, end, start, user

SOUND = document(start(), user("a"), end(), chain("start", "a", "end"))
TEXT = SOUND.decode()


def only_rule(source: bytes) -> str:
    (finding,) = lint_process(source)
    assert finding.severity is Severity.ERROR
    return finding.rule


def with_prolog(prolog: str) -> bytes:
    return TEXT.replace("?>\n", f"?>\n{prolog}\n", 1).encode()


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:1/">]>',
        '<!DOCTYPE x [<!ENTITY e "text">]>',
        "<!-- hidden --> <!DOCTYPE x>",
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
def test_a_doctype_is_refused_before_anything_is_parsed(prolog: str) -> None:
    source = with_prolog(prolog)
    (finding,) = lint_process(source)
    assert finding.rule == "document.doctype"
    assert finding.line == 2
    with pytest.raises(DefinitionRefused):
        compile_process(source)


def test_an_entity_nobody_declared_is_refused() -> None:
    assert only_rule(TEXT.replace("演示", "&evil;").encode()) == "document.malformed"


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        (b"", "document.malformed"),
        (b"\x00\x01\x02", "document.malformed"),
        (b"\xff\xfe\x00", "document.encoding"),
        (b"PK\x03\x04\x14\x00", "document.malformed"),
        (b"<html><body/></html>", "document.not_bpmn"),
        (b"<definitions/>", "document.not_bpmn"),
        (b"{}", "document.malformed"),
        (SOUND.replace(b"version", b"vePsion", 1), "document.malformed"),
        (SOUND.replace(b"?>", b" ?", 1), "document.malformed"),
        (SOUND[:-10], "document.malformed"),
        (b'<?xml version="1.0" encoding="UTF-7"?><a/>', "document.encoding"),
        (b'<?xml version="1.0" encoding="idna"?><a/>', "document.encoding"),
        (b"\xd5\xc5", "document.encoding"),
        (b" " * (LARGEST_DOCUMENT + 1), "document.too_large"),
        (b"<a>" * 5_000, "document.malformed"),
    ],
)
def test_what_is_no_bpmn_file_is_refused_with_the_reason(source: bytes, rule: str) -> None:
    assert only_rule(source) == rule


def test_a_document_nested_too_deep_is_refused() -> None:
    deep = "<x>" * DEEPEST_DOCUMENT + "</x>" * DEEPEST_DOCUMENT
    assert only_rule(TEXT.replace("</bpmn:process>", f"{deep}</bpmn:process>").encode()) == "document.too_deep"


def test_a_file_without_process_is_refused() -> None:
    begin, _, rest = TEXT.partition("<bpmn:process")
    assert only_rule((begin + rest.partition("</bpmn:process>")[2]).encode()) == "process.missing"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_other_encodings_are_decoded_once(encoding: str) -> None:
    declared = TEXT if encoding.startswith("utf") else TEXT.replace("UTF-8", encoding)
    assert compile_process(declared.encode(encoding)).view.name == "演示"


def test_lines_are_those_of_the_stored_file() -> None:
    source = with_prolog("<!-- one\ntwo -->").replace(b'id="a"', b'id="a b"', 1)
    malformed = [finding for finding in lint_process(source) if finding.rule == "id.malformed"]
    assert [finding.line for finding in malformed] == [7]


def test_a_missing_picture_and_message_flows_are_only_told() -> None:
    around = '<bpmn:collaboration id="c"><bpmn:messageFlow id="m" sourceRef="x" targetRef="a"/></bpmn:collaboration>'
    source = document(start(), user("a"), end(), chain("start", "a", "end"), around=around)
    without = source.replace(b'<bpmndi:BPMNDiagram id="picture"/>', b"")
    assert {finding.rule for finding in lint_process(without)} == {"diagram.missing", "message_flow.ignored"}
    assert compile_process(without).view.key == "demo"


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=300))
def test_the_lint_survives_any_bytes(source: bytes) -> None:
    assert all(finding.message_zh for finding in lint_process(source))


PIECES = [
    *TEXT.replace("><", ">\n<").split("\n"),
    element("subProcess", "s", "<bpmn:laneSet/>"),
    '<bpmn:sequenceFlow id="q" sourceRef="q" targetRef="q"/>',
    "<bpmn:extensionElements><zeebe:ioMapping><zeebe:input/></zeebe:ioMapping></bpmn:extensionElements>",
    '<bpmn:scriptTask id="t" default="t"><bpmn:script/></bpmn:scriptTask>',
    "<bpmn:startEvent/>",
]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=20))
def test_the_lint_survives_any_arrangement_of_sound_pieces(pieces: list[str]) -> None:
    source = document(*[piece for piece in pieces if "definitions" not in piece and "bpmn:process" not in piece])
    found = lint_process(source)
    if not any(finding.severity is Severity.ERROR for finding in found):
        compile_process(source)
