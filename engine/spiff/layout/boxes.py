"""Where everything is drawn, in whole pixels: boxes of nodes, ways of flows, bands of lanes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from engine.definition import ElementKind
from engine.spiff.diagram import Diagram, Flow, Node
from engine.spiff.layout.grid import grid_of
from engine.spiff.layout.notes import notes_in
from engine.spiff.supported import GATEWAYS, SCOPES

TASK, GATEWAY, EVENT = (100, 80), (50, 50), (36, 36)
#: Between columns, between rows, and from the border of a sub-process to its inside.
GAP, SPACE, PADDING = 60, 50, 40
_EVENTS = frozenset(
    {
        ElementKind.START_EVENT,
        ElementKind.END_EVENT,
        ElementKind.INTERMEDIATE_CATCH_EVENT,
        ElementKind.INTERMEDIATE_THROW_EVENT,
        ElementKind.BOUNDARY_EVENT,
    }
)
Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def middle(self) -> Point:
        return self.x + self.width // 2, self.y + self.height // 2

    def moved(self, x: int, y: int) -> Box:
        return replace(self, x=self.x + x, y=self.y + y)


@dataclass(slots=True)
class Drawn:
    """What was placed: boxes and ways by id, and how far down it reaches."""

    boxes: dict[str, Box] = field(default_factory=dict)
    ways: dict[str, tuple[Point, ...]] = field(default_factory=dict)
    #: Top and height of each lane.
    lanes: dict[str, tuple[int, int]] = field(default_factory=dict)
    width: int = 0
    height: int = 0

    def take_in(self, inside: Drawn, x: int, y: int) -> None:
        """Add what is drawn inside a sub-process, moved there."""
        self.boxes.update({identity: box.moved(x, y) for identity, box in inside.boxes.items()})
        self.ways.update({flow: tuple((a + x, b + y) for a, b in way) for flow, way in inside.ways.items()})


def place(diagram: Diagram, scope: str) -> Drawn:
    """Place a scope with everything in it, from its upper left corner on."""
    nodes = diagram.nodes_in(scope)
    insides = {node.id: place(diagram, node.id) for node in nodes if node.kind in SCOPES}
    sizes = {node.id: _size(node, insides.get(node.id)) for node in nodes}
    drawn = Drawn()
    _place_flow(drawn, nodes, sizes)
    _place_event_sub_processes(drawn, nodes, sizes)
    _place_notes(drawn, diagram, scope)
    _place_borders(drawn, nodes)
    drawn.width = max((box.right for box in drawn.boxes.values()), default=0)
    drawn.height = max((box.bottom for box in drawn.boxes.values()), default=0)
    _lead(drawn, diagram, scope)
    for identity, inside in insides.items():
        corner = drawn.boxes[identity]
        drawn.take_in(inside, corner.x + PADDING, corner.y + PADDING)
    return drawn


def _size(node: Node, inside: Drawn | None) -> Point:
    if inside is not None:
        return max(TASK[0], inside.width + 2 * PADDING), max(TASK[1], inside.height + 2 * PADDING)
    return GATEWAY if node.kind in GATEWAYS else EVENT if node.kind in _EVENTS else TASK


def _place_flow(drawn: Drawn, nodes: Sequence[Node], sizes: Mapping[str, Point]) -> None:
    grid = grid_of(nodes)
    widths, heights = _most(grid.columns, sizes, 0), _most(grid.rows, sizes, 1)
    lefts, tops = _starts(widths, GAP), _starts(heights, SPACE)
    for identity, column in grid.columns.items():
        row, (width, height) = grid.rows[identity], sizes[identity]
        x = lefts[column] + (widths[column] - width) // 2
        y = tops[row] + (heights[row] - height) // 2
        drawn.boxes[identity] = Box(x, y, width, height)
    for lane, (first, count) in grid.bands.items():
        top, last = tops[first] - SPACE // 2, first + count - 1
        drawn.lanes[lane] = (top, tops[last] + heights[last] + SPACE // 2 - top)


def _most(places: Mapping[str, int], sizes: Mapping[str, Point], side: int) -> list[int]:
    """The largest extent in each column or row."""
    most = [0] * (max(places.values(), default=-1) + 1)
    for identity, place_ in places.items():
        most[place_] = max(most[place_], sizes[identity][side])
    return most


def _starts(extents: Sequence[int], gap: int) -> list[int]:
    starts, at = [], 0
    for extent in extents:
        starts.append(at)
        at += extent + gap
    return starts


def _place_event_sub_processes(drawn: Drawn, nodes: Sequence[Node], sizes: Mapping[str, Point]) -> None:
    _place_below(drawn, ((node.id, sizes[node.id]) for node in nodes if node.kind is ElementKind.EVENT_SUB_PROCESS))


def _place_notes(drawn: Drawn, diagram: Diagram, scope: str) -> None:
    _place_below(drawn, notes_in(diagram, scope))


def _place_below(drawn: Drawn, sizes: Iterable[tuple[str, Point]]) -> None:
    """Place things side by side below everything."""
    top = max((box.bottom for box in drawn.boxes.values()), default=-SPACE) + SPACE
    left = 0
    for identity, (width, height) in sizes:
        drawn.boxes[identity] = Box(left, top, width, height)
        left += width + GAP


def _place_borders(drawn: Drawn, nodes: Sequence[Node]) -> None:
    borders: dict[str, list[Node]] = {}
    for node in nodes:
        if node.attached_to in drawn.boxes:
            borders.setdefault(node.attached_to, []).append(node)
    for host, events in borders.items():
        box = drawn.boxes[host]
        for number, event in enumerate(events, 1):
            x = box.x + box.width * number // (len(events) + 1)
            drawn.boxes[event.id] = Box(x - EVENT[0] // 2, box.bottom - EVENT[1] // 2, *EVENT)


def _lead(drawn: Drawn, diagram: Diagram, scope: str) -> None:
    """Lead the flows; those that go back run below everything, each on a line of its own."""
    for flow in _flows_in(diagram, scope):
        source, target = drawn.boxes[flow.source], drawn.boxes[flow.target]
        if diagram.nodes[flow.source].attached_to:
            drawn.ways[flow.id] = _from_border(source, target)
        elif target.x >= source.right:
            drawn.ways[flow.id] = _forward(source, target)
        else:
            drawn.height += SPACE // 2
            drawn.ways[flow.id] = _back(source, target, drawn.height)


def _flows_in(diagram: Diagram, scope: str) -> Iterator[Flow]:
    return (flow for flow in diagram.flows.values() if flow.scope == scope)


def _forward(source: Box, target: Box) -> tuple[Point, ...]:
    (_, y1), (_, y2) = source.middle, target.middle
    if y1 == y2:
        return (source.right, y1), (target.x, y2)
    bend = target.x - GAP // 2
    return (source.right, y1), (bend, y1), (bend, y2), (target.x, y2)


def _from_border(source: Box, target: Box) -> tuple[Point, ...]:
    x, (_, y) = source.middle[0], target.middle
    bend, below = target.x - GAP // 3, source.bottom + SPACE // 4
    return (x, source.bottom), (x, below), (bend, below), (bend, y), (target.x, y)


def _back(source: Box, target: Box, below: int) -> tuple[Point, ...]:
    x1, x2 = source.middle[0], target.middle[0]
    return (x1, source.bottom), (x1, below), (x2, below), (x2, target.bottom)
