"""Reads what timer definitions say, as written; what is wrong with it is said by ``lint.timers``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from engine.spiff.attributes import TimerKind
from engine.spiff.xml import BPMN, line_of, local_name

_BPMN_PREFIX = f"{{{BPMN}}}"


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenTimer:
    """One date, duration or cycle of a timer definition."""

    kind: TimerKind
    text: str
    line: int


def read_timers(definitions: Iterable[etree._Element]) -> tuple[WrittenTimer, ...]:
    """The dates, durations and cycles of an event's definitions."""
    return tuple(
        WrittenTimer(kind=kind, text=(child.text or "").strip(), line=line_of(child))
        for definition in definitions
        if local_name(definition) == "timerEventDefinition"
        for kind in TimerKind
        for child in definition.iterfind(f"{_BPMN_PREFIX}{kind.value}")
    )
