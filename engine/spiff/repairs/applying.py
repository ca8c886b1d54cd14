"""Making the changes of a repair in the text of a file; comments and everything else stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from lxml import etree

from engine.repairs import RepairAction, RepairStep
from engine.spiff.xml import BPMN, ZEEBE, decoded, local_name, read_document

_EXTENSIONS: Final = f"{{{BPMN}}}extensionElements"
_PREFIXES: Final = {"zeebe": ZEEBE, "bpmn": BPMN}


def repaired(source: bytes, steps: Iterable[RepairStep]) -> bytes:
    """The file with the changes made; a step whose element is not there changes nothing.

    Raises ``DocumentRefused`` for what is no document.
    """
    read_document(source)
    # As hardened as the reading before, and nothing that people wrote is lost.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(decoded(source).lstrip().encode(), parser)
    by_id = {element.get("id") or "": element for element in reversed(list(root.iter(f"{{{BPMN}}}*")))}
    for step in dict.fromkeys(map(_Once, steps)):
        element = by_id.get(step.step.element)
        if element is not None:
            _ACTIONS[step.step.action](element, step.step)
    tree: Any = root.getroottree()
    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
    return written


class _Once:
    """A step that is made once, however many findings ask for it."""

    def __init__(self, step: RepairStep) -> None:
        self.step = step
        self._key = (step.action, step.element, step.name, step.value, tuple(sorted(step.attributes.items())))

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Once) and self._key == other._key


def _set_attribute(element: etree._Element, step: RepairStep) -> None:
    element.set(_full(step.name), step.value)


def _remove_attribute(element: etree._Element, step: RepairStep) -> None:
    element.attrib.pop(_full(step.name), "")


def _set_text(element: etree._Element, step: RepairStep) -> None:
    child = element.find(f"{{{BPMN}}}{step.name}")
    if child is None:
        child = etree.SubElement(element, f"{{{BPMN}}}{step.name}")
    child.attrib.pop("language", "")
    child.text = step.value


def _remove_child(element: etree._Element, step: RepairStep) -> None:
    for child in element.findall(f"{{{BPMN}}}{step.name}"):
        _drop(child)


def _set_extension(element: etree._Element, step: RepairStep) -> None:
    found = _holder(element).find(_full(step.name))
    target = etree.SubElement(_holder(element), _full(step.name), nsmap={"zeebe": ZEEBE}) if found is None else found
    for name, value in step.attributes.items():
        target.set(name, value)


def _add_extension(element: etree._Element, step: RepairStep) -> None:
    holder = _holder(element)
    *around, last = step.name.split("/")
    for name in around:
        found = holder.find(_full(name))
        holder = etree.SubElement(holder, _full(name), nsmap={"zeebe": ZEEBE}) if found is None else found
    etree.SubElement(holder, _full(last), dict(step.attributes), nsmap={"zeebe": ZEEBE})


def _remove_extension(element: etree._Element, step: RepairStep) -> None:
    extensions = element.find(_EXTENSIONS)
    if extensions is None:
        return
    path = "/".join(map(_full, step.name.split("/"))) if not step.name.startswith("{") else step.name
    for child in extensions.findall(path):
        if all(child.get(name) == value for name, value in step.attributes.items()):
            _drop(child)
    if not len(extensions):
        _drop(extensions)


def _holder(element: etree._Element) -> etree._Element:
    """The extensions of an element, which stand in front of everything but its documentation."""
    found = element.find(_EXTENSIONS)
    if found is None:
        found = etree.Element(_EXTENSIONS)
        place = sum(1 for child in element if isinstance(child.tag, str) and local_name(child) == "documentation")
        element.insert(place, found)
    return found


def _drop(element: etree._Element) -> None:
    around = element.getparent()
    if around is not None:
        around.remove(element)


def _full(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return f"{{{_PREFIXES[prefix]}}}{local}" if colon and not name.startswith("{") else name


_ACTIONS: Final[Mapping[RepairAction, Callable[[etree._Element, RepairStep], None]]] = {
    RepairAction.SET_ATTRIBUTE: _set_attribute,
    RepairAction.REMOVE_ATTRIBUTE: _remove_attribute,
    RepairAction.SET_TEXT: _set_text,
    RepairAction.REMOVE_CHILD: _remove_child,
    RepairAction.SET_EXTENSION: _set_extension,
    RepairAction.ADD_EXTENSION: _add_extension,
    RepairAction.REMOVE_EXTENSION: _remove_extension,
}
