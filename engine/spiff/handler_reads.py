"""Which variables the handler of an activity reads: no others need be kept until the activity is undone."""

from __future__ import annotations

from engine.spiff.compiling import Compiled
from engine.spiff.diagram import Diagram
from engine.spiff.lint.evaluated import expressions_of


def names_read_by(handler: str, diagram: Diagram, compiled: Compiled) -> frozenset[str] | None:
    """The variables that a handler and what is inside it may read; ``None`` where that may be all of them."""
    inside = [node for node in diagram.nodes.values() if any(each.id == handler for each in diagram.around(node))]
    behaviours = [compiled.behaviours[node.id] for node in inside]
    # A decision and a called process read what their own files say.
    if any(each.decision or (each.call and each.call.passes_in) for each in behaviours):
        return None
    read = [attribute for each in behaviours for attribute in expressions_of(each)]
    read += [
        compiled.conditions[flow.id] for node in inside for flow in node.outgoing if flow.id in compiled.conditions
    ]
    expressions = (attribute.expression for attribute in read if attribute.expression is not None)
    return frozenset(name.path[0] for expression in expressions for name in expression.reads)
