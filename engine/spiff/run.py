"""The run loop: takes one instance from one wait state to the next, and says what happened on the way.

    ready activations, first come first served
      → when none is left: inclusive gateways that need not wait any longer
      → when none of those: at rest

An element that cannot go on keeps its token and becomes a fault; the other tokens go on.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from SpiffWorkflow.util.task import TaskState

from engine.deadlines import Outcome
from engine.delivery_events import DeliveryCancelled
from engine.events import (
    FaultCleared,
    FaultRaised,
    InstanceCancelled,
    InstanceCompleted,
    StageEntered,
    TaskWithdrawn,
    TokensMoved,
)
from engine.spiff import deadlines, offering, subtasks, undoing, waits, watching
from engine.spiff.activation import Activation, Phase
from engine.spiff.faults import Fault, Stuck
from engine.spiff.limits import DEEPEST_TREE, MOST_STEPS, STEPS_PER_ITEM
from engine.spiff.merging import next_merge, starvation
from engine.spiff.scopes import Scope
from engine.spiff.step import Step
from engine.spiff.throwing import Interrupted
from engine.spiff.workflow import ROOT, InstanceWorkflow, SubProcessWorkflow, Tokens

if TYPE_CHECKING:
    from engine.spiff.specs import Node, Outgoing
    from engine.spiff.subscriptions import Delivery


#: Carries out the effect of an element on the host of its instance; raises ``Stuck``.
Affect = Callable[["Run", Activation], None]
#: Lets a signal reach those of other instances of the tree who wait for it now, once this one has come to rest.
TellOthers = Callable[["Run", str, "Delivery"], None]
#: Why a called instance ended when its call did.
CALL_ENDED = "caller_ended"


class Run:
    """One step of one instance."""

    def __init__(
        self,
        workflow: InstanceWorkflow,
        next_id: Callable[[], int],
        step: Step,
        affect: Affect,
        tell_others: TellOthers,
    ) -> None:
        self.workflow = workflow
        self.instance = workflow.instance
        self.step = step
        self.next_id = next_id
        self._affect = affect
        self._tell_others = tell_others
        #: Names of the deadlines that began or ended.
        self.moved: set[str] = set()
        #: What becomes of the deadlines of activities that are cancelled.
        self.leaving_as = Outcome.LEFT
        self._ready: deque[Activation] = deque()
        self._path: list[str] = []
        self._ends: list[str] = []
        self._is_over = False
        workflow.run = self

    def start(self, tokens: Tokens) -> Activation:
        """Put a token on the start event of a scope."""
        if isinstance(tokens, SubProcessWorkflow):
            return self.begin_inside(tokens, tokens.spec.start.outputs[0])
        return self.begin_at(tokens, tokens.spec.start.outputs[0])

    def begin_inside(self, tokens: SubProcessWorkflow, node: Node) -> Activation:
        """Put a token on a node of a sub-process, still in the branch that entered it."""
        activation = self._place(tokens, node)
        activation.branch = tokens.around.branch
        activation._ready()
        return activation

    def queue(self, activation: Activation) -> None:
        """Let an activation run when its turn comes."""
        self._ready.append(activation)

    def resume(self, activation: Activation) -> None:
        """Run an activation that waited again."""
        activation.resume()
        self._ready.append(activation)

    def beside(self, workflow: InstanceWorkflow) -> Run:
        """The run of an instance that this one calls or that has called it, in the same step."""
        if workflow.run is not None:
            return workflow.run
        run = Run(workflow, self.next_id, self.step, self._affect, self._tell_others)
        run.moved, run.leaving_as = self.moved, self.leaving_as
        return run

    @property
    def is_moving(self) -> bool:
        """Whether an activation is ready to run."""
        return bool(self._ready)

    def to_rest(self) -> bool:
        """Run until every token waits; whether the instance is complete."""
        if self.workflow.outermost.is_paused:
            self._ready.clear()
            return False
        while True:
            while self._ready:
                self._advance(self._ready.popleft())
            if self._is_over or not self._merge():
                break
        if self._is_over:
            return False
        for tokens in self.workflow.parts():
            self._report_starvation(tokens)
        self._tell_path()
        if not self.workflow.is_drained:
            return False
        self._complete()
        return True

    def _complete(self) -> None:
        if not self._ends:
            raise RuntimeError(f"instance {self.instance} has no token left, but reached no end")
        is_met = self.workflow.definition.is_met_by_ending
        watching.end(self, self.workflow)
        deadlines.end_of_process(self, Outcome.MET if is_met else Outcome.LEFT)
        self.step.emit(InstanceCompleted(instance=self.instance, ends=self._ends))

    def enter(self, activation: Activation) -> None:
        """Note that a token has entered an element, once."""
        node: Node = activation.task_spec
        if activation.phase is not Phase.ARRIVED:
            return
        if not node.is_hidden:
            deadlines.pass_by(self, activation)
        activation.phase = Phase.ENTERED
        if node.is_hidden:
            return
        self._path.append(node.element)
        if stage := node.behaviour.own_stage:
            within = self.workflow.outermost.instance
            entered = StageEntered(
                instance=self.instance,
                element=node.element,
                stage=stage,
                within=None if within == self.instance else within,
            )
            self.step.emit(entered)

    def leave(self, activation: Activation, flows: Iterable[Outgoing]) -> None:
        """Send a token along each flow; several make a branch each."""
        flows = tuple(flows)
        for flow in flows:
            child = Activation(activation.workflow, flow.target, activation, self.next_id(), TaskState.FUTURE)
            child.arrived_by = flow.id
            if len(flows) > 1:
                self.begin_branch(child)
            if flow.element:
                self._path.append(flow.element)

    def place_beside(self, activation: Activation, node: Node) -> Activation:
        """Put a token on a node of an activation's scope, in the same branch."""
        token = self._place(activation.workflow, node)
        token.branch = activation.branch
        token._ready()
        return token

    def place_inside(self, around: Activation) -> Activation:
        """A token, not yet ready, on what follows the start of the inside of an activity, in the same branch."""
        tokens = self.workflow.subprocesses[around.id]
        token = self._place(tokens, tokens.spec.start.outputs[0].outputs[0])
        token.branch = around.branch
        return token

    def begin_at(self, tokens: Tokens, node: Node) -> Activation:
        """Put a token on a node of a scope, as a branch of its own."""
        token = self._place(tokens, node)
        self.begin_branch(token)
        token._ready()
        return token

    def begin_branch(self, activation: Activation) -> None:
        """Let an activation be a branch of its own, named by the moment it begins."""
        activation.branch = self.workflow.tick()

    def open_scope(self, activation: Activation) -> Scope:
        """The activation's own scope, made when there is none yet."""
        if activation.local is None:
            activation.local = Scope(self.next_id(), activation.scope_around)
        return activation.local

    def affect(self, activation: Activation) -> None:
        """Act on the host by the effect that an element declares. Raises ``Stuck`` when that cannot be."""
        self._affect(self, activation)

    def tell_others(self, signal: str, delivery: Delivery) -> None:
        """Let a signal reach those of other instances of the tree who wait for it now, once this one is at rest."""
        self._tell_others(self, signal, delivery)

    def reach_end(self, activation: Activation) -> None:
        """Note that a token has ended at an element."""
        offering.look_again(self, activation.workflow)
        if activation.workflow is self.workflow:
            self._ends.append(activation.task_spec.element)

    def end(self, reason: str) -> None:
        """End the instance from outside, withdrawing whatever is open."""
        self._tell_path()
        self.clear(self.workflow)
        self._is_over = True
        deadlines.end_of_process(self, Outcome.LEFT)
        self.step.emit(InstanceCancelled(instance=self.instance, reason=reason))

    def take_away(self, activation: Activation) -> None:
        """Take one token out of its scope; when none is left in a sub-process, the token around it goes on."""
        tokens = activation.workflow
        activation.cancel()
        offering.look_again(self, tokens)
        self._settle(tokens)

    def clear(self, tokens: Tokens, survivor: Activation | None = None) -> None:
        """Take every token out of a scope, withdrawing what was open; nothing begins in it by itself any more."""
        watching.end(self, tokens)
        for activation in tokens.live_activations():
            if activation is not survivor:
                activation.cancel()
        tokens.arrivals.clear()
        self.clear_fault(tokens)

    def withdraw(self, activation: Activation) -> None:
        """Undo what waits at a cancelled activation."""
        element = activation.task_spec.element
        inner = self.workflow.subprocesses.get(activation.id)
        if inner is not None:
            self.clear(inner)
        undoing.give_back(activation, inner)
        if inner is not None:
            self._drop(inner)
        called = self.workflow.calls.pop(activation.id, None)
        if called is not None:
            self.beside(called).end(CALL_ENDED)
            called.release()
        subtasks.withdraw_all(self, activation)
        if activation.open_task is not None:
            self.step.emit(TaskWithdrawn(task=activation.id, instance=self.instance, element=element))
        if (delivery := activation.open_delivery) is not None:
            self.step.emit(DeliveryCancelled(delivery=delivery.id, instance=self.instance, element=element))
        waits.end(self, activation)
        deadlines.end(self, activation, self.leaving_as)
        self.clear_fault(activation)

    def retry_join(self, tokens: Tokens) -> None:
        """Look again at a scope whose join could not fire; it is reported again when it still cannot."""
        if tokens.fault is not None and not self._merge():
            self.step.emit(self._raised(tokens.fault))

    def _tell_path(self) -> None:
        if self._path:
            self.step.emit(TokensMoved(instance=self.instance, path=self._path))
            self._path = []

    def _place(self, tokens: Tokens, node: Node) -> Activation:
        return Activation(tokens, node, tokens.tasks[ROOT], self.next_id(), TaskState.FUTURE)

    def _advance(self, activation: Activation) -> None:
        if not activation.is_live:
            return
        tokens = activation.workflow
        try:
            self._spend(activation)
            activation.run()
        except Stuck as stuck:
            self.halt(activation, stuck)
            return
        except Interrupted:
            return
        self.clear_fault(activation)
        self._settle(tokens)

    def _spend(self, activation: Activation) -> None:
        self.step.effort.elements += 1
        most = MOST_STEPS + STEPS_PER_ITEM * (self.step.effort.items + self.step.effort.undone)
        if self.step.effort.elements > most:
            often = "、".join(element for element, _ in Counter(self._path).most_common(3))
            raise Stuck(
                "step_limit",
                f"一次操作执行了 {most} 个节点仍未停下，走得最多的是：{often}。",
                f"Expected the instance to rest within {most} elements, but it goes on, most often by {often}.",
            )
        if activation.level > DEEPEST_TREE:
            raise Stuck(
                "depth_limit",
                f"执行深度超过 {DEEPEST_TREE}。",
                f"Expected the depth of execution to stay within {DEEPEST_TREE}, but it does not.",
            )

    def halt(self, activation: Activation, stuck: Stuck) -> None:
        """Let an activation stand still as a fault until somebody acts."""
        activation.wait()
        before = activation.fault
        activation.fault = self._fault(before, activation.task_spec.element, stuck)
        self.step.emit(self._raised(activation.fault))

    def _fault(self, before: Fault | None, element: str, stuck: Stuck) -> Fault:
        identity = before.id if before else self.next_id()
        return Fault(identity, element, stuck.code, stuck.message_zh, stuck.message_en)

    def _raised(self, fault: Fault) -> FaultRaised:
        return FaultRaised(
            fault=fault.id,
            instance=self.instance,
            element=fault.element,
            code=fault.code,
            message_zh=fault.message_zh,
            message_en=fault.message_en,
        )

    def clear_fault(self, holder: Activation | Tokens) -> None:
        """End the fault of an activation or a scope, when there is one."""
        if holder.fault is not None:
            fault, holder.fault = holder.fault, None
            self.step.emit(FaultCleared(fault=fault.id, instance=self.instance, element=fault.element))

    def _settle(self, tokens: Tokens) -> None:
        """When no token is left in a sub-process, the token around it goes on."""
        if isinstance(tokens, SubProcessWorkflow) and tokens.is_drained and tokens.around.is_live:
            around = tokens.around
            watching.end(self, tokens)
            around.undoable = tokens.undoable
            self._drop(tokens)
            around.phase = Phase.ANSWERED
            self.resume(around)

    def _drop(self, inner: SubProcessWorkflow) -> None:
        del self.workflow.subprocesses[inner.around.id]
        inner.release()

    def _merge(self) -> bool:
        """Fire one inclusive gateway that need not wait any longer; whether there was one."""
        for tokens in self.workflow.parts():
            gateway = next_merge(tokens)
            if gateway is not None:
                activation = self._place(tokens, gateway)
                gateway.use(activation)
                activation._ready()
                self.clear_fault(tokens)
                return True
        return False

    def _report_starvation(self, tokens: Tokens) -> None:
        starved = starvation(tokens) if tokens.fault is None else None
        if starved is not None:
            tokens.fault = self._fault(None, *starved)
            self.step.emit(self._raised(tokens.fault))
