"""Reads what an element declares in the ``zeebe:`` dialect, as written; nothing is judged or compiled here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.spiff.xml import BPMN, ZEEBE, line_of

#: The property that says what an element is called in English.
NAME_EN = "nameEn"


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenMapping:
    """One ``zeebe:input`` or ``zeebe:output``."""

    source: str
    target: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Declarations:
    """All extension elements of one element that the dialect knows; empty texts where absent."""

    assignee: str = ""
    candidate_groups: str = ""
    candidate_users: str = ""
    form: str = ""
    #: ``bindingType`` and ``versionTag`` of the form.
    form_binding: str = ""
    form_tag: str = ""
    priority: str = ""
    version_tag: str = ""
    script: str = ""
    #: Of a script or of a called decision.
    result_variable: str = ""
    decision: str = ""
    #: ``bindingType`` and ``versionTag`` of the called decision.
    decision_binding: str = ""
    decision_tag: str = ""
    #: ``type`` and ``retries`` of a ``zeebe:taskDefinition``.
    topic: str = ""
    retries: str = ""
    #: (key, value) of the ``zeebe:taskHeaders`` as written, doubles included.
    headers: tuple[tuple[str, str], ...] = ()
    #: Correlation key of a message's subscription.
    correlation_key: str = ""
    #: Process that a call activity calls, ``bindingType`` and ``versionTag`` of the call.
    process: str = ""
    process_binding: str = ""
    process_tag: str = ""
    #: Whether all variables are passed into and out of a called process, as written.
    passes_in: str = ""
    passes_out: str = ""
    inputs: tuple[WrittenMapping, ...] = ()
    outputs: tuple[WrittenMapping, ...] = ()
    #: (name, value) as written, in order, doubles included.
    properties: tuple[tuple[str, str], ...] = ()
    #: Children of ``extensionElements`` that the dialect does not know.
    unknown: tuple[etree._Element, ...] = field(default=())

    @property
    def name_en(self) -> str:
        """What the element is called in English."""
        return self.property_values.get(NAME_EN, "").strip()

    @property
    def property_values(self) -> dict[str, str]:
        """The properties by name."""
        return dict(self.properties)


#: ``zeebe:`` elements that are read here.
KNOWN = frozenset(
    {
        "adHoc",
        "assignmentDefinition",
        "calledDecision",
        "calledElement",
        "formDefinition",
        "loopCharacteristics",
        "ioMapping",
        "priorityDefinition",
        "properties",
        "script",
        "taskDefinition",
        "taskHeaders",
        "subscription",
        "versionTag",
    }
)
#: ``zeebe:`` elements that only mark or describe.
MARKERS = frozenset({"userTask"})


def read_declarations(element: etree._Element) -> Declarations:
    """What the element's ``extensionElements`` declare."""
    found: dict[str, etree._Element] = {}
    unknown = []
    for child in element.iterfind(f"{{{BPMN}}}extensionElements/*"):
        name = etree.QName(child)
        if name.namespace == ZEEBE and name.localname in KNOWN and name.localname not in found:
            found[name.localname] = child
        elif not (name.namespace == ZEEBE and name.localname in MARKERS):
            unknown.append(child)

    mapping, properties, headers = found.get("ioMapping"), found.get("properties"), found.get("taskHeaders")
    return Declarations(
        assignee=_attribute(found, "assignmentDefinition", "assignee"),
        candidate_groups=_attribute(found, "assignmentDefinition", "candidateGroups"),
        candidate_users=_attribute(found, "assignmentDefinition", "candidateUsers"),
        form=_attribute(found, "formDefinition", "formId", "formKey"),
        form_binding=_attribute(found, "formDefinition", "bindingType"),
        form_tag=_attribute(found, "formDefinition", "versionTag"),
        priority=_attribute(found, "priorityDefinition", "priority"),
        version_tag=_attribute(found, "versionTag", "value"),
        script=_attribute(found, "script", "expression"),
        result_variable=_attribute(found, "script", "resultVariable")
        or _attribute(found, "calledDecision", "resultVariable"),
        decision=_attribute(found, "calledDecision", "decisionId"),
        decision_binding=_attribute(found, "calledDecision", "bindingType"),
        decision_tag=_attribute(found, "calledDecision", "versionTag"),
        topic=_attribute(found, "taskDefinition", "type"),
        retries=_attribute(found, "taskDefinition", "retries"),
        headers=_pairs(headers, "header", "key"),
        correlation_key=_attribute(found, "subscription", "correlationKey"),
        process=_attribute(found, "calledElement", "processId"),
        process_binding=_attribute(found, "calledElement", "bindingType"),
        process_tag=_attribute(found, "calledElement", "versionTag"),
        passes_in=_attribute(found, "calledElement", "propagateAllParentVariables"),
        passes_out=_attribute(found, "calledElement", "propagateAllChildVariables"),
        inputs=_mappings(mapping, "input"),
        outputs=_mappings(mapping, "output"),
        properties=_pairs(properties, "property", "name"),
        unknown=tuple(unknown),
    )


def _attribute(found: Mapping[str, etree._Element], tag: str, *names: str) -> str:
    """The first given attribute of a declaration; empty when there is none."""
    child = found.get(tag)
    if child is None:
        return ""
    return next((str(value).strip() for name in names if (value := child.get(name))), "")


def _mappings(mapping: etree._Element | None, tag: str) -> tuple[WrittenMapping, ...]:
    if mapping is None:
        return ()
    return tuple(
        WrittenMapping(
            source=(child.get("source") or "").strip(), target=(child.get("target") or "").strip(), line=line_of(child)
        )
        for child in mapping.iterfind(f"{{{ZEEBE}}}{tag}")
    )


def _pairs(around: etree._Element | None, tag: str, name: str) -> tuple[tuple[str, str], ...]:
    if around is None:
        return ()
    return tuple((child.get(name) or "", child.get("value") or "") for child in around.iterfind(f"{{{ZEEBE}}}{tag}"))
