"""Reads how an activity is to be repeated, as written; nothing is judged or compiled here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from engine.spiff.formal_expressions import WrittenExpression, formal_expression
from engine.spiff.xml import BPMN, ZEEBE, line_of

MULTI_INSTANCE = "multiInstanceLoopCharacteristics"
STANDARD_LOOP = "standardLoopCharacteristics"


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenMultiInstance:
    """A ``multiInstanceLoopCharacteristics``; empty texts where absent."""

    line: int
    is_sequential: bool
    #: When events are thrown for the performances; ``All`` is never.
    behavior: str
    cardinality: WrittenExpression
    until: WrittenExpression
    #: ``inputCollection``, ``inputElement``, ``outputCollection`` and ``outputElement`` of the dialect.
    collection: str
    element: str
    output: str
    yields: str
    xml: etree._Element


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenLoop:
    """A ``standardLoopCharacteristics``; empty texts where absent."""

    line: int
    condition: WrittenExpression
    tests_before: bool
    maximum: str
    xml: etree._Element


WrittenRepetition: TypeAlias = WrittenMultiInstance | WrittenLoop


def read_repetition(activity: etree._Element) -> WrittenRepetition | None:
    """How an element is to be repeated; ``None`` when it is not."""
    if (written := activity.find(f"{{{BPMN}}}{MULTI_INSTANCE}")) is not None:
        return _multi_instance(written)
    if (written := activity.find(f"{{{BPMN}}}{STANDARD_LOOP}")) is not None:
        return _loop(written)
    return None


def _multi_instance(written: etree._Element) -> WrittenMultiInstance:
    declared = written.find(f"{{{BPMN}}}extensionElements/{{{ZEEBE}}}loopCharacteristics")

    def attribute(name: str) -> str:
        return "" if declared is None else (declared.get(name) or "").strip()

    return WrittenMultiInstance(
        line=line_of(written),
        is_sequential=written.get("isSequential") == "true",
        behavior=written.get("behavior") or "All",
        cardinality=formal_expression(written, "loopCardinality"),
        until=formal_expression(written, "completionCondition"),
        collection=attribute("inputCollection"),
        element=attribute("inputElement"),
        output=attribute("outputCollection"),
        yields=attribute("outputElement"),
        xml=written,
    )


def _loop(written: etree._Element) -> WrittenLoop:
    return WrittenLoop(
        line=line_of(written),
        condition=formal_expression(written, "loopCondition"),
        tests_before=written.get("testBefore") == "true",
        maximum=(written.get("loopMaximum") or "").strip(),
        xml=written,
    )


def written_in(repetition: WrittenRepetition | None) -> tuple[str, ...]:
    """Everything in it that may hold an expression, as written."""
    match repetition:
        case WrittenMultiInstance():
            return repetition.collection, repetition.yields, repetition.cardinality.text, repetition.until.text
        case WrittenLoop():
            return (repetition.condition.text,)
    return ()
