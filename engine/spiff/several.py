"""Events with several definitions, lowered to one event for each.

Whoever catches goes on with the first that comes: in the flow an event-based gateway waits for all of them; as an arm
of one, on a border or at the start of an event sub-process each stands for itself. A parallel multiple event stays one,
and what it waits for stands beside it. Whoever throws throws them one after another, so that a fault at one of them
repeats none before it.
"""

from __future__ import annotations

from lxml import etree

from engine.definition import ElementKind
from engine.spiff.diagram import Node
from engine.spiff.lowered import Lowered, LoweredFlow, LoweredNode, add_flow, add_node, lowered_id

#: Tags of the event that begins an event sub-process, of what throws or ends after the first definition of an event,
#: and of each definition of a parallel multiple event; none is BPMN's.
EVENT_START, FURTHER_THROW, FURTHER_END, AWAITED = "eventStart", "furtherThrow", "furtherEnd", "awaited"
_WAITS = frozenset({ElementKind.INTERMEDIATE_CATCH_EVENT, ElementKind.BOUNDARY_EVENT})


def way_out(node: Node) -> str:
    """Lowered id of the node that the flows out of an element leave."""
    if not node.is_multiple or node.is_parallel_multiple:
        return lowered_id(node.id)
    return f"n.{node.id}" if node.kind in _WAITS else _nth(node, len(node.definitions) - 1)


def ways_in(node: Node) -> list[str]:
    """Lowered ids of the nodes to which a flow into an element leads: of an arm, one for each of its definitions."""
    is_apart = node.is_arm and node.is_multiple and not node.is_parallel_multiple
    return _catches(node) if is_apart else [lowered_id(node.id)]


def lower_several(lowered: Lowered, container: etree._Element, node: Node) -> etree._Element:
    """Add an event for each definition of an event, and what leads from one to the next."""
    if node.is_parallel_multiple:
        return _lower_parallel(lowered, container, node)
    if node.kind in _WAITS:
        return _lower_catches(lowered, container, node)
    first = add_node(
        lowered, container, lowered_id(node.id), LoweredNode(node.id, node.kind, definition=0), "intermediateThrowEvent"
    )
    before, last = lowered_id(node.id), len(node.definitions) - 1
    for number in range(1, last + 1):
        is_end = node.kind is ElementKind.END_EVENT and number == last
        further = LoweredNode(node.id, node.kind, is_hidden=True, definition=number)
        add_node(lowered, container, _nth(node, number), further, FURTHER_END if is_end else FURTHER_THROW)
        add_flow(lowered, container, LoweredFlow(f"a.{number}.{node.id}", "", before, _nth(node, number)))
        before = _nth(node, number)
    return first


def lower_starts(lowered: Lowered, container: etree._Element, start: Node) -> None:
    """Add what begins an event sub-process beside it, for each definition of its start."""
    if start.is_parallel_multiple:
        _lower_parallel(lowered, container, start, EVENT_START)
        add_flow(lowered, container, LoweredFlow(f"w.{start.id}", "", lowered_id(start.id), lowered_id(start.scope)))
        return
    for number in range(len(start.definitions)):
        identity = _nth(start, number) if len(start.definitions) > 1 else lowered_id(start.id)
        one = number if len(start.definitions) > 1 else None
        add_node(lowered, container, identity, LoweredNode(start.id, start.kind, definition=one), EVENT_START)
        add_flow(lowered, container, LoweredFlow(f"w.{number}.{start.id}", "", identity, lowered_id(start.scope)))


def _lower_catches(lowered: Lowered, container: etree._Element, node: Node) -> etree._Element:
    out = LoweredNode(node.id, ElementKind.INTERMEDIATE_THROW_EVENT, is_hidden=True)
    added = add_node(lowered, container, way_out(node), out)
    has_gateway = node.kind is ElementKind.INTERMEDIATE_CATCH_EVENT and not node.is_arm
    if has_gateway:
        add_node(lowered, container, lowered_id(node.id), LoweredNode(node.id, ElementKind.EVENT_BASED_GATEWAY))
    for number, identity in enumerate(_catches(node)):
        one = LoweredNode(node.id, node.kind, is_hidden=has_gateway, definition=number)
        add_node(lowered, container, identity, one)
        add_flow(lowered, container, LoweredFlow(f"b.{number}.{node.id}", "", identity, way_out(node)))
        if has_gateway:
            way_in = LoweredFlow(f"a.{number}.{node.id}", "", lowered_id(node.id), identity)
            add_flow(lowered, container, way_in)
    return added


def _lower_parallel(lowered: Lowered, container: etree._Element, node: Node, tag: str = "") -> etree._Element:
    whole = lowered_id(node.id)
    for number in range(len(node.definitions)):
        one = LoweredNode(node.id, node.kind, is_hidden=True, definition=number, whole=whole)
        add_node(lowered, container, _nth(node, number), one, AWAITED)
    return add_node(lowered, container, whole, LoweredNode(node.id, node.kind), tag)


def _catches(node: Node) -> list[str]:
    first = lowered_id(node.id) if node.is_arm else _nth(node, 0)
    return [first, *(_nth(node, number) for number in range(1, len(node.definitions)))]


def _nth(node: Node, number: int) -> str:
    return f"m.{number}.{node.id}"
