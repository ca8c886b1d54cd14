"""Reads how an ad-hoc sub-process offers its activities, as written; nothing is judged or compiled here."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from engine.spiff.formal_expressions import WrittenExpression, formal_expression
from engine.spiff.xml import BPMN, ZEEBE, line_of, local_name

AD_HOC = "adHocSubProcess"


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenAdHoc:
    """What an ``adHocSubProcess`` says beside its activities; empty texts where absent."""

    line: int
    is_sequential: bool
    cancels_rest: bool
    until: WrittenExpression
    #: ``activeElementsCollection`` of the dialect.
    begins: str
    #: Other attributes of its ``zeebe:adHoc``.
    others: tuple[str, ...]


def read_ad_hoc(element: etree._Element) -> WrittenAdHoc | None:
    """How an element offers its activities; ``None`` when it is no ad-hoc sub-process."""
    if local_name(element) != AD_HOC:
        return None
    declared = element.find(f"{{{BPMN}}}extensionElements/{{{ZEEBE}}}adHoc")
    attributes = {} if declared is None else {str(name): str(value) for name, value in declared.attrib.items()}
    begins = attributes.pop("activeElementsCollection", "").strip()
    return WrittenAdHoc(
        line=line_of(element),
        is_sequential=element.get("ordering") == "Sequential",
        cancels_rest=element.get("cancelRemainingInstances") != "false",
        until=formal_expression(element, "completionCondition"),
        begins=begins,
        others=tuple(attributes),
    )


def written_in(offer: WrittenAdHoc | None) -> tuple[str, ...]:
    """Everything in it that may hold an expression, as written."""
    return () if offer is None else (offer.begins, offer.until.text)
