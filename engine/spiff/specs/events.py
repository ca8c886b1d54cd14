"""Start and end events, and those that wait for a timer."""

from __future__ import annotations

from engine.spiff.activation import Activation, Phase
from engine.spiff.run import Run
from engine.spiff.specs.node import Node
from engine.spiff.timers import arm, plan


class StartEvent(Node):
    """Where the token of a scope begins."""


class EndEvent(Node):
    """Where a token ends; a terminate end event ends every other token of its scope with it."""

    def _execute(self, run: Run, activation: Activation) -> bool:
        run.reach_end(activation)
        if self.behaviour.terminates and not self.is_hidden:
            run.clear(activation.workflow, survivor=activation)
        return True


class TimerCatch(Node):
    """Waits in the flow until its moment has come."""

    def _execute(self, run: Run, activation: Activation) -> bool | None:
        if activation.phase is Phase.ANSWERED:
            return True
        arm(run, activation, [plan(run, activation, self)])
        return None


class BoundaryEvent(Node):
    """Where a token begins when the timer fires that waits on an activity's border."""
