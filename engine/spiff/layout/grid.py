"""Column and row of each node in its scope: columns by the longest way there, rows near those that it comes from.

Boundary events are where their activity is, and event sub-processes stand below the flow; neither has a place here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.definition import ElementKind
from engine.spiff.diagram import Node


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns and rows by node, each counted from 0."""

    columns: Mapping[str, int]
    rows: Mapping[str, int]
    #: First row and number of rows of each lane, in order; one without name when there are none.
    bands: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def grid_of(nodes: Sequence[Node]) -> Grid:
    """The places of the nodes of one scope."""
    placed = [node for node in nodes if not node.attached_to and node.kind is not ElementKind.EVENT_SUB_PROCESS]
    after = _after(nodes, {node.id for node in placed})
    order, forward = _forward(placed, after)
    columns = dict.fromkeys(order, 0)
    before: dict[str, list[str]] = {identity: [] for identity in order}
    for source in order:
        for target in forward[source]:
            columns[target] = max(columns[target], columns[source] + 1)
            before[target].append(source)
    rows, bands = _rows(placed, columns, before)
    return Grid(columns, rows, bands)


def _after(nodes: Sequence[Node], placed: set[str]) -> dict[str, list[str]]:
    """Where flows lead, out of an activity by its border too."""
    after: dict[str, list[str]] = {identity: [] for identity in placed}
    for node in nodes:
        source = node.attached_to or node.id
        if source in after:
            after[source].extend(flow.target for flow in node.outgoing if flow.target in placed)
    return after


def _forward(placed: Sequence[Node], after: Mapping[str, Sequence[str]]) -> tuple[list[str], dict[str, list[str]]]:
    """The nodes in an order in which flows lead forward, and the flows that do; those that lead back are left out."""
    finished: list[str] = []
    forward: dict[str, list[str]] = {node.id: [] for node in placed}
    seen: set[str] = set()
    starts_first = sorted(placed, key=lambda node: node.kind is not ElementKind.START_EVENT)
    for node in starts_first:
        if node.id in seen:
            continue
        seen.add(node.id)
        walk, under_way = [(node.id, iter(after[node.id]))], {node.id}
        while walk:
            source, targets = walk[-1]
            target = next(targets, None)
            if target is None:
                walk.pop()
                under_way.discard(source)
                finished.append(source)
            elif target not in under_way:
                forward[source].append(target)
                if target not in seen:
                    seen.add(target)
                    under_way.add(target)
                    walk.append((target, iter(after[target])))
    return finished[::-1], forward


def _rows(
    placed: Sequence[Node], columns: Mapping[str, int], before: Mapping[str, Sequence[str]]
) -> tuple[dict[str, int], dict[str, tuple[int, int]]]:
    """Rows by node, lane below lane; in each column a node stands about where those before it stand."""
    rows: dict[str, int] = {}
    bands: dict[str, tuple[int, int]] = {}
    first = 0
    for lane in dict.fromkeys(node.lane for node in placed):
        members = [node.id for node in placed if node.lane == lane]
        for column in sorted({columns[identity] for identity in members}):
            wanted = {
                identity: _middle([rows[one] for one in before[identity] if one in rows], first)
                for identity in members
                if columns[identity] == column
            }
            last = first - 1
            for identity in sorted(wanted, key=wanted.__getitem__):
                last = rows[identity] = max(last + 1, wanted[identity])
        height = max(rows[identity] for identity in members) - first + 1
        bands[lane] = (first, height)
        first += height
    return rows, bands


def _middle(rows: Sequence[int], first: int) -> int:
    return max(first, sum(rows) // len(rows)) if rows else first
