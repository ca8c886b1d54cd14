"""Associations: straight lines between what they connect, once that is placed."""

from __future__ import annotations

from collections.abc import Iterator

from engine.spiff.diagram import Diagram
from engine.spiff.layout.boxes import Box, Drawn, Point
from engine.spiff.xml import BPMN, local_part


def associations_of(diagram: Diagram, drawn: Drawn) -> Iterator[tuple[str, tuple[Point, ...]]]:
    """Id and way of each association whose both ends are drawn."""
    for association in diagram.root.iter(f"{{{BPMN}}}association"):
        source, target = (_end(drawn, association.get(name) or "") for name in ("sourceRef", "targetRef"))
        if (identity := association.get("id")) and source is not None and target is not None:
            yield identity, (_border(source, target.middle), _border(target, source.middle))


def _end(drawn: Drawn, reference: str) -> Box | None:
    """What an association leads to: a box, or the middle of a flow."""
    name = local_part(reference)
    if (way := drawn.ways.get(name)) is not None:
        (x1, y1), (x2, y2) = way[len(way) // 2 - 1], way[len(way) // 2]
        return Box((x1 + x2) // 2, (y1 + y2) // 2, 0, 0)
    return drawn.boxes.get(name)


def _border(box: Box, toward: Point) -> Point:
    """Where the line from the middle of a box leaves it."""
    (x, y), (to_x, to_y) = box.middle, toward
    across, down = to_x - x, to_y - y
    shares = [side / 2 / abs(way) for side, way in ((box.width, across), (box.height, down)) if way]
    share = min([1.0, *shares])
    return round(x + across * share), round(y + down * share)
