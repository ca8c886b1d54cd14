"""The event definitions of an event: written in it, or once at the root of the file and referred to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from engine.spiff.xml import BPMN, local_name, local_part

_BPMN_PREFIX = f"{{{BPMN}}}"
_SUFFIX = "EventDefinition"


def event_definitions(element: etree._Element) -> tuple[etree._Element, ...]:
    """The definitions of an event; a reference that leads nowhere is none."""
    return tuple(_definitions(element))


def referenced_definition(reference: etree._Element) -> etree._Element | None:
    """The definition at the root that an ``eventDefinitionRef`` names."""
    name = local_part(reference.text or "")
    children = reference.getroottree().getroot().iterfind(f"{_BPMN_PREFIX}*")
    return next((each for each in children if each.get("id") == name and local_name(each).endswith(_SUFFIX)), None)


def referenced(definition: etree._Element, attribute: str) -> etree._Element | None:
    """What an attribute such as ``errorRef`` of a definition names at the root."""
    tag = attribute.removesuffix("Ref")
    name = local_part(definition.get(attribute) or "")
    children = definition.getroottree().getroot().iterfind(f"{_BPMN_PREFIX}{tag}")
    return next((each for each in children if name and each.get("id") == name), None)


#: The attribute that says what is thrown or caught, and the attribute of that which holds its code.
REFERENCES: Mapping[str, tuple[str, str]] = {
    "errorEventDefinition": ("errorRef", "errorCode"),
    "escalationEventDefinition": ("escalationRef", "escalationCode"),
}


def code_of(definition: etree._Element) -> str:
    """The code of an error or escalation definition, or the activity of a compensation; empty when it names none."""
    if local_name(definition) not in REFERENCES:
        return local_part(definition.get("activityRef") or "")
    reference, code = REFERENCES[local_name(definition)]
    found = referenced(definition, reference)
    return "" if found is None else (found.get(code) or "").strip()


def _definitions(element: etree._Element) -> Iterator[etree._Element]:
    for child in element.iterfind(f"{_BPMN_PREFIX}*"):
        name = local_name(child)
        found = referenced_definition(child) if name == "eventDefinitionRef" else child
        if found is not None and local_name(found).endswith(_SUFFIX):
            yield found
