"""What a diagram uses of the rest of the house, read from the file without judging it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from engine.decisions import Binding
from engine.definition import ElementKind
from engine.feel import FeelError, compile_expression, parse_attribute
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


class FieldRead(NamedTuple):
    """An output mapping that reads a field of the form that was filled in at its task."""

    element: str
    field: str


def fields_read(source: bytes, form: str) -> tuple[FieldRead, ...]:
    """Which fields of a form the diagram reads where the form is filled in; never raises."""
    diagram = _diagram(source)
    nodes = () if diagram is None else diagram.nodes.values()
    return tuple(read for node in nodes if node.declared.form == form for read in _reads(node))


def _reads(node: Node) -> Iterator[FieldRead]:
    for mapping in node.declared.outputs:
        text = parse_attribute(mapping.source)
        try:
            names = {read.path[0] for read in compile_expression(text).reads} if text else ()
        except FeelError:
            continue
        yield from (FieldRead(node.id, name) for name in sorted(names))


def uses_of(source: bytes) -> tuple[Use, ...]:
    """What the one executable process of a file uses, in the order of the file; never raises."""
    diagram = _diagram(source)
    return () if diagram is None else tuple(use for use in _uses(diagram) if use.key)


def _diagram(source: bytes) -> Diagram | None:
    try:
        root = read_document(source)
    except DocumentRefused:
        return None
    processes = executable_processes(root)
    return read_diagram(root, processes[0]) if processes else None


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
