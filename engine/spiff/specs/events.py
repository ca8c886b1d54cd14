"""Events: where tokens begin and end, what waits for a timer, what throws and what stands on a border."""

from __future__ import annotations

from engine.spiff.activation import Activation, Phase
from engine.spiff.run import Run
from engine.spiff.specs.node import Node
from engine.spiff.throwing import throw
from engine.spiff.timers import arm, plan
from engine.spiff.variables import apply_inputs, apply_outputs


class StartEvent(Node):
    """Where the token of a scope begins."""


class ThrowEvent(Node):
    """Acts on the host of its procedure, then throws an error or escalation; a plain one is passed at once."""

    def _execute(self, run: Run, activation: Activation) -> bool:
        if self.is_hidden:
            return True
        if self.behaviour.effect is not None:
            run.affect(activation)
        if self.behaviour.throws is not None:
            apply_inputs(run, activation)
            throw(run, activation, self.behaviour.throws)
        return True


class EndEvent(ThrowEvent):
    """Where a token ends; a terminate end event ends every other token of its scope with it."""

    def _execute(self, run: Run, activation: Activation) -> bool:
        super()._execute(run, activation)
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
    """Where a token begins when what an activity's border waits for has come."""

    def _execute(self, run: Run, activation: Activation) -> bool:
        activation.phase = Phase.ANSWERED
        apply_outputs(run, activation)
        return True
