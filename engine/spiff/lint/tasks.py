"""What nodes declare about people, stages and properties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from engine.actors import is_person
from engine.decisions import Binding
from engine.definition import ElementKind, Finding
from engine.feel import parse_attribute
from engine.spiff.compiling import names_in, separate_from
from engine.spiff.diagram import Diagram, Node, text_of
from engine.spiff.dialect import Declarations
from engine.spiff.limits import LONGEST_STAGE
from engine.spiff.rules import finding


def check_tasks(diagram: Diagram) -> Iterator[Finding]:
    """User tasks reach people that there may be and bind a form that can be found; separations name user tasks."""
    for node in diagram.nodes.values():
        if node.kind is ElementKind.USER_TASK and not _is_assigned(node):
            yield finding("task.unassigned", node.id, line=node.line)
        if node.kind is ElementKind.MANUAL_TASK:
            yield finding("task.manual", node.id, line=node.line)
        yield from _check_form(node)
        yield from _check_people(node)
        for reference in separate_from(node):
            # An element of another diagram is named with its process.
            if "/" in reference:
                continue
            other = diagram.nodes.get(reference)
            if other is None or not _is_performed(diagram, other):
                yield finding("task.separate_unknown", node.id, line=node.line, reference=reference)


def _check_form(node: Node) -> Iterator[Finding]:
    binding, tag = node.declared.form_binding or Binding.LATEST, node.declared.form_tag
    if binding not in (Binding.LATEST, Binding.VERSION_TAG):
        yield finding("form.binding", node.id, line=node.line, binding=binding)
    elif bool(tag) is not (binding == Binding.VERSION_TAG):
        yield finding("form.version_tag", node.id, line=node.line, binding=binding, tag=tag)


def _check_people(node: Node) -> Iterator[Finding]:
    declared = node.declared
    assignee = declared.assignee or text_of(node.xml, "humanPerformer")
    users = () if parse_attribute(declared.candidate_users) else names_in(declared.candidate_users)
    for attribute, names in (("assignee", () if parse_attribute(assignee) else (assignee,)), ("candidateUsers", users)):
        for name in names:
            if name and not is_person(name):
                yield finding("task.person", node.id, line=node.line, attribute=attribute, name=name[:40])


def check_properties(diagram: Diagram) -> Iterator[Finding]:
    """A property is written once; a stage is a usable name."""
    yield from _check_doubles(diagram.key, diagram.line, diagram.declared)
    for flow in diagram.flows.values():
        yield from _check_doubles(flow.id, flow.line, flow.declared)
    for node in diagram.nodes.values():
        yield from _check_doubles(node.id, node.line, node.declared)
        stage = node.declared.property_values.get("stage")
        if stage is not None and (not stage.strip() or stage != stage.strip() or len(stage) > LONGEST_STAGE):
            yield finding("stage.malformed", node.id, line=node.line, stage=stage[:40], limit=LONGEST_STAGE)


def _check_doubles(identity: str, line: int, declared: Declarations) -> Iterator[Finding]:
    counts = Counter(name for name, _ in declared.properties)
    for name, count in counts.items():
        if count > 1:
            yield finding("property.duplicate", identity, line=line, name=name)


def _is_performed(diagram: Diagram, node: Node) -> bool:
    """Whether somebody performs a node: a user task, or the start of a procedure, which is whoever used the verb."""
    is_procedure = "attachesTo" in diagram.declared.property_values
    return node.kind is ElementKind.USER_TASK or (is_procedure and node.kind is ElementKind.START_EVENT)


def _is_assigned(node: Node) -> bool:
    declared = node.declared
    written = (declared.assignee, declared.candidate_groups, declared.candidate_users, node.lane)
    return any(written) or any(text_of(node.xml, role) for role in ("potentialOwner", "humanPerformer"))
