"""Compiles what is written in one attribute: text taken literally, or an expression; what it cannot be is noted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from engine.definition import Finding
from engine.feel import (
    Expression,
    FeelLimitExceeded,
    FeelSyntaxError,
    FunctionTable,
    compile_expression,
    parse_attribute,
)
from engine.spiff.attributes import Attribute
from engine.spiff.diagram import Node
from engine.spiff.formal_expressions import WrittenExpression
from engine.spiff.rules import finding

_FOREIGN = re.compile(r"[$#]\{")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an attribute is written."""

    element: str
    line: int
    attribute: str


class Attributes:
    """Compiles attributes with one table of functions and notes what is wrong with them."""

    def __init__(self, functions: FunctionTable, findings: list[Finding]) -> None:
        self._functions = functions
        self.findings = findings

    def optional(self, node: Node, attribute: str, written: str, *, line: int | None = None) -> Attribute | None:
        """The attribute, literal or with a leading ``=`` an expression; ``None`` when nothing is written."""
        return self.written(Place(node.id, line or node.line, attribute), written)

    def written(self, place: Place, written: str) -> Attribute | None:
        """The same for a place that is no node."""
        if not written:
            return None
        text = parse_attribute(written)
        if text is None:
            return Attribute(place.attribute, place.line, literal=written)
        return Attribute(place.attribute, place.line, expression=self.expression(place, text))

    def expression(self, place: Place, written: str, *, language: str = "") -> Expression | None:
        """The compiled expression, or ``None`` after a finding."""
        text = written.strip().removeprefix("=").strip()
        foreign = "${…}" if _FOREIGN.match(text) else language if language and "feel" not in language.lower() else ""
        if foreign:
            self.say("expression.language", place, attribute=place.attribute, language=foreign)
            return None
        try:
            return compile_expression(text, functions=self._functions)
        except FeelSyntaxError as error:
            self.say(
                "expression.syntax", place, column=error.position.column, **_texts_of(place, error), **_hint(error)
            )
        except FeelLimitExceeded as error:
            self.say("expression.limit", place, **_texts_of(place, error))
        return None

    def note(self, rule: str, node: Node, *, line: int | None = None, **facts: object) -> None:
        """Note what is wrong with a node."""
        self.findings.append(finding(rule, node.id, line=line or node.line, **facts))

    def say(self, rule: str, place: Place, **facts: object) -> None:
        """Note what is wrong with an attribute."""
        self.findings.append(finding(rule, place.element, line=place.line, **facts))

    def formal(self, node: Node, attribute: str, written: WrittenExpression) -> Attribute | None:
        """A formal expression of the standard, which is always FEEL."""
        if not written.text:
            return None
        place = Place(node.id, written.line, attribute)
        expression = self.expression(place, written.text, language=written.language)
        return Attribute(attribute, written.line, expression=expression)


def _texts_of(place: Place, error: FeelSyntaxError | FeelLimitExceeded) -> Mapping[str, str]:
    return {"attribute": place.attribute, "detail_zh": error.message_zh, "detail_en": error.message_en}


def _hint(error: FeelSyntaxError) -> Mapping[str, str]:
    if not error.hint:
        return {"hint_zh": "", "hint_en": ""}
    return {"hint_zh": f"是否想写 {error.hint}？", "hint_en": f"Did you mean {error.hint}?"}
