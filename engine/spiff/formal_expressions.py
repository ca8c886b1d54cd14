"""Formal expressions of the standard, as written; nothing is judged or compiled here."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from engine.spiff.xml import BPMN, line_of


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenExpression:
    """A formal expression of the standard; empty texts where absent."""

    line: int
    text: str
    language: str


def formal_expression(written: etree._Element, tag: str) -> WrittenExpression:
    """The child of a tag, as written."""
    found = written.find(f"{{{BPMN}}}{tag}")
    if found is None:
        return WrittenExpression(line=line_of(written), text="", language="")
    return WrittenExpression(line=line_of(found), text=(found.text or "").strip(), language=found.get("language") or "")
