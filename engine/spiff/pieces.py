"""A diagram taken apart into what stands on it, to be compared with another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from engine.definition import DefinitionRefused
from engine.differences import Dialect, Piece, Pieces, properties_of
from engine.spiff.dialect import read_declarations
from engine.spiff.xml import BPMN, BPMNDI, XSI, ZEEBE, DocumentRefused, local_name, read_document

_PREFIX: Final = f"{{{BPMN}}}"
_DI: Final = f"{{{BPMNDI}}}"
_CONTAINERS: Final = frozenset({"process", "subProcess", "transaction", "adHocSubProcess", "collaboration"})
#: What stands in a container and is part of it.
_OWN: Final = frozenset(
    {
        *("documentation", "extensionElements", "incoming", "outgoing", "ioSpecification", "property"),
        *("multiInstanceLoopCharacteristics", "standardLoopCharacteristics", "ioBinding"),
    }
)
_BOX: Final = ("x", "y", "width", "height")
_LANES: Final = "laneSet"
#: Attributes that name something at the root of the file.
_REFERENCES: Final = frozenset({"messageRef", "signalRef", "errorRef", "escalationRef"})
_SHORT: Final = {BPMN: "", ZEEBE: "zeebe:", XSI: "xsi:"}


def pieces_of(source: bytes) -> Pieces:
    """The processes, their elements, flows, lanes and notes, by id. Raises ``DefinitionRefused`` for what is no XML."""
    try:
        root = read_document(source)
    except DocumentRefused as refused:
        raise DefinitionRefused((refused.finding,)) from refused
    places = dict(_places(root))
    found = (_piece(element, places) for element in root.iter(etree.Element) if _is_piece(element))
    return {piece.id: piece for piece in found if piece.id}


def _piece(element: etree._Element, places: dict[str, Any]) -> Piece:
    identity, around = element.get("id") or "", element.getparent()
    properties = properties_of(element, _DIALECT)
    if local_name(element) == "lane":
        members = [reference.text or "" for reference in element.iterfind(f"{_PREFIX}flowNodeRef")]
        properties["members"] = ", ".join(members)
    elif around is not None and around.get("id") and local_name(around) in _CONTAINERS:
        properties["within"] = around.get("id") or ""
    return Piece(
        id=identity,
        kind=local_name(element),
        name=element.get("name") or "",
        properties=properties,
        place=places.get(identity),
        name_en=read_declarations(element).name_en,
    )


def _is_piece(element: etree._Element) -> bool:
    around, name = element.getparent(), local_name(element)
    if around is None or etree.QName(element).namespace != BPMN:
        return False
    if name in ("process", "lane"):
        return True
    return local_name(around) in _CONTAINERS and name not in _OWN and name != _LANES


def _short(name: str) -> str:
    read = etree.QName(name)
    namespace = str(read.namespace) if read.namespace else BPMN
    return f"{_SHORT.get(namespace, f'{namespace}:')}{read.localname}"


def _referred(element: etree._Element, attribute: str, value: str) -> str:
    """What stands at the root under the name of a reference: its id is the editor's affair."""
    if attribute not in _REFERENCES:
        return value
    meant = element.getroottree().getroot().iterfind(f"{_PREFIX}{attribute.removesuffix('Ref')}")
    found = next((each for each in meant if each.get("id") == value), None)
    if found is None:
        return value
    codes = (found.get(name) for name in ("name", "errorCode", "escalationCode"))
    written = [*codes, read_declarations(found).correlation_key]
    return " · ".join(part for part in written if part)


def _places(root: etree._Element) -> Iterator[tuple[str, Any]]:
    for shape in root.iter(f"{_DI}BPMNShape"):
        bounds = (each for each in shape if local_name(each) == "Bounds")
        for box in bounds:
            yield (
                shape.get("bpmnElement") or "",
                tuple(_number(box.get(name)) for name in _BOX),
            )
    for edge in root.iter(f"{_DI}BPMNEdge"):
        points = (each for each in edge if local_name(each) == "waypoint")
        yield edge.get("bpmnElement") or "", tuple((_number(each.get("x")), _number(each.get("y"))) for each in points)


def _number(text: str | None) -> float | str:
    try:
        return round(float(text or 0), 1)
    except ValueError:
        return text or ""


_DIALECT: Final = Dialect(
    is_piece=_is_piece,
    short=_short,
    ignored=frozenset({"incoming", "outgoing", "flowNodeRef", "xsi:type"}),
    transparent=frozenset({"extensionElements", _LANES, "zeebe:ioMapping", "zeebe:properties", "zeebe:taskHeaders"}),
    keyed={
        "zeebe:input": ("target", "source"),
        "zeebe:output": ("target", "source"),
        "zeebe:property": ("name", "value"),
        "zeebe:header": ("key", "value"),
    },
    referred=_referred,
)
