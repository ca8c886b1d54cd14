"""What was written for other engines, in the dialect that is executed here; the rest is taken away and said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from lxml import etree

from engine.repairs import RepairAction, RepairStep
from engine.spiff.lint.extensions import FOREIGN
from engine.spiff.repairs.expressions import feel_of
from engine.spiff.xml import BPMN, local_name

_KEY: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
#: An attribute of the other engine → extension and its attribute here.
_ATTRIBUTES: Final[Mapping[str, tuple[str, str]]] = {
    "assignee": ("zeebe:assignmentDefinition", "assignee"),
    "candidateGroups": ("zeebe:assignmentDefinition", "candidateGroups"),
    "candidateUsers": ("zeebe:assignmentDefinition", "candidateUsers"),
    "formKey": ("zeebe:formDefinition", "formId"),
    "formRef": ("zeebe:formDefinition", "formId"),
    "decisionRef": ("zeebe:calledDecision", "decisionId"),
    "priority": ("zeebe:priorityDefinition", "priority"),
    "topic": ("zeebe:taskDefinition", "type"),
    "versionTag": ("zeebe:versionTag", "value"),
    "calledElementBinding": ("zeebe:calledElement", "bindingType"),
    "calledElementVersionTag": ("zeebe:calledElement", "versionTag"),
}
#: Attributes that must be names, not expressions or addresses.
_NAMES: Final = frozenset({"formKey", "formRef", "decisionRef"})
_BINDINGS: Final = frozenset({"latest", "deployment", "versionTag"})


def foreign_repairs(identity: str, element: etree._Element, subject: str) -> Iterator[RepairStep]:
    """Something foreign on an element, by its name: written as its counterpart where it has one, then taken away.

    Nothing when it has parts of which only some have a counterpart: then somebody has to think.
    """
    attributes = dict(_foreign_attributes(element))
    if subject in attributes:
        yield from _attribute(identity, subject, attributes[subject], attributes.get("resultVariable", ""))
    convert = _CHILDREN.get(subject, _nothing)
    converted = [convert(identity, child) for child in _foreign_children(element) if local_name(child) == subject]
    if None in converted:
        return
    yield from (step for steps in converted for step in steps or ())
    yield from _goes(identity, element, subject)


def _attribute(identity: str, name: str, value: str, result: str) -> Iterator[RepairStep]:
    counterpart = _ATTRIBUTES.get(name)
    written = _value(value)
    if counterpart is None or written is None or not _fits(name, written):
        return
    extension, attribute = counterpart
    attributes = {attribute: written}
    if name == "decisionRef":
        attributes["resultVariable"] = result or "decision"
    yield RepairStep(action=RepairAction.SET_EXTENSION, element=identity, name=extension, attributes=attributes)


def _fits(name: str, value: str) -> bool:
    if name in _NAMES:
        return bool(_KEY.fullmatch(value))
    return name != "calledElementBinding" or value in _BINDINGS


def _properties(identity: str, holder: etree._Element) -> list[RepairStep] | None:
    pairs = [{"name": child.get("name") or "", "value": child.get("value") or ""} for child in holder]
    return [_added(identity, "zeebe:properties/zeebe:property", pair) for pair in pairs]


def _mappings(identity: str, holder: etree._Element) -> list[RepairStep] | None:
    steps = [_mapping(identity, child) for child in holder]
    found = [step for step in steps if step is not None]
    return found if len(found) == len(steps) else None


def _mapping(identity: str, parameter: etree._Element) -> RepairStep | None:
    tag = {"inputParameter": "input", "outputParameter": "output"}.get(local_name(parameter))
    source = None if len(parameter) else _source((parameter.text or "").strip())
    if tag is None or source is None:
        return None
    attributes = {"source": source, "target": parameter.get("name") or ""}
    return _added(identity, f"zeebe:ioMapping/zeebe:{tag}", attributes)


def _passed(identity: str, child: etree._Element) -> list[RepairStep] | None:
    """Variables that go into a called process, or come out of it."""
    is_in = local_name(child) == "in"
    if child.get("variables") == "all":
        attribute = "propagateAllParentVariables" if is_in else "propagateAllChildVariables"
        attributes = {attribute: "true"}
        return [
            RepairStep(
                action=RepairAction.SET_EXTENSION, element=identity, name="zeebe:calledElement", attributes=attributes
            )
        ]
    target, expression = child.get("target") or "", feel_of(child.get("sourceExpression") or child.get("source") or "")
    if not target or expression is None:
        return None
    tag = "input" if is_in else "output"
    return [_added(identity, f"zeebe:ioMapping/zeebe:{tag}", {"source": f"= {expression}", "target": target})]


def _nothing(_identity: str, _child: etree._Element) -> list[RepairStep] | None:
    return []


_CHILDREN: Final[Mapping[str, Callable[[str, etree._Element], list[RepairStep] | None]]] = {
    "properties": _properties,
    "inputOutput": _mappings,
    "in": _passed,
    "out": _passed,
}


def _goes(identity: str, element: etree._Element, subject: str) -> Iterator[RepairStep]:
    attributes = (etree.QName(str(full)) for full in element.attrib)
    for name in attributes:
        if _is_foreign(name) and name.localname == subject:
            yield RepairStep(action=RepairAction.REMOVE_ATTRIBUTE, element=identity, name=name.text)
    children = (etree.QName(child).text for child in _foreign_children(element) if local_name(child) == subject)
    for shown in dict.fromkeys(children):
        yield RepairStep(action=RepairAction.REMOVE_EXTENSION, element=identity, name=shown)


def _foreign_attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    for full, value in element.attrib.items():
        name = etree.QName(str(full))
        if name.namespace in FOREIGN:
            yield str(name.localname), str(value)


def _foreign_children(element: etree._Element) -> Iterator[etree._Element]:
    for child in element.iterfind(f"{{{BPMN}}}extensionElements/*"):
        if _is_foreign(etree.QName(child)):
            yield child


def _is_foreign(name: etree.QName) -> bool:
    return name.namespace in FOREIGN


def _value(text: str) -> str | None:
    """A text as it is, an expression in FEEL; ``None`` for one that cannot be translated."""
    if "${" not in text and "#{" not in text:
        return text.strip() or None
    feel = feel_of(text)
    return None if feel is None else f"= {feel}"


def _source(text: str) -> str | None:
    """The source of a mapping: a plain text becomes a text of FEEL."""
    value = _value(text)
    if value is None or value.startswith("="):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'= "{escaped}"'


def _added(identity: str, name: str, attributes: Mapping[str, str]) -> RepairStep:
    return RepairStep(action=RepairAction.ADD_EXTENSION, element=identity, name=name, attributes=attributes)
