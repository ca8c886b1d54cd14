"""Start and end events."""

from __future__ import annotations

from engine.spiff.activation import Activation
from engine.spiff.run import Run
from engine.spiff.specs.node import Node


class StartEvent(Node):
    """Where the token of a scope begins."""


class EndEvent(Node):
    """Where a token ends; a terminate end event ends every other token of its scope with it."""

    def _execute(self, run: Run, activation: Activation) -> bool:
        run.reach_end(activation)
        if self.behaviour.terminates and not self.is_hidden:
            run.clear(activation.workflow, survivor=activation)
        return True
