"""Joins count the tokens that came by each incoming flow; the tree of activations is never asked.

* A parallel gateway fires when each incoming flow holds a token, and uses exactly one of each; more wait there.
* An inclusive gateway is decided by the run loop when nothing else can move (``engine/spiff/merging.py``).
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.spiff.activation import Activation
from engine.spiff.specs.gateways import InclusiveSplit
from engine.spiff.specs.node import Node, run_of


class Join(Node):
    """A gateway with several incoming flows, each of which may hold tokens."""

    def _update_hook(self, activation: Activation) -> bool:
        held = activation.workflow.arrivals.setdefault(self.name, {})
        held[activation.arrived_by] = held.get(activation.arrived_by, 0) + 1
        if self.fires_on_arrival(held):
            self.use(activation)
            return True
        activation.workflow.absorb(activation)
        return False

    def fires_on_arrival(self, held: Mapping[str, int]) -> bool:
        """Whether the tokens held suffice at once, without looking at the rest of the diagram."""
        return len(held) == len(self.incoming)

    def use(self, activation: Activation) -> None:
        """Use one token of each flow that holds one; the activation goes on as a branch of its own."""
        arrivals = activation.workflow.arrivals
        left = {flow: count - 1 for flow, count in arrivals.pop(self.name).items() if count > 1}
        if left:
            arrivals[self.name] = left
        run_of(activation).begin_branch(activation)


class ParallelGateway(Join):
    """Waits for a token on every incoming flow; sends one along every outgoing flow."""


class InclusiveGateway(Join, InclusiveSplit):
    """Waits for every token that could still come; sends one along each flow that holds."""

    #: For each incoming flow, the nodes from which a token could still reach it without passing this gateway.
    reaching: Mapping[str, frozenset[str]]

    def may_fire(self, held: Mapping[str, int], occupied: frozenset[str]) -> bool:
        """Whether no token elsewhere is still to be waited for; ``occupied`` names the nodes that hold tokens."""
        could_help: frozenset[str] = frozenset().union(
            *(nodes for flow, nodes in self.reaching.items() if flow not in held)
        )
        already_here: frozenset[str] = frozenset().union(*(self.reaching[flow] for flow in held))
        return not (occupied & could_help) - already_here
