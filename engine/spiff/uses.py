"""What a diagram uses of the rest of the house, read from the file without judging it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from engine.decisions import Binding
from engine.definition import ElementKind
from engine.spiff.compiling import called_process
from engine.spiff.diagram import Diagram, Node, executable_processes, read_diagram
from engine.spiff.dialect import Declarations
from engine.spiff.xml import DocumentRefused, read_document


class UseKind(StrEnum):
    """Kinds of things that diagrams use by name."""

    PROCESS = "process"
    DECISION = "decision"
    FORM = "form"
    #: An outside system or the topic under which it is asked.
    TOPIC = "topic"
    MESSAGE = "message"
    SIGNAL = "signal"
    CALENDAR = "calendar"
    #: The limit of a deadline as it is written.
    LIMIT = "limit"


class Use(NamedTuple):
    """One thing that is used at one element."""

    kind: UseKind
    key: str
    #: Id of the element, or of the process.
    element: str
    binding: str = ""
    tag: str = ""


def uses_of(source: bytes) -> tuple[Use, ...]:
    """What the one executable process of a file uses, in the order of the file; never raises."""
    try:
        root = read_document(source)
    except DocumentRefused:
        return ()
    for process in executable_processes(root)[:1]:
        diagram = read_diagram(root, process)
        return tuple(use for use in _uses(diagram) if use.key)
    return ()


def _uses(diagram: Diagram) -> Iterator[Use]:
    yield from _of_deadline(diagram.key, diagram.declared)
    for node in diagram.nodes.values():
        yield from _of_node(node)
        yield from _of_deadline(node.id, node.declared)


def _of_node(node: Node) -> Iterator[Use]:
    declared = node.declared
    if node.kind is ElementKind.CALL_ACTIVITY:
        bound = _bound(declared.process_binding, declared.process_tag)
        yield Use(UseKind.PROCESS, called_process(node), node.id, *bound)
    yield Use(UseKind.DECISION, declared.decision, node.id, *_bound(declared.decision_binding, declared.decision_tag))
    yield Use(UseKind.FORM, declared.form, node.id, *_bound(declared.form_binding, declared.form_tag))
    yield Use(UseKind.TOPIC, declared.topic, node.id)
    for publication in node.publications:
        yield Use(UseKind(publication.kind.value), publication.name or "", node.id)


def _of_deadline(element: str, declared: Declarations) -> Iterator[Use]:
    values = declared.property_values
    yield Use(UseKind.LIMIT, values.get("deadlineLimit", ""), element)
    yield Use(UseKind.CALENDAR, values.get("deadlineCalendar", ""), element)


def _bound(binding: str, tag: str) -> tuple[str, str]:
    return binding or Binding.LATEST, tag
