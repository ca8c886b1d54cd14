"""Calls compared to what is published."""

from __future__ import annotations

from engine.definition import Finding, Severity
from engine.spiff import Declared, lint_process
from tests.unit.spiff.drawing import call, chain, document, extensions, of_signal, signal, start, user
from tests.unit.spiff.driving import Library


def calling(process: str, *, key: str = "demo", **attributes: str) -> bytes:
    return document(start(), call("c", process, **attributes), chain("start", "c"), key=key)


def plain(key: str, tag: str = "") -> bytes:
    tagged = extensions(f'<zeebe:versionTag value="{tag}"/>') if tag else ""
    return document(tagged, start(), user("u"), chain("start", "u"), key=key)


def findings(source: bytes, *published: bytes) -> list[Finding]:
    declared = Declared(facts={}, processes=Library(*published))
    return [found for found in lint_process(source, declared) if found.severity is not Severity.NOTE]


def test_a_published_process_may_be_called() -> None:
    assert findings(calling("inner"), plain("inner")) == []


def test_a_process_that_is_not_published_is_refused_with_the_closest_one() -> None:
    (found,) = findings(calling("iner"), plain("inner"))
    assert (found.rule, found.element, found.severity) == ("call.unknown", "c", Severity.ERROR)
    assert "inner" in found.fix_en


def test_a_tag_that_no_version_bears_is_refused() -> None:
    tagged = calling("inner", bindingType="versionTag", versionTag="spring")
    assert [found.rule for found in findings(tagged, plain("inner"))] == ["call.unknown"]
    assert findings(tagged, plain("inner", "spring")) == []


def test_calls_that_lead_back_are_told_with_their_way() -> None:
    (found,) = findings(calling("one"), calling("two", key="one"), calling("demo", key="two"))
    assert (found.rule, found.severity) == ("call.round", Severity.WARNING)
    assert "demo → one → two → demo" in found.message_en
    assert findings(calling("one"), calling("two", key="one"), plain("two")) == []


def test_a_ring_of_calls_elsewhere_does_not_hang() -> None:
    assert findings(calling("one"), calling("two", key="one"), calling("one", key="two")) == []


def test_nothing_is_said_of_calls_where_nothing_is_known_of_processes() -> None:
    assert [found.rule for found in lint_process(calling("nowhere"), Declared(facts={}))] == ["end.implicit"]


def test_a_process_that_begins_with_a_signal_cannot_be_called() -> None:
    woken = document(signal("s", "alarm"), start("start", of_signal("s")), user("u"), chain("start", "u"), key="woken")
    (found,) = findings(calling("woken"), woken)
    assert (found.rule, found.element, found.severity) == ("call.begins_by_event", "c", Severity.ERROR)
