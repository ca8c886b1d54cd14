"""Extensions of the file: ours are read, documentation is ignored in a note, other engines' commands are refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from engine.definition import ElementKind, Finding
from engine.spiff.diagram import Diagram, Node
from engine.spiff.dialect import KNOWN, Declarations, read_declarations
from engine.spiff.repetitions import WrittenRepetition
from engine.spiff.rules import finding
from engine.spiff.supported import ACTIVITIES, EVENTS_WITH_VARIABLES, OUTSIDE, SCOPES
from engine.spiff.xml import BPMN, XSI, ZEEBE, line_of

#: Extensions of these namespaces would change execution in the engine they were written for.
FOREIGN: Mapping[str, str] = {
    "http://camunda.org/schema/1.0/bpmn": "camunda",
    "http://activiti.org/bpmn": "activiti",
    "http://flowable.org/bpmn": "flowable",
    "http://spiffworkflow.org/bpmn/schema/1.0/core": "spiffworkflow",
    "http://www.jboss.org/drools": "drools",
}
#: Written by editors and themes; said nothing about.
_SILENT = frozenset(
    {
        "http://camunda.org/schema/modeler/1.0",
        "http://bpmn.io/schema/bpmn/biocolor/1.0",
        "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
        XSI,
        BPMN,
    }
)
#: Foreign extensions that describe, or steer what this engine decides itself.
_HARMLESS = frozenset(
    {
        "asyncAfter",
        "asyncBefore",
        "diagramRelationId",
        "exclusive",
        "historyTimeToLive",
        "isStartableInTasklist",
        "jobPriority",
        "modelerTemplate",
        "modelerTemplateVersion",
        "versionTag",
    }
)
_ADVICE: Mapping[str, tuple[str, str]] = {
    "assignee": ("请用 zeebe:assignmentDefinition 的 assignee。", "Use assignee of a zeebe:assignmentDefinition."),
    "candidateGroups": (
        "请用 zeebe:assignmentDefinition 的 candidateGroups。",
        "Use candidateGroups of a zeebe:assignmentDefinition.",
    ),
    "candidateUsers": (
        "请用 zeebe:assignmentDefinition 的 candidateUsers。",
        "Use candidateUsers of a zeebe:assignmentDefinition.",
    ),
    "decisionRef": ("请用 zeebe:calledDecision。", "Use a zeebe:calledDecision."),
    "formKey": ("请用 zeebe:formDefinition。", "Use a zeebe:formDefinition."),
    "formRef": ("请用 zeebe:formDefinition。", "Use a zeebe:formDefinition."),
    "formData": ("请用 zeebe:formDefinition。", "Use a zeebe:formDefinition."),
    "properties": ("请用 zeebe:properties。", "Use zeebe:properties."),
    "inputOutput": ("请用 zeebe:ioMapping。", "Use a zeebe:ioMapping."),
    "priority": ("请用 zeebe:priorityDefinition。", "Use a zeebe:priorityDefinition."),
    "topic": ("请用 zeebe:taskDefinition 的 type。", "Use type of a zeebe:taskDefinition."),
    "type": ("请用 zeebe:taskDefinition 的 type。", "Use type of a zeebe:taskDefinition."),
}
_DEFAULT_ADVICE = ("请删除它，或改用 zeebe: 属性。", "Delete it, or use a zeebe: attribute.")
_ONLY_USER_TASKS = frozenset({ElementKind.USER_TASK})
#: The form of a start event is that of the verb which starts a procedure.
_WITH_FORMS = frozenset({ElementKind.USER_TASK, ElementKind.START_EVENT})
#: Where each declaration of the dialect has an effect.
_PLACES: Mapping[str, frozenset[ElementKind]] = {
    "assignmentDefinition": _ONLY_USER_TASKS,
    "formDefinition": _WITH_FORMS,
    "priorityDefinition": _ONLY_USER_TASKS,
    "userTask": _ONLY_USER_TASKS,
    "script": frozenset({ElementKind.SCRIPT_TASK}),
    "calledDecision": frozenset({ElementKind.BUSINESS_RULE_TASK}),
    "taskDefinition": OUTSIDE,
    "calledElement": frozenset({ElementKind.CALL_ACTIVITY}),
    "ioMapping": ACTIVITIES | SCOPES | EVENTS_WITH_VARIABLES,
    # That of an embedded one is refused by ``lint.ad_hoc``.
    "adHoc": frozenset({ElementKind.SUB_PROCESS}),
    # They stand in the message and in the multi-instance, not in the element itself.
    "subscription": frozenset(),
    "loopCharacteristics": frozenset(),
    "versionTag": frozenset(),
}


def check_extensions(diagram: Diagram) -> Iterator[Finding]:
    """Nothing an extension asks for is lost in silence."""
    yield from _check(diagram.process, diagram.key, diagram.declared)
    for node in diagram.nodes.values():
        yield from _check(node.xml, node.id, node.declared)
        yield from _check_places(node)
        for definition in node.definitions:
            yield from _check_definition(definition, node.id)
        if node.repetition is not None:
            yield from _check(node.repetition.xml, node.id, read_declarations(node.repetition.xml))
            yield from _check_repetition(node, node.repetition)
    for flow in diagram.process.iter(f"{{{BPMN}}}sequenceFlow"):
        yield from _check(flow, flow.get("id") or "", read_declarations(flow))


def _check(element: etree._Element, identity: str, declared: Declarations) -> Iterator[Finding]:
    attributes = (etree.QName(str(name)) for name in element.attrib)
    for name in attributes:
        # Editors keep the names of element templates in attributes of this namespace.
        if name.namespace != ZEEBE:
            yield from _check_name(name, identity, line_of(element))
    for child in declared.unknown:
        yield from _check_name(etree.QName(child), identity, line_of(child))


def _check_definition(definition: etree._Element, identity: str) -> Iterator[Finding]:
    """Nothing of ours is declared in an event definition."""
    for child in definition.iterfind(f"{{{BPMN}}}extensionElements/*"):
        yield from _check_name(etree.QName(child), identity, line_of(child))


def _check_places(node: Node) -> Iterator[Finding]:
    for child in node.xml.iterfind(f"{{{BPMN}}}extensionElements/{{{ZEEBE}}}*"):
        name = str(etree.QName(child).localname)
        takes_outputs = name == "ioMapping" and (node.is_event_start or node.begins_by_event)
        if name in _PLACES and node.kind not in _PLACES[name] and not takes_outputs:
            yield finding("extension.unsupported", node.id, line=line_of(child), name=f"zeebe:{name}")


def _check_repetition(node: Node, written: WrittenRepetition) -> Iterator[Finding]:
    for child in written.xml.iterfind(f"{{{BPMN}}}extensionElements/{{{ZEEBE}}}*"):
        name = str(etree.QName(child).localname)
        if name in KNOWN and name != "loopCharacteristics":
            yield finding("extension.unsupported", node.id, line=line_of(child), name=f"zeebe:{name}")


def _check_name(name: etree.QName, identity: str, line: int) -> Iterator[Finding]:
    if name.namespace is None or name.namespace in _SILENT:
        return
    prefix = FOREIGN.get(name.namespace)
    if name.namespace == ZEEBE:
        yield finding("extension.unsupported", identity, line=line, name=f"zeebe:{name.localname}")
    elif prefix and name.localname not in _HARMLESS:
        zh, en = _ADVICE.get(str(name.localname), _DEFAULT_ADVICE)
        shown = f"{prefix}:{name.localname}"
        yield finding("extension.foreign", identity, line=line, name=shown, advice_zh=zh, advice_en=en)
    else:
        yield finding("extension.ignored", identity, line=line, name=f"{prefix or name.namespace}:{name.localname}")
