"""The hand of an operator on the instances of a tree."""

from __future__ import annotations

from collections.abc import Mapping

from engine.feel import Value
from engine.intervention_events import InstancePaused, InstanceResumed
from engine.spiff.admission import refuse_reserved
from engine.spiff.driven import DrivenTree
from engine.spiff.intervening import (
    add,
    correct,
    entrance,
    held,
    refuse_needed,
    refuse_paused,
    refuse_running,
    remove,
)
from engine.spiff.step import Step


class OperatedTree(DrivenTree):
    """What may be done to live instances by hand. All of it raises ``InvalidState`` for what is not open."""

    __slots__ = ()

    def add(self, instance: int, element: str, step: Step) -> None:
        """Let one more token begin at an element of an open scope and run to rest. Raises ``InvalidState``."""
        workflow = self._any_instance(instance)
        tokens, node = entrance(workflow, element)
        run = self._run(workflow, step)
        add(run, tokens, node)
        self._to_rest(run)

    def remove(self, activity: int, step: Step) -> None:
        """Take the token of an open activity away and run to rest. Raises ``InvalidState``."""
        workflow, activation = self._activity(activity)
        refuse_needed(activation)
        run = self._run(workflow, step)
        remove(run, activation)
        self._to_rest(run)

    def correct(self, instance: int, scope: int | None, values: Mapping[str, Value], step: Step) -> None:
        """Set variables of a scope, of the instance's own when none is named; only a condition lets a token move then.

        Raises ``InvalidState`` for what is not open, ``Invalid`` for a reserved variable name.
        """
        refuse_reserved(values)
        workflow = self._any_instance(instance)
        with self._beside(workflow, step) as run:
            correct(run, self._scope(workflow, scope), values)
        self._settle(step)

    def pause(self, instance: int, step: Step) -> None:
        """Let no token of an instance move, nor of those that it calls. Raises ``InvalidState``."""
        workflow = self._instance(instance)
        refuse_paused(workflow)
        workflow.is_paused = True
        step.emit(InstancePaused(instance=instance))

    def resume(self, instance: int, step: Step) -> None:
        """Let the tokens move again, those first for which something has come. Raises ``InvalidState``."""
        workflow = self._instance(instance)
        refuse_running(workflow)
        workflow.is_paused = False
        step.emit(InstanceResumed(instance=instance))
        run = self._run(workflow, step)
        for member in workflow.family():
            for activation in held(member):
                run.beside(member).resume(activation)
        self._to_rest(run)
