"""The live instances in memory: SpiffWorkflow's workflows, holding tokens, scopes and what joins have received."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.effects import Procedure
from engine.spiff.activation import Activation, Undoable, Watch
from engine.spiff.faults import Fault
from engine.spiff.scopes import Scope

if TYPE_CHECKING:
    from engine.spiff.definition import Definition
    from engine.spiff.run import Run
    from engine.spiff.specs import Node

#: Every task tree begins with one finished node, to which live nodes are attached.
ROOT = 0


class _NoScripts:
    """Stands where the library would put an evaluator of Python; nothing here ever asks it."""


class Tokens:
    """What one scope of execution holds: a process or one activation of a sub-process."""

    spec: Any
    tasks: dict[int, Activation]
    scope: Scope
    #: Live activations; kept by the activations themselves.
    live: int
    #: Tokens that joins have received and not yet used: join → incoming flow → count.
    arrivals: dict[str, dict[str, int]]
    #: A join that can never fire.
    fault: Fault | None
    #: What waits for event sub-processes to begin, by the name of the spec of their start.
    watches: dict[str, Watch]
    #: Whether an event sub-process has interrupted it: no other begins then.
    is_interrupted: bool
    #: Activities that are done and can be undone, the last at the end.
    undoable: list[Undoable]

    def plant(self, scope: Scope) -> None:
        """Set out with no token at all."""
        self.scope = scope
        self.live = 0
        self.arrivals = {}
        self.fault = None
        self.watches = {}
        self.is_interrupted = False
        self.undoable = []
        self.task_tree = Activation(self, self.spec.start, None, ROOT, TaskState.COMPLETED)

    def live_activations(self) -> list[Activation]:
        """The activations with a token, oldest first."""
        return [activation for activation in self.tasks.values() if activation.is_live]

    def occupied(self, leaving: Activation | None = None) -> set[str]:
        """The nodes that hold tokens, joins among them; the token of an activation that leaves may be left out."""
        standing = {each.task_spec.name for each in self.live_activations() if each is not leaving}
        return standing | self.arrivals.keys()

    def waiting(self) -> list[Activation]:
        """Whatever may wait for something from outside: the activations with a token, and the watches."""
        return [*self.live_activations(), *self.watches.values()]

    def watch_of(self, event: Node) -> Watch:
        """What waits for an event sub-process to begin, from now on when nothing did."""
        return self.watches.setdefault(event.name, Watch(self, event))

    @property
    def is_undone(self) -> bool:
        """Whether it was opened again to undo what was done: its flow is over."""
        return False

    @property
    def is_drained(self) -> bool:
        """Whether no token is left, neither at an element nor at a join."""
        return not self.live and not self.arrivals

    def absorb(self, activation: Activation) -> None:
        """Take an activation out of the tree: its token now stands on a join's incoming flow."""
        activation._set_state(TaskState.COMPLETED)
        activation.parent._children.remove(activation.id)
        del self.tasks[activation.id]

    def _task_completed_notify(self, _activation: Activation) -> None:
        """The run loop settles completed scopes; the library's scan of the whole tree is not wanted."""

    def release(self) -> None:
        """Break all reference cycles; the object is of no use afterwards."""
        for activation in self.tasks.values():
            activation.workflow = None
        self.__dict__.clear()


class InstanceWorkflow(Tokens, BpmnWorkflow):
    """One instance of a definition."""

    def __init__(self, definition: Definition, instance: int, scope: Scope) -> None:
        BpmnWorkflow.__init__(
            self, definition.spec, definition.sub_specs, script_engine=_NoScripts(), deserializing=True
        )
        self.definition = definition
        self.instance = instance
        #: Counts writings and branches.
        self.moment = 0
        #: Performers by element, for elements that others must be separate from.
        self.performers: dict[str, list[str]] = {}
        #: What was bound when the instance started: models by decision, diagrams by process (see ``calling``).
        self.bound: dict[str, bytes] = {}
        #: What the instance is attached to, when it is a procedure.
        self.procedure: Procedure | None = None
        #: The call activity that called the instance; ``None`` for one that nobody called.
        self.around: Activation | None = None
        #: The instances that it calls, by the id of the call activity's activation.
        self.calls: dict[int, InstanceWorkflow] = {}
        #: Whether its tokens stand still by an operator's hand, with those of the instances that it calls.
        self.is_paused = False
        self.run: Run | None = None
        self.plant(scope)

    def tick(self) -> int:
        """The next moment."""
        self.moment += 1
        return self.moment

    @property
    def outermost(self) -> InstanceWorkflow:
        """The instance that called this one, through however many calls; itself when nobody did."""
        workflow = self
        while workflow.around is not None:
            workflow = workflow.around.workflow.top_workflow
        return workflow

    @property
    def way_in(self) -> tuple[str, ...]:
        """The call activities that lead to it, from the outermost instance inwards."""
        around = self.around
        return () if around is None else (*around.workflow.top_workflow.way_in, around.task_spec.element)

    @property
    def stage(self) -> str:
        """The stage that a token is in where the diagram declares none: that of the call."""
        return "" if self.around is None else self.around.stage

    def family(self) -> Iterator[InstanceWorkflow]:
        """The instance and all that it calls, through however many calls."""
        yield self
        for identity in sorted(self.calls):
            yield from self.calls[identity].family()

    def parts(self) -> Iterator[Tokens]:
        """The process and all its open sub-processes."""
        yield self
        yield from (self.subprocesses[identity] for identity in sorted(self.subprocesses))

    def open_sub_process(self, activation: Activation, spec_name: str) -> SubProcessWorkflow:
        """Open the inside of a sub-process; its variables live in the activation's own scope."""
        inner = SubProcessWorkflow(self.subprocess_specs[spec_name], activation, self)
        self.subprocesses[activation.id] = inner
        return inner

    def release(self) -> None:
        """Break all reference cycles of the instance; it is of no use afterwards."""
        for called in self.calls.values():
            called.release()
        for inner in self.subprocesses.values():
            inner.release()
        self.event_manager.workflow = None
        Tokens.release(self)


class SubProcessWorkflow(Tokens, BpmnSubWorkflow):
    """The inside of one activation of a sub-process."""

    def __init__(self, spec: Any, activation: Activation, top: InstanceWorkflow) -> None:
        self.around = activation
        BpmnSubWorkflow.__init__(self, spec, activation.id, top, deserializing=True)
        self.plant(activation.scope)

    @property
    def is_undone(self) -> bool:
        """Whether the activity around it is an event that undoes."""
        return self.around.undoing is not None

    def _calculate_depth(self) -> int:
        # The library would search every open sub-process for the task around this one.
        return getattr(self.around.workflow, "depth", 0) + 1
