"""The lowered document and what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from lxml import etree

from engine.definition import ElementKind
from engine.spiff.compensation import Compensations
from engine.spiff.supported import EXECUTED
from engine.spiff.xml import BPMN

#: BPMN tags by kind.
TAGS: Mapping[ElementKind, str] = {
    **{kind: tag for tag, kind in EXECUTED.items()},
    ElementKind.EVENT_SUB_PROCESS: "subProcess",
}


class Role(Enum):
    """What a lowered node is of its source element."""

    ITSELF = auto()
    #: Of a repeated activity: what waits around its performances, and what each of them is.
    WHOLE = auto()
    PERFORMANCE = auto()
    #: Of an activity that is offered: what waits until somebody wants to begin it.
    OFFER = auto()


@dataclass(frozen=True, slots=True)
class LoweredNode:
    """A node of the lowered document."""

    #: Id of the source element it stands for.
    element: str
    kind: ElementKind
    #: Whether it was added here.
    is_hidden: bool = False
    role: Role = Role.ITSELF
    #: Of what holds a handler: the activity that is undone by it.
    undone: str = ""
    #: Which of several definitions of an event it stands for.
    definition: int | None = None
    #: Of a definition of an event that waits for all of them: lowered id of that event.
    whole: str = ""


@dataclass(frozen=True, slots=True)
class LoweredFlow:
    """A sequence flow of the lowered document."""

    id: str
    #: Id of the source flow; empty when it was added here.
    element: str
    #: Lowered ids of the nodes it connects.
    source: str
    target: str
    is_default: bool = False


@dataclass(kw_only=True, slots=True)
class Lowered:
    """The lowered document and what its ids stand for, in the order of the file."""

    root: etree._Element
    process: str
    compensations: Compensations
    nodes: dict[str, LoweredNode] = field(default_factory=dict)
    flows: dict[str, LoweredFlow] = field(default_factory=dict)


def lowered_id(element: str) -> str:
    """The id of a source element in the lowered document."""
    # The library adds a join of this name to the spec of every process and sub-process.
    return f"j.{element}" if element.endswith(".EndJoin") else f"e.{element}"


def add_node(
    lowered: Lowered, container: etree._Element, identity: str, node: LoweredNode, tag: str = ""
) -> etree._Element:
    """Add a node; the element in which it stands."""
    lowered.nodes[identity] = node
    return add(container, tag or TAGS[node.kind], id=identity)


def add_flow(lowered: Lowered, container: etree._Element, flow: LoweredFlow) -> None:
    """Add a flow between nodes that are there or will be."""
    lowered.flows[flow.id] = flow
    add(container, "sequenceFlow", id=flow.id, sourceRef=flow.source, targetRef=flow.target)


def add(container: etree._Element, tag: str, **attributes: str) -> etree._Element:
    """Add an element of BPMN."""
    return etree.SubElement(container, f"{{{BPMN}}}{tag}", attributes)
