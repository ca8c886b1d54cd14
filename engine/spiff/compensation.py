"""What of a diagram can be undone once it is done, and by what.

An activity is undone by its handler, to which an association leads from a compensation event on its border; a
sub-process by its compensation event sub-process, else by undoing what was done inside it, the last first. Called
processes are undone by the handler of their call only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from engine.spiff.attributes import TriggerKind
from engine.spiff.diagram import Diagram, Node
from engine.spiff.supported import ACTIVITIES, SCOPES


def begins_compensation(node: Node) -> bool:
    """Whether a node is the start of a compensation event sub-process."""
    return node.is_event_start and TriggerKind.COMPENSATION in node.triggers


class Compensations:
    """What undoes what in a diagram, right or wrong."""

    def __init__(self, diagram: Diagram) -> None:
        borders = [node for node in diagram.nodes.values() if node.leads_to_handler]
        #: The compensation events on the border of each activity.
        self.borders: Mapping[str, list[Node]] = _grouped((border.attached_to, border) for border in borders)
        #: The handlers of its scope to which associations lead from each of those events.
        self.handlers: Mapping[str, list[Node]] = {border.id: _handlers_of(diagram, border) for border in borders}
        #: The starts of the compensation event sub-processes of each scope.
        self.starts: Mapping[str, list[Node]] = _grouped(
            (diagram.nodes[node.scope].scope, node) for node in diagram.nodes.values() if begins_compensation(node)
        )
        undoing = {start.scope for starts in self.starts.values() for start in starts}
        #: The activities of each scope that can be undone.
        self.undoable: dict[str, list[Node]] = {}
        by_scope = _grouped((node.scope, node) for node in diagram.nodes.values())
        # What is inside comes before what is around it.
        for scope in reversed(list(diagram.scopes()) if borders or self.starts else []):
            self.undoable[scope] = [
                node for node in by_scope.get(scope, ()) if node.id not in undoing and self._can_be_undone(node)
            ]

    def undoes_inside(self, scope: str) -> bool:
        """Whether what was done inside a sub-process can be undone from inside it."""
        return bool(self.starts.get(scope) or self.undoable.get(scope))

    def _can_be_undone(self, node: Node) -> bool:
        if node.is_handler or node.kind not in ACTIVITIES | SCOPES:
            return False
        return node.id in self.borders or self.undoes_inside(node.id)


def _handlers_of(diagram: Diagram, border: Node) -> list[Node]:
    ends = dict.fromkeys(target for source, target in diagram.associations if source == border.id)
    nodes = (diagram.nodes[end] for end in ends if end in diagram.nodes)
    return [node for node in nodes if node.is_handler and node.scope == border.scope]


def _grouped(pairs: Iterable[tuple[str, Node]]) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = defaultdict(list)
    for key, node in pairs:
        found[key].append(node)
    return dict(found)
