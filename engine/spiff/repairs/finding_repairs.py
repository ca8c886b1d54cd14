"""The repair of each rule that has one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from lxml import etree

from engine.definition import ElementKind, Finding
from engine.repairs import RepairAction, RepairStep
from engine.spiff.diagram import Diagram
from engine.spiff.repairs.expressions import feel_of
from engine.spiff.repairs.foreign import foreign_repairs
from engine.spiff.supported import EXECUTED_VALUES

Mend = Callable[[Finding, str, Diagram], Iterator[RepairStep]]
_CONDITION: Final = "conditionExpression"


def with_repairs(findings: Sequence[Finding], diagram: Diagram | None) -> list[Finding]:
    """The findings, each with what mends it where a machine can."""
    return [_with_repair(finding, diagram) for finding in findings]


def _with_repair(finding: Finding, diagram: Diagram | None) -> Finding:
    if finding.element is None:
        return finding
    if finding.rule == "process.not_executable":
        return replace(finding, repair=(_set(finding.element, "isExecutable", "true"),))
    mend = REPAIRS.get(finding.rule)
    if mend is None or diagram is None:
        return finding
    return replace(finding, repair=tuple(mend(finding, finding.element, diagram)))


def _remove_condition(_finding: Finding, element: str, _diagram: Diagram) -> Iterator[RepairStep]:
    yield RepairStep(action=RepairAction.REMOVE_CHILD, element=element, name=_CONDITION)


def _make_default(_finding: Finding, element: str, diagram: Diagram) -> Iterator[RepairStep]:
    """The one flow of a gateway that has no condition is what is meant for all other cases."""
    source = diagram.nodes.get(diagram.flows[element].source)
    if source is not None and not source.default and [flow.condition for flow in source.outgoing].count(None) == 1:
        yield _set(source.id, "default", element)


def _remove_default(_finding: Finding, element: str, _diagram: Diagram) -> Iterator[RepairStep]:
    yield _remove(element, "default")


def _remove_direction(_finding: Finding, element: str, _diagram: Diagram) -> Iterator[RepairStep]:
    yield _remove(element, "gatewayDirection")


def _remove_parallel(_finding: Finding, element: str, diagram: Diagram) -> Iterator[RepairStep]:
    """Whoever throws throws everything anyway; what a process is to begin with is for people to decide."""
    if diagram.nodes[element].kind is not ElementKind.START_EVENT:
        yield _remove(element, "parallelMultiple")


def _remove_template(_finding: Finding, element: str, _diagram: Diagram) -> Iterator[RepairStep]:
    for name in ("modelerTemplate", "modelerTemplateVersion", "modelerTemplateIcon"):
        yield _remove(element, f"zeebe:{name}")


def _remove_unsupported(_finding: Finding, element: str, diagram: Diagram) -> Iterator[RepairStep]:
    """What only repeats what holds anyway; what asks for something else is for people to decide."""
    node = diagram.nodes.get(element)
    for name, executed in EXECUTED_VALUES.items():
        value = None if node is None else node.xml.get(name)
        if value is not None and value not in executed and value.strip().lower() in executed:
            yield _set(element, name, value.strip().lower())


def _keep_last_property(finding: Finding, element: str, diagram: Diagram) -> Iterator[RepairStep]:
    node = diagram.nodes.get(element)
    values = {} if node is None else node.declared.property_values
    if finding.subject in values:
        place, named = "zeebe:properties/zeebe:property", {"name": finding.subject}
        yield RepairStep(action=RepairAction.REMOVE_EXTENSION, element=element, name=place, attributes=named)
        whole = {**named, "value": values[finding.subject]}
        yield RepairStep(action=RepairAction.ADD_EXTENSION, element=element, name=place, attributes=whole)


def _write_feel(_finding: Finding, element: str, diagram: Diagram) -> Iterator[RepairStep]:
    """The condition of a flow in FEEL, when it was written for another engine and can be read as such."""
    flow = diagram.flows.get(element)
    text = None if flow is None or flow.condition is None else feel_of(flow.condition)
    if text is not None:
        yield RepairStep(action=RepairAction.SET_TEXT, element=element, name=_CONDITION, value=f"= {text}")


def _convert(finding: Finding, element: str, diagram: Diagram) -> Iterator[RepairStep]:
    found = diagram.process if element == diagram.key else _element(diagram, element)
    if found is not None:
        yield from foreign_repairs(element, found, finding.subject.rpartition(":")[2])


def _element(diagram: Diagram, identity: str) -> etree._Element | None:
    node = diagram.nodes.get(identity)
    if node is not None:
        return node.xml
    flows = diagram.process.iter("{*}sequenceFlow")
    return next((flow for flow in flows if flow.get("id") == identity), None)


def _set(element: str, name: str, value: str) -> RepairStep:
    return RepairStep(action=RepairAction.SET_ATTRIBUTE, element=element, name=name, value=value)


def _remove(element: str, name: str) -> RepairStep:
    return RepairStep(action=RepairAction.REMOVE_ATTRIBUTE, element=element, name=name)


REPAIRS: Final[Mapping[str, Mend]] = {
    "flow.condition_on_default": _remove_condition,
    "flow.condition_forbidden": _remove_condition,
    "flow.condition_missing": _make_default,
    "default.not_own": _remove_default,
    "default.needless": _remove_default,
    "gateway.direction": _remove_direction,
    "event.parallel_place": _remove_parallel,
    "attribute.unsupported": _remove_unsupported,
    "property.duplicate": _keep_last_property,
    "expression.syntax": _write_feel,
    "expression.language": _write_feel,
    "extension.foreign": _convert,
    "extension.ignored": _convert,
    "job.template_unknown": _remove_template,
    "job.template_left": _remove_template,
}
