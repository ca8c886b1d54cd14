"""What is in the file at all: processes, ids, elements that are executed, drawn or refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from engine.definition import Finding
from engine.spiff import offers, repetitions
from engine.spiff.diagram import (
    Diagram,
    executable_processes,
    is_event_start,
    is_process_start,
    kind_of,
    text_of,
)
from engine.spiff.event_definitions import referenced_definition
from engine.spiff.limits import LONGEST_ID, MOST_ELEMENTS, MOST_EXPRESSION_TEXT, MOST_POOLS
from engine.spiff.rules import finding
from engine.spiff.supported import (
    ACTIVITIES,
    CONTAINERS,
    DESCRIPTIVE,
    DRAWN,
    EXECUTED,
    EXECUTED_CHILDREN,
    EXECUTED_EVENT_DEFINITIONS,
    EXECUTED_VALUES,
    IGNORED,
    REPETITIONS,
    advice_for,
)
from engine.spiff.xml import BPMN, BPMNDI, line_of, local_name

_BPMN_PREFIX = f"{{{BPMN}}}"
_NCNAME = re.compile(r"[^\W\d][\w.\-]*")
_PLACES = CONTAINERS | {"process"}


def check_processes(root: etree._Element) -> Iterator[Finding]:
    """Exactly one executable process stands in a file; others are documentation."""
    processes = list(root.iterfind(f"{_BPMN_PREFIX}process"))
    executable = executable_processes(root)
    if not processes:
        yield finding("process.missing", line=line_of(root))
    elif not executable:
        yield finding("process.not_executable", processes[0].get("id"), line=line_of(processes[0]))
    elif len(executable) > 1:
        ids = _listed(str(process.get("id")) for process in executable)
        place = executable[1]
        yield finding("process.several", place.get("id"), line=line_of(place), ids=ids, limit=MOST_POOLS)
    for process in processes:
        if executable and process not in executable:
            yield finding("process.ignored", process.get("id"), line=line_of(process), id=process.get("id"))


def check_ids(diagram: Diagram) -> Iterator[Finding]:
    """Ids are given, well-formed and used once."""
    uses: dict[str, list[etree._Element]] = {}
    for element in diagram.root.iter(f"{_BPMN_PREFIX}*"):
        identity = element.get("id")
        if identity is not None:
            uses.setdefault(identity, []).append(element)
        elif local_name(element) in EXECUTED or local_name(element) in {"sequenceFlow", "process"}:
            yield finding("id.missing", line=line_of(element), tag=local_name(element))
    for identity, elements in uses.items():
        line = line_of(elements[0])
        if not _NCNAME.fullmatch(identity) or len(identity) > LONGEST_ID:
            yield finding("id.malformed", identity[:LONGEST_ID], line=line, id=identity[:40], limit=LONGEST_ID)
        if len(elements) > 1:
            lines = _listed(str(line_of(element)) for element in elements)
            yield finding("id.duplicate", identity, line=line_of(elements[1]), id=identity, lines=lines)


def check_size(diagram: Diagram) -> Iterator[Finding]:
    """A diagram has a bounded number of nodes and flows, and a bounded amount of text to compile."""
    count = len(diagram.nodes) + len(diagram.flows)
    if count > MOST_ELEMENTS:
        yield finding("document.too_many_elements", line=1, count=count, limit=MOST_ELEMENTS)
    characters = sum(map(len, _expressions(diagram)))
    if characters > MOST_EXPRESSION_TEXT:
        yield finding("document.too_much_expression", line=1, count=characters, limit=MOST_EXPRESSION_TEXT)


def _expressions(diagram: Diagram) -> Iterator[str]:
    """Everything that may hold an expression, as written."""
    for node in diagram.nodes.values():
        declared = node.declared
        yield from (mapping.source for mapping in (*declared.inputs, *declared.outputs))
        yield from (declared.script, text_of(node.xml, "script"))
        yield from (declared.assignee, declared.candidate_groups, declared.candidate_users, declared.priority)
        yield from (declared.topic, declared.retries)
        yield from repetitions.written_in(node.repetition)
        yield from offers.written_in(node.ad_hoc)
        yield from (timer.text for timer in node.timers)
        yield from (condition.text for condition in node.conditions)
        yield from (publication.key for publication in node.publications)
        yield from (declared.property_values.get(name, "") for name in ("correlationKey", "timeToLive", "startedBy"))
    yield from (flow.condition or "" for flow in diagram.flows.values())


def check_picture(diagram: Diagram) -> Iterator[Finding]:
    """There is something to look at."""
    if diagram.root.find(f"{{{BPMNDI}}}BPMNDiagram") is None:
        yield finding("diagram.missing", diagram.key, line=line_of(diagram.process))


def check_elements(diagram: Diagram) -> Iterator[Finding]:
    """Every BPMN element is executed exactly, drawn only, or refused by name."""
    yield from _check_children(diagram.process)
    for flow in diagram.root.iterfind(f"{_BPMN_PREFIX}collaboration/{_BPMN_PREFIX}messageFlow"):
        yield finding("message_flow.ignored", flow.get("id"), line=line_of(flow))


def _check_children(element: etree._Element, owner: str | None = None) -> Iterator[Finding]:
    tag = local_name(element)
    for child in element.iterfind(f"{_BPMN_PREFIX}*"):
        definition = referenced_definition(child) if local_name(child) == "eventDefinitionRef" else child
        name = "" if definition is None else local_name(definition)
        if tag in _PLACES and name in EXECUTED:
            yield from _check_node(child)
        elif not name:
            yield finding("definition.unresolved", owner, line=line_of(child), reference=(child.text or "").strip())
        elif name in IGNORED:
            yield finding("element.ignored", child.get("id") or owner, line=line_of(child), tag=name)
        elif not _may_stand(name, element):
            place = child.get("id") if tag in _PLACES else owner
            yield _unsupported(name, place or owner, child)


def _check_node(node: etree._Element) -> Iterator[Finding]:
    for name in REPETITIONS:
        for characteristics in node.iterfind(f"{_BPMN_PREFIX}{name}"):
            yield from _check_children(characteristics, node.get("id"))
    for attribute, executed in EXECUTED_VALUES.items():
        value = node.get(attribute)
        if value is not None and value not in executed:
            yield finding("attribute.unsupported", node.get("id"), line=line_of(node), attribute=attribute, value=value)
    yield from _check_children(node, node.get("id"))


def _place(element: etree._Element) -> str:
    if is_event_start(element):
        return "eventSubProcessStart"
    return "processStart" if is_process_start(element) else local_name(element)


def _may_stand(name: str, element: etree._Element) -> bool:
    tag = local_name(element)
    return (
        name in DESCRIPTIVE
        or name in DRAWN
        or name in EXECUTED_CHILDREN.get(tag, ())
        or name in EXECUTED_EVENT_DEFINITIONS.get(_place(element), ())
        or (name in REPETITIONS and tag in EXECUTED and kind_of(element) in ACTIVITIES)
    )


def _unsupported(name: str, element: str | None, at: etree._Element) -> Finding:
    advice = advice_for(name)
    return finding(
        "element.unsupported",
        element,
        line=line_of(at),
        name_zh=advice.name_zh,
        name_en=advice.name_en,
        advice_zh=advice.advice_zh,
        advice_en=advice.advice_en,
    )


def _listed(items: Iterator[str]) -> str:
    return "、".join(items)
