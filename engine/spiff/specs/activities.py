"""Activities: they have inputs and outputs, and may wait in between."""

from __future__ import annotations

from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask

from engine.deadlines import Outcome
from engine.spiff import deadlines
from engine.spiff.activation import Activation, Phase
from engine.spiff.deciding import decide
from engine.spiff.deliveries import request
from engine.spiff.faults import Stuck
from engine.spiff.opening import open_task
from engine.spiff.run import Run
from engine.spiff.specs.node import Node
from engine.spiff.timers import arm, disarm, plan
from engine.spiff.variables import apply_inputs, apply_outputs, evaluate


class Activity(Node):
    """Inputs, then the work itself, then outputs; a fault resumes at the part that failed."""

    def _execute(self, run: Run, activation: Activation) -> bool | None:
        if activation.phase is not Phase.ANSWERED:
            apply_inputs(run, activation)
            deadlines.begin(run, activation)
            # Planned before anything begins: what cannot be planned leaves nothing begun.
            timers = [plan(run, activation, event) for event in self.boundaries if event.behaviour.timer]
            if self._begin(run, activation):
                arm(run, activation, timers)
                return None
        disarm(run, activation)
        deadlines.end(run, activation, Outcome.MET)
        apply_outputs(run, activation)
        return True

    def _begin(self, _run: Run, _activation: Activation) -> bool:
        """Do the work, or begin it; whether the token has to wait for its answer. Raises ``Stuck``."""
        return False


class PassedTask(Activity):
    """A plain or manual task: nothing for an engine to do."""


class UserTask(Activity):
    """Offered to people; goes on when one of them has completed it."""

    def __init__(self, wf_spec: object, bpmn_id: str, **attributes: object) -> None:
        super().__init__(wf_spec, bpmn_id, manual=True, **attributes)

    def _begin(self, run: Run, activation: Activation) -> bool:
        open_task(run, activation)
        return True


class ScriptTask(Activity):
    """Computes a FEEL expression into a variable, or a context into one variable per entry."""

    def _begin(self, run: Run, activation: Activation) -> bool:
        script = self.behaviour.script
        value = evaluate(run, activation, script) if script is not None else None
        if self.behaviour.result:
            activation.answer = {self.behaviour.result: value}
        elif isinstance(value, dict):
            activation.answer = value
        else:
            raise Stuck(
                "script_not_context",
                "脚本没有结果变量，其值应为上下文 {名: 值}，得到的却不是。",
                "Expected the script to yield a context, for it names no result variable, but it did not.",
            )
        return False


class BusinessRuleTask(Activity):
    """Asks a published decision; its value is the answer."""

    def _begin(self, run: Run, activation: Activation) -> bool:
        activation.answer = {self.behaviour.result: decide(run, activation)}
        return False


class OutsideTask(Activity):
    """Handed to an outside system; goes on with its answer, of which only output mappings take anything."""

    def _begin(self, run: Run, activation: Activation) -> bool:
        request(run, activation)
        return True


class SubProcess(Activity, SubWorkflowTask):
    """Runs its inside; goes on when no token is left in there."""

    def _begin(self, run: Run, activation: Activation) -> bool:
        run.open_scope(activation)
        run.start(activation.workflow.top_workflow.open_sub_process(activation, self.spec))
        return True
