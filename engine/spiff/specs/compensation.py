"""Compensation: events that undo what was done, the last first, and what holds a handler meanwhile."""

from __future__ import annotations

from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask

from engine.spiff import undoing
from engine.spiff.activation import Activation
from engine.spiff.attributes import Trigger, TriggerKind
from engine.spiff.run import Run
from engine.spiff.specs.events import EndEvent, ThrowEvent
from engine.spiff.specs.node import Node
from engine.spiff.throwing import throw


class UndoingThrow(ThrowEvent):
    """Undoes one activity, or all of its scope, one after another; goes on when nothing is left to undo."""

    def _execute(self, run: Run, activation: Activation) -> bool | None:
        if activation.undoing is not None:
            return undoing.go_on(run, activation)
        return super()._execute(run, activation)

    def _throw(self, run: Run, activation: Activation) -> bool | None:
        thrown = self.behaviour.throws
        undoing.begin(activation, "" if thrown is None else thrown.code)
        return undoing.go_on(run, activation)


class UndoingEnd(EndEvent, UndoingThrow):
    """The same where a token ends."""


class CancelEnd(EndEvent, UndoingThrow):
    """Gives up what is under way in its transaction, undoes what was done, then leaves by the cancel event outside."""

    def _throw(self, run: Run, activation: Activation) -> bool | None:
        run.clear(activation.workflow, survivor=activation)
        return super()._throw(run, activation)

    def _execute(self, run: Run, activation: Activation) -> bool | None:
        if super()._execute(run, activation) is None:
            return None
        throw(run, activation, Trigger(TriggerKind.CANCEL))
        return True


class UndoAll(UndoingThrow):
    """Undoes all that was done in a sub-process, when that is undone itself."""

    def _execute(self, run: Run, activation: Activation) -> bool | None:
        return undoing.go_on(run, activation) if activation.undoing is not None else self._throw(run, activation)

    @property
    def begins_undoing(self) -> bool:
        """Always."""
        return True


class Handler(Node, SubWorkflowTask):
    """Holds the handler of an activity; no token ever comes to it, for its inside is begun by what undoes."""


class HandlerStart(Node):
    """The compensation event on a border, where the handler begins."""

    @property
    def is_on_border(self) -> bool:
        """Never: the activity is done, and nothing waits on its border."""
        return False

    @property
    def begins_undoing(self) -> bool:
        """Always."""
        return True
