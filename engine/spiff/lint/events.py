"""Events that throw and catch inside their tree, and links: each says one thing, and somebody can hear it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from engine.definition import ElementKind, Finding
from engine.feel import parse_attribute
from engine.spiff.attributes import PublicationKind, TriggerKind
from engine.spiff.diagram import Diagram, Flow, Node, link_name, link_targets
from engine.spiff.event_definitions import REFERENCES, code_of, referenced
from engine.spiff.rules import finding
from engine.spiff.supported import EVENTS_WITH_VARIABLES, PUBLISHED, THROWERS, THROWING, THROWN
from engine.spiff.xml import line_of, local_name

#: What comes without variables.
_WITHOUT_VARIABLES = frozenset({"linkEventDefinition", "compensateEventDefinition", "cancelEventDefinition"})

#: What stands alone in an event that throws, and in one that catches.
_ALONE = {
    True: _WITHOUT_VARIABLES,
    False: _WITHOUT_VARIABLES | {"errorEventDefinition"},
}


def check_events(diagram: Diagram) -> Iterator[Finding]:
    """Each event has one definition, whose reference and code are there."""
    for node in diagram.nodes.values():
        if len(node.definitions) > 1 and _ALONE[node.catches].intersection(node.triggers):
            yield finding("event.several", node.id, line=node.line, count=len(node.definitions))
        yield from _check_parallel(node)
        for definition in node.definitions:
            if local_name(definition) in THROWERS:
                yield from _check_code(node, definition)
        for condition in node.conditions:
            if not condition.text.removeprefix("="):
                yield finding("event.condition", node.id, line=condition.line)
        if node.kind in EVENTS_WITH_VARIABLES or node.is_event_start or node.begins_by_event:
            yield from _check_mappings(node)


def _check_parallel(node: Node) -> Iterator[Finding]:
    """What waits for all of its definitions can, and can tell them apart."""
    if not node.catches and node.xml.get("parallelMultiple") == "true":
        if not node.begins_flow or len(node.definitions) > 1:
            yield finding("event.parallel_place", node.id, line=node.line)
    elif node.is_parallel_multiple:
        if TriggerKind.ERROR in node.triggers:
            yield finding("event.parallel_error", node.id, line=node.line)
        for cause, count in Counter(_causes(node)).items():
            if count > 1:
                yield finding("event.parallel_twice", node.id, line=node.line, name=" ".join(filter(None, cause)))


def check_catches(diagram: Diagram) -> Iterator[Finding]:
    """What stands on a border can come there, and is caught once."""
    seen: set[tuple[str, str, str]] = set()
    for node in diagram.nodes.values():
        host = diagram.nodes.get(node.attached_to)
        if host is None:
            continue
        yield from _check_throwers(diagram, node, host)
        for tag, name in _causes(node):
            if (host.id, tag, name) in seen:
                yield finding("event.twice", node.id, line=node.line, host=host.id, code=name)
            seen.add((host.id, tag, name))


def _check_throwers(diagram: Diagram, node: Node, host: Node) -> Iterator[Finding]:
    for tag in node.triggers:
        is_never = tag == TriggerKind.CANCEL and not _is_cancelled(diagram, host)
        if is_never or (tag in THROWERS and host.kind not in THROWERS[tag]):
            yield finding("event.no_thrower", node.id, line=node.line, host=host.id)
        if tag in (TriggerKind.ERROR, TriggerKind.CANCEL) and not node.interrupts:
            yield finding("event.not_interrupting", node.id, line=node.line)


def _is_cancelled(diagram: Diagram, host: Node) -> bool:
    """Whether an activity is a transaction that may be cancelled from inside it."""
    inside = diagram.nodes_in(host.id) if local_name(host.xml) == "transaction" else []
    return any(TriggerKind.CANCEL in node.triggers for node in inside if node.kind is ElementKind.END_EVENT)


def _causes(node: Node) -> Iterator[tuple[str, str]]:
    """What one event of a border alone may catch; a signal may reach several."""
    for definition in node.definitions:
        if local_name(definition) in THROWN:
            yield local_name(definition), code_of(definition)
    for publication in node.publications:
        if publication.kind is PublicationKind.MESSAGE and publication.name:
            yield publication.name, publication.key


def check_links(diagram: Diagram) -> Iterator[Finding]:
    """Each link leads to one place of its scope, and no drawn flow leads beside it."""
    for node in diagram.nodes.values():
        if "linkEventDefinition" not in node.triggers:
            continue
        name, is_throw = link_name(node), node.kind is ElementKind.INTERMEDIATE_THROW_EVENT
        if not name:
            yield finding("link.name", node.id, line=node.line)
        elif (count := len(link_targets(diagram, node.scope, name))) != 1:
            yield finding("link.target", node.id, line=node.line, name=name, count=count)
        yield from _check_link_flows(node, node.outgoing if is_throw else node.incoming, is_throw=is_throw)


def _check_link_flows(node: Node, flows: list[Flow], *, is_throw: bool) -> Iterator[Finding]:
    texts = (
        {"end_zh": "抛出端", "way_zh": "引出", "end_en": "throwing end", "way_en": "leave"}
        if is_throw
        else {"end_zh": "接收端", "way_zh": "进入", "end_en": "catching end", "way_en": "enter"}
    )
    for flow in flows:
        if flow.id:
            yield finding("link.flow", node.id, line=flow.line, **texts)


def _check_code(node: Node, definition: etree._Element) -> Iterator[Finding]:
    reference, attribute = REFERENCES[local_name(definition)]
    written, code, line = definition.get(reference), code_of(definition), line_of(definition)
    if written and referenced(definition, reference) is None:
        yield finding("event.reference", node.id, line=line, attribute=reference, reference=written)
    elif not code and (written or not node.catches):
        yield finding("event.code", node.id, line=line, attribute=attribute)
    elif parse_attribute(code) is not None:
        yield finding("event.code_computed", node.id, line=line, code=code[:40])


def _check_mappings(node: Node) -> Iterator[Finding]:
    """What is thrown takes inputs along; what is caught maps what came."""
    throws = node.kind in THROWING and any(trigger in THROWERS.keys() | PUBLISHED for trigger in node.triggers)
    catches = (node.catches or node.begins_by_event) and not _WITHOUT_VARIABLES & set(node.triggers)
    without_effect = {
        "zeebe:input": () if throws else node.declared.inputs,
        "zeebe:output": () if catches else node.declared.outputs,
    }
    for name, mappings in without_effect.items():
        for mapping in mappings:
            yield finding("extension.unsupported", node.id, line=mapping.line, name=name)
