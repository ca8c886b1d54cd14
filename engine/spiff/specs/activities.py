"""Activities: they have inputs and outputs, and may wait in between."""

from __future__ import annotations

from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask

from engine.deadlines import Outcome
from engine.spiff import deadlines, offering, undoing, waits
from engine.spiff.activation import Activation, Phase
from engine.spiff.calling import begin_call
from engine.spiff.deciding import decide
from engine.spiff.deliveries import request
from engine.spiff.faults import Stuck
from engine.spiff.opening import open_task
from engine.spiff.publishing import publish
from engine.spiff.run import Run
from engine.spiff.specs.node import Node, run_of
from engine.spiff.variables import apply_inputs, apply_outputs, evaluate


class Activity(Node):
    """Inputs, then the work itself, then outputs; a fault resumes at the part that failed."""

    def _execute(self, run: Run, activation: Activation) -> bool | None:
        if activation.phase is not Phase.ANSWERED:
            apply_inputs(run, activation)
            deadlines.begin(run, activation)
            # Planned before anything begins: what cannot be planned leaves nothing begun.
            planned = waits.plan_all(run, activation, self.waited_for)
            if self._begin(run, activation):
                waits.begin(run, activation, planned)
                return None
        if self.handler or activation.undoable:
            undoing.admit(activation)
        waits.end(run, activation)
        deadlines.end(run, activation, Outcome.MET)
        apply_outputs(run, activation)
        self._keep(run, activation)
        return True

    def _on_complete_hook(self, activation: Activation) -> None:
        # Judged before what follows begins.
        offering.look_again(run_of(activation), activation.workflow)
        super()._on_complete_hook(activation)

    @property
    def waited_for(self) -> tuple[Node, ...]:
        """The events that are waited for while the work goes on."""
        return self.boundaries

    def _begin(self, _run: Run, _activation: Activation) -> bool:
        """Do the work, or begin it; whether the token has to wait for its answer. Raises ``Stuck``."""
        return False

    def _keep(self, run: Run, activation: Activation) -> None:
        """Keep what is done, when it can be undone."""
        if self.handler:
            undoing.keep_for_handler(run, activation, self.handler)


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


class CallActivity(Activity):
    """Runs an instance of another process; goes on when that is complete."""

    def _begin(self, run: Run, activation: Activation) -> bool:
        begin_call(run, activation)
        return True


class SendTask(OutsideTask):
    """Throws its message, with its inputs, and goes on; one that names a topic is handed to an outside system."""

    def _begin(self, run: Run, activation: Activation) -> bool:
        if self.behaviour.publication is None:
            return super()._begin(run, activation)
        publish(run, activation)
        return False


class ReceiveTask(Activity):
    """Goes on when its message has come, whose variables are the answer; as an arm its gateway has waited for it."""

    @property
    def waited_for(self) -> tuple[Node, ...]:
        """Its own message, and the events on its border."""
        return (self, *self.boundaries)

    def _execute(self, run: Run, activation: Activation) -> bool | None:
        if self.is_arm:
            activation.phase = Phase.ANSWERED
        return super()._execute(run, activation)

    def _begin(self, _run: Run, _activation: Activation) -> bool:
        return True


class SubProcess(Activity, SubWorkflowTask):
    """Runs its inside; goes on when no token is left in there."""

    def _begin(self, run: Run, activation: Activation) -> bool:
        run.open_scope(activation)
        run.start(activation.workflow.top_workflow.open_sub_process(activation, self.spec))
        return True

    def _keep(self, run: Run, activation: Activation) -> None:
        if self.handler:
            undoing.keep_for_handler(run, activation, self.handler)
        else:
            undoing.keep_with_inside(run, activation, self.spec)
