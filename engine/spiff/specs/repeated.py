"""Activities that are performed several times: the whole waits around its performances, each of which has an end."""

from __future__ import annotations

from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask

from engine.spiff import multi_instance, standard_loop, undoing
from engine.spiff.activation import Activation, Phase
from engine.spiff.run import Run
from engine.spiff.specs.activities import Activity
from engine.spiff.specs.node import Node


class Repeated(Activity, SubWorkflowTask):
    """Waits around the performances of an activity."""

    def _keep(self, _run: Run, activation: Activation) -> None:
        undoing.keep_each(activation)


class MultiInstance(Repeated):
    """Performs its inside once for each item; goes on when none is left, or when its completion condition is true."""

    def _execute(self, run: Run, activation: Activation) -> bool | None:
        if activation.phase is Phase.ANSWERED:
            activation.answer = multi_instance.outcome(activation)
        return super()._execute(run, activation)

    def _begin(self, run: Run, activation: Activation) -> bool:
        if multi_instance.begin(run, activation):
            return True
        activation.answer = multi_instance.outcome(activation)
        return False

    def go_on(self, run: Run, performance: Activation) -> None:
        """A performance inside is done. Raises ``Stuck``."""
        multi_instance.go_on(run, performance)


class StandardLoop(Repeated):
    """Performs its inside again and again while its condition holds."""

    def _begin(self, run: Run, activation: Activation) -> bool:
        return standard_loop.begin(run, activation)

    def go_on(self, run: Run, performance: Activation) -> None:
        """A performance inside is done. Raises ``Stuck``."""
        standard_loop.go_on(run, performance)


class PerformanceEnd(Node):
    """Where a performance ends and the whole is told; it still sees the variables of the performance."""

    def _update_hook(self, activation: Activation) -> bool:
        performance: Activation = activation.parent
        activation.performance, activation.local = performance.performance, performance.local
        return True

    def _execute(self, run: Run, activation: Activation) -> bool:
        around: MultiInstance | StandardLoop = activation.workflow.around.task_spec
        around.go_on(run, activation)
        return True
