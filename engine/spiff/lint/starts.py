"""What begins a process: its timers can be waited for while there is no case, and a report comes of it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition import Finding
from engine.feel import FunctionTable
from engine.spiff.attributes import Attribute, TimerKind
from engine.spiff.beginnings import beginning_of
from engine.spiff.compiling import RESERVED, Compiled
from engine.spiff.diagram import Diagram, Node
from engine.spiff.following import DEADLINE
from engine.spiff.lint.data_flow import names_read
from engine.spiff.rules import finding
from engine.spiff.supported import PUBLISHED

#: Name of the variable in which whatever begins a process brings the report.
REPORT = "report"


def check_starts(diagram: Diagram) -> Iterator[Finding]:
    """A timer comes round by date or cycle, and brings nothing: the diagram says what is reported."""
    is_procedure = "attachesTo" in diagram.declared.property_values
    for node in _begun(diagram):
        targets = [mapping.target for mapping in node.declared.outputs]
        if is_procedure:
            yield finding("start.procedure", node.id, line=node.line)
        for timer in node.timers:
            if timer.kind is TimerKind.DURATION:
                yield finding("start.duration", node.id, line=timer.line)
        if "timerEventDefinition" in node.triggers and REPORT not in targets:
            yield finding("start.report", node.id, line=node.line)
        for mapping in node.declared.outputs:
            if mapping.target.startswith("case."):
                yield finding("start.fact", node.id, line=mapping.line, target=mapping.target)


def check_start_names(diagram: Diagram, compiled: Compiled, functions: FunctionTable) -> Iterator[Finding]:
    """What is evaluated before there is a case reads nothing of one, nor what a timer does not bring."""
    for node in _begun(diagram):
        beginning = beginning_of(compiled.behaviours[node.id])
        brings = not PUBLISHED.isdisjoint(node.triggers)
        for timer in beginning.timers:
            yield from _check_names(node, timer.when, _read(timer.when, functions))
        known: set[str] = set()
        for mapping in beginning.outputs:
            read = [name for name in _read(mapping.source, functions) if name not in known]
            yield from _check_names(node, mapping.source, [name for name in read if not brings or name in RESERVED])
            known.add(mapping.target)


def _begun(diagram: Diagram) -> Iterator[Node]:
    return (node for node in diagram.nodes.values() if node.begins_by_event)


def _read(attribute: Attribute, functions: FunctionTable) -> list[str]:
    given = attribute.expression.texts_given_to(DEADLINE) if attribute.expression else ()
    return [*([f"{DEADLINE}()"] if given else []), *names_read(attribute, functions.names)]


def _check_names(node: Node, attribute: Attribute, names: list[str]) -> Iterator[Finding]:
    for name in names:
        yield finding("start.reads", node.id, line=attribute.line, attribute=attribute.name, name=name)
