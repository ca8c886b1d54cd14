"""Events: where tokens begin and end, what waits, what throws and what stands on a border."""

from __future__ import annotations

from engine.spiff import watching
from engine.spiff.activation import Activation, Phase
from engine.spiff.attributes import TriggerKind
from engine.spiff.publishing import publish
from engine.spiff.run import Run
from engine.spiff.specs.node import Node
from engine.spiff.throwing import throw
from engine.spiff.variables import apply_inputs, apply_outputs
from engine.spiff.waits import begin, plan_all


class StartEvent(Node):
    """Where the token of a scope begins, and with it the waiting for its event sub-processes."""

    def _execute(self, run: Run, activation: Activation) -> bool:
        watching.begin(run, activation.workflow, watching.plan(run, activation.workflow))
        return True


class ThrowEvent(Node):
    """Acts on the host of its procedure, then throws what it names into its tree or out of it; or is passed at once."""

    def _execute(self, run: Run, activation: Activation) -> bool | None:
        if self.is_hidden:
            return True
        if self.behaviour.effect is not None:
            run.affect(activation)
        return self._throw(run, activation)

    def _throw(self, run: Run, activation: Activation) -> bool | None:
        if self.behaviour.throws is not None:
            apply_inputs(run, activation)
            throw(run, activation, self.behaviour.throws)
        elif self.behaviour.publication is not None:
            apply_inputs(run, activation)
            publish(run, activation)
        return True


class EndEvent(ThrowEvent):
    """Where a token ends; a terminate end event ends every other token of its scope with it."""

    def _execute(self, run: Run, activation: Activation) -> bool | None:
        if super()._execute(run, activation) is None:
            return None
        run.reach_end(activation)
        if self.behaviour.terminates:
            run.clear(activation.workflow, survivor=activation)
        return True


class FurtherThrow(ThrowEvent):
    """Throws another of the definitions of its event."""

    def _execute(self, run: Run, activation: Activation) -> bool | None:
        return self._throw(run, activation)


class FurtherEnd(EndEvent, FurtherThrow):
    """Throws the last of the definitions of its event, where a token ends."""


class CatchEvent(Node):
    """Waits in the flow for its moment, message or signal; as an arm its gateway has waited for it."""

    def _execute(self, run: Run, activation: Activation) -> bool | None:
        if activation.phase is not Phase.ANSWERED and not self.is_arm:
            begin(run, activation, plan_all(run, activation, [self]))
            return None
        return _take_over(run, activation)


class BoundaryEvent(Node):
    """Where a token begins when what an activity's border waits for has come."""

    def _execute(self, run: Run, activation: Activation) -> bool:
        return _take_over(run, activation)


class EventStart(BoundaryEvent):
    """Where a token begins beside an event sub-process, which it enters, when what begins that has come."""

    @property
    def begins_anew(self) -> bool:
        """Always: its scope has waited for it."""
        return True

    @property
    def begins_undoing(self) -> bool:
        """Whether its event sub-process undoes the sub-process around it."""
        catches = self.behaviour.catches
        return catches is not None and catches.kind is TriggerKind.COMPENSATION


class Awaited(Node):
    """One definition of a parallel multiple event, which stands beside it: no token ever comes here."""


def _take_over(run: Run, activation: Activation) -> bool:
    """Write what came with the event; repeated until it can be written."""
    activation.phase = Phase.ANSWERED
    apply_outputs(run, activation)
    return True
