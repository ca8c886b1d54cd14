"""Events that wait for a timer: there is one moment to wait for, and somewhere to wait."""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition import ElementKind, Finding
from engine.feel import parse_attribute
from engine.spiff.attributes import TimerKind
from engine.spiff.diagram import Diagram, Node
from engine.spiff.moments import TimeRefused, read_time
from engine.spiff.rules import finding
from engine.spiff.supported import ACTIVITIES, HOSTS


def check_timers(diagram: Diagram) -> Iterator[Finding]:
    """Each catching event says one moment that it can wait for."""
    for node in (one for whole in diagram.nodes.values() for one in whole.each):
        if _waits_for_time(node):
            yield from _check_count(node)
            yield from _check_kind(node)
            yield from _check_literals(node)


def check_boundaries(diagram: Diagram) -> Iterator[Finding]:
    """Each boundary event stands on an activity that waits."""
    for node in diagram.nodes.values():
        host = diagram.nodes.get(node.attached_to)
        if node.kind is ElementKind.BOUNDARY_EVENT and not _may_stand(node, host):
            yield finding("boundary.detached", node.id, line=node.line, reference=node.attached_to)


def _waits_for_time(node: Node) -> bool:
    return (node.catches or node.begins_by_event) and set(node.triggers) <= {"timerEventDefinition"}


def _may_stand(node: Node, host: Node | None) -> bool:
    if host is None or host.scope != node.scope:
        return False
    # What is done has waited for nothing on its border.
    return host.kind in ACTIVITIES if node.leads_to_handler else host.kind in HOSTS and not host.throws_message


def _check_count(node: Node) -> Iterator[Finding]:
    if len(node.timers) > 1:
        yield finding("timer.several", node.id, line=node.timers[1].line, count=len(node.timers))
    elif not any(timer.text for timer in node.timers):
        yield finding("timer.missing", node.id, line=node.line)


def _check_kind(node: Node) -> Iterator[Finding]:
    may_repeat = node.kind is not ElementKind.INTERMEDIATE_CATCH_EVENT and not node.interrupts
    for timer in node.timers:
        if timer.kind is TimerKind.CYCLE and not may_repeat:
            yield finding("timer.cycle", node.id, line=timer.line)


def _check_literals(node: Node) -> Iterator[Finding]:
    for timer in node.timers:
        if timer.text and parse_attribute(timer.text) is None:
            try:
                read_time(timer.kind, timer.text)
            except TimeRefused as refused:
                yield finding(
                    "timer.unusable",
                    node.id,
                    line=timer.line,
                    kind=timer.kind.value,
                    text=timer.text[:40],
                    detail_zh=refused.message_zh,
                    detail_en=refused.message_en,
                )
