"""Procedures and their effects, and the places where a host's diagram lets the flow be entered again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.definition import ElementKind, Finding
from engine.effects import HOST_OF_EFFECT, PLACED, EffectKind, HostKind
from engine.spiff.compiling import STARTED_BY, names_in
from engine.spiff.diagram import Diagram, Node
from engine.spiff.rules import finding
from engine.spiff.supported import CAN_AFFECT
from engine.spiff.xml import line_of

#: Properties of a process that make it a procedure.
ATTACHES_TO, EXCLUDES = "attachesTo", "excludes"
#: Properties of an element with an effect.
EFFECT, TARGET, AMOUNT, ENDS = "effect", "target", "amount", "ends"
#: Names of properties that say where the flow is entered again.
_ENTRY = re.compile(r"on[A-Z]\w*")
_PARAMETERS = {TARGET: PLACED, AMOUNT: frozenset({EffectKind.EXTEND}), ENDS: frozenset(EffectKind)}


def check_procedure(diagram: Diagram) -> Iterator[Finding]:
    """What the process says of itself as a procedure."""
    properties, line = diagram.declared.property_values, line_of(diagram.process)
    attaches_to = properties.get(ATTACHES_TO)
    if attaches_to is None:
        for name in (STARTED_BY, EXCLUDES):
            if name in properties:
                yield finding("procedure.detached", diagram.key, line=line, name=name)
        return
    if attaches_to not in list(HostKind):
        yield finding("procedure.host", diagram.key, line=line, attaches_to=attaches_to)
    if not names_in(properties.get(STARTED_BY, "")):
        yield finding("procedure.nobody", diagram.key, line=line)


def check_effects(diagram: Diagram) -> Iterator[Finding]:
    """Each effect is known, stands where it is carried out, and has what it needs and nothing else."""
    attaches_to = diagram.declared.property_values.get(ATTACHES_TO)
    for node in diagram.nodes.values():
        written = node.declared.property_values.get(EFFECT)
        if written is None:
            continue
        if node.kind not in CAN_AFFECT:
            yield finding("effect.place", node.id, line=node.line)
        if written not in list(EffectKind):
            yield finding("effect.unknown", node.id, line=node.line, effect=written, known="、".join(EffectKind))
        else:
            yield from _check_effect(node, EffectKind(written), attaches_to)


def _check_effect(node: Node, effect: EffectKind, attaches_to: str | None) -> Iterator[Finding]:
    needed = HOST_OF_EFFECT[effect]
    if attaches_to is None:
        yield finding("effect.no_host", node.id, line=node.line)
    elif attaches_to != needed:
        yield finding(
            "effect.other_host", node.id, line=node.line, effect=effect, needed=needed, attaches_to=attaches_to
        )
    properties = node.declared.property_values
    for name, effects in _PARAMETERS.items():
        if name in properties and effect not in effects:
            yield finding("effect.parameter", node.id, line=node.line, name=name, effect=effect)
    target = properties.get(TARGET, "")
    if effect in PLACED and not target:
        yield finding("effect.target_missing", node.id, line=node.line, effect=effect)
    elif effect in PLACED and not _ENTRY.fullmatch(target):
        yield finding("effect.target_malformed", node.id, line=node.line, target=target[:40])


def check_entries(diagram: Diagram) -> Iterator[Finding]:
    """Where the flow may be entered again there is something that can be entered."""
    for name, target in diagram.declared.property_values.items():
        yield from _check_entry(diagram, diagram.key, line_of(diagram.process), diagram.key, (name, target))
    for node in diagram.nodes.values():
        for name, target in node.declared.property_values.items():
            yield from _check_entry(diagram, node.id, node.line, node.scope, (name, target))


def _check_entry(diagram: Diagram, element: str, line: int, scope: str, entry: tuple[str, str]) -> Iterator[Finding]:
    name, target = entry
    if not _ENTRY.fullmatch(name):
        return
    facts = {"name": name, "target": target[:40]}
    node = diagram.nodes.get(target)
    if node is None:
        yield finding("reentry.unknown", element, line=line, **facts)
    elif node.scope not in _around(diagram, scope):
        yield finding("reentry.scope", element, line=line, **facts)
    elif not _can_be_entered(node):
        yield finding("reentry.unusable", element, line=line, **facts)


def _around(diagram: Diagram, scope: str) -> Iterator[str]:
    """The scope and those around it."""
    if scope != diagram.key and scope in diagram.nodes:
        yield from (each.id for each in diagram.around(diagram.nodes[scope]))
    yield diagram.key


def _can_be_entered(node: Node) -> bool:
    is_join = node.kind in (ElementKind.PARALLEL_GATEWAY, ElementKind.INCLUSIVE_GATEWAY) and len(node.incoming) > 1
    beginnings = (ElementKind.START_EVENT, ElementKind.BOUNDARY_EVENT, ElementKind.EVENT_SUB_PROCESS)
    return not is_join and node.kind not in beginnings
