"""The live instances of one case tree, in memory for one command."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from functools import partial

from engine.deadlines import Outcome
from engine.effects import Effect, Place, Procedure
from engine.errors import Forbidden, Invalid, InvalidState
from engine.events import InstanceCancelled, InstanceStarted, TaskCompleted
from engine.feel import Value, to_json
from engine.spiff import deadlines
from engine.spiff.activation import Activation, Armed, Phase
from engine.spiff.codec import VERSION, TreeRow, decode_tree, encode_tree
from engine.spiff.compaction import compact
from engine.spiff.compiling import RESERVED
from engine.spiff.deciding import models_to_keep
from engine.spiff.definition import Definition
from engine.spiff.limits import LARGEST_STATE
from engine.spiff.moving import landing, move, restart
from engine.spiff.open_items import ArmedTimer, LiveInstance, OpenFault, OpenTask, armed_timer, open_fault, open_task
from engine.spiff.opening import performers_of
from engine.spiff.procedures import affect, is_moot, is_settled, moot_event, places_around, started, whole
from engine.spiff.run import Run
from engine.spiff.scopes import Scope
from engine.spiff.snapshot import instance_row, restore_instance
from engine.spiff.step import Step
from engine.spiff.timers import fire, follow
from engine.spiff.variables import write
from engine.spiff.workflow import InstanceWorkflow, Tokens


class LiveTree:
    """The live instances of a tree. After any exception the object is half changed and must be thrown away."""

    __slots__ = ("_instances", "_next_id")

    def __init__(self, next_id: int) -> None:
        self._next_id = next_id
        self._instances: dict[int, InstanceWorkflow] = {}

    @classmethod
    def empty(cls) -> LiveTree:
        """A tree in which nothing has happened yet."""
        return cls(1)

    @classmethod
    def load(cls, state: bytes, definitions: Callable[[bytes], Definition]) -> LiveTree:
        """The tree that ``dump`` wrote; ``definitions`` finds a definition by the SHA-256 of its diagram."""
        row = decode_tree(state)
        tree = cls(row.next_id)
        for item in row.instances:
            tree._instances[item.id] = restore_instance(item, definitions(item.sha))
        return tree

    def dump(self) -> bytes:
        """The live state as bytes. Raises ``Invalid`` when it has grown beyond what may be stored."""
        rows = [instance_row(workflow) for workflow in self._instances.values()]
        state = encode_tree(TreeRow(VERSION, self._next_id, rows))
        if len(state) > LARGEST_STATE:
            raise Invalid(
                "state_too_large",
                f"案件的流程变量有 {len(state)} 字节，超过上限 {LARGEST_STATE} 字节。",
                f"Expected the state to stay within {LARGEST_STATE} bytes, but it has {len(state)}.",
            )
        return state

    def free(self) -> None:
        """Break the reference cycles of the library's objects, so that nothing waits for the garbage collector."""
        for workflow in self._instances.values():
            workflow.release()
        self._instances.clear()

    @property
    def instances(self) -> Mapping[int, LiveInstance]:
        """Instances that are not complete, by id."""
        return {
            identity: LiveInstance(
                definition_sha=workflow.definition.sha,
                key=workflow.definition.view.key,
                procedure=workflow.procedure,
            )
            for identity, workflow in self._instances.items()
        }

    @property
    def procedures(self) -> Mapping[int, Procedure]:
        """Procedures that run, by the id of their instance."""
        running = self._instances.items()
        return {identity: workflow.procedure for identity, workflow in running if workflow.procedure is not None}

    @property
    def tasks(self) -> Mapping[int, OpenTask]:
        """Open tasks by id."""
        return {
            activation.id: open_task(workflow, activation, opened)
            for workflow, activation in self._activations()
            if (opened := activation.open_task) is not None
        }

    @property
    def faults(self) -> Mapping[int, OpenFault]:
        """Open faults by id."""
        return {
            holder.fault.id: open_fault(workflow, holder.fault)
            for workflow, holder in self._holders()
            if holder.fault is not None
        }

    @property
    def timers(self) -> Mapping[int, ArmedTimer]:
        """Armed timers by id."""
        return {armed.id: armed_timer(workflow, activation, armed) for workflow, activation, armed in self._armed()}

    def start(self, definition: Definition, variables: Mapping[str, Value], step: Step) -> int:
        """Start an instance and run it to rest; its id. Raises ``Invalid`` for a reserved variable name."""
        _refuse_reserved(variables)
        return self._set_out(self._create(definition, step), variables, step)

    def attach(
        self, definition: Definition, procedure: Procedure, data: Mapping[str, Value], step: Step, comment: str
    ) -> int:
        """Start a procedure on its host and run it to rest; its id. It ends as moot when the host goes on without it.

        Raises ``InvalidState`` when the host is not open, ``Invalid`` for a reserved variable name.
        """
        _refuse_reserved(data)
        host = procedure.host
        self._instance(host.instance) if host.activity is None else self._activity(host.activity)
        workflow = self._create(definition, step)
        workflow.procedure = procedure
        step.emit(started(workflow.instance, procedure, data, comment))
        return self._set_out(workflow, data, step)

    def places(self, activity: int) -> Sequence[Place]:
        """An open activity and those around it, innermost first, then the instance.

        Raises ``InvalidState`` when it is not open.
        """
        return tuple(places_around(*self._activity(activity)))

    def instance_place(self, instance: int) -> Place:
        """An instance as a host. Raises ``InvalidState`` when it is not live."""
        return whole(self._instance(instance))

    def move(self, activity: int, element: str, step: Step) -> None:
        """Cancel an open activity and enter the flow again at an element of its scope or of one around it.

        Raises ``InvalidState`` when the activity is not open, and for an element that is not there or cannot be
        entered without breaking the parallel branches of the diagram.
        """
        self.reenter(activity, element, step)
        self._end_moot(step)

    def reenter(self, activity: int, element: str, step: Step) -> None:
        """``move``, for a procedure that is still on its way: what is moot then ends when that has come to rest."""
        workflow, activation = self._activity(activity)
        leaving, node = landing(activation, element)
        run = self._run(workflow, step)
        run.leaving_as = Outcome.HANDED_OVER
        move(run, leaving, node)
        self._drive(run)

    def restart(self, instance: int, element: str, step: Step) -> None:
        """Take every token out of an instance and enter its flow at an element of the process. As ``reenter``."""
        workflow = self._instance(instance)
        run = self._run(workflow, step)
        restart(run, element)
        self._drive(run)

    def end_others(self, verbs: Collection[str], effect: Effect, step: Step) -> None:
        """End the other procedures of some verbs on the host of an effect: the matter is settled."""
        for workflow in tuple(self._instances.values()):
            if workflow.instance != effect.instance and is_settled(workflow, verbs, effect.host):
                self._end_procedure(workflow, step)

    def complete(self, task: int, data: Mapping[str, Value], step: Step, comment: str) -> None:
        """Finish a task with its answer and run its instance to rest.

        Raises ``InvalidState`` when the task is not open, ``Forbidden`` for a performer of a task that this one is
        separate from, ``Invalid`` for a reserved variable name.
        """
        workflow, activation = self._open(task)
        _refuse_reserved(data)
        _refuse_joined_hands(workflow, activation, step.actor)
        element = activation.task_spec.element
        step.emit(
            TaskCompleted(
                task=task,
                instance=workflow.instance,
                element=element,
                data={name: to_json(value) for name, value in data.items()},
                comment=comment,
            )
        )
        if activation.task_spec.behaviour.is_remembered:
            performers = workflow.performers.setdefault(element, [])
            performers.extend([step.actor] if step.actor not in performers else [])
        activation.answer = dict(data)
        activation.performer = step.actor
        activation.phase = Phase.ANSWERED
        run = self._run(workflow, step)
        run.resume(activation)
        self._to_rest(run)

    def fire(self, timer: int, step: Step) -> bool:
        """Let a timer fire and run its instance to rest; ``False``, with no effect, when it is not armed or not due."""
        for workflow, activation, armed in self._armed():
            if armed.id == timer and armed.due_at is not None and armed.due_at <= step.now:
                run = self._run(workflow, step)
                fire(run, activation, armed)
                self._to_rest(run)
                return True
        return False

    def cancel(self, instance: int, reason: str, step: Step) -> None:
        """End an instance from outside, withdrawing its tasks. Raises ``InvalidState`` when it is not live."""
        workflow = self._instance(instance)
        run = self._run(workflow, step)
        run.clear(workflow)
        deadlines.end_of_process(run, Outcome.LEFT)
        step.emit(InstanceCancelled(instance=instance, reason=reason))
        self._forget(workflow)
        self._end_moot(step)
        self._follow(run.moved, step)

    def deadline_moved(self, name: str, step: Step) -> None:
        """A deadline was paused, extended or counted anew: what follows it does so now."""
        for workflow, activation in list(self._activations()):
            if activation.open_task is not None and deadlines.falls_under(activation, name):
                with self._beside(workflow, step) as run:
                    deadlines.tell_task(run, activation)
        self._follow({name}, step)

    def retry(self, fault: int, step: Step) -> None:
        """Run the element of a fault again; when it fails again the same fault is raised anew.

        Raises ``InvalidState`` when the fault is not open.
        """
        workflow, holder = self._faulted(fault)
        run = self._run(workflow, step)
        if isinstance(holder, Activation):
            run.resume(holder)
        else:
            run.retry_join(holder)
        self._to_rest(run)

    def _create(self, definition: Definition, step: Step) -> InstanceWorkflow:
        instance = self._take_id()
        workflow = InstanceWorkflow(definition, instance, Scope(self._take_id(), None))
        self._instances[instance] = workflow
        workflow.bound = models_to_keep(definition, step)
        key, sha = definition.view.key, definition.sha.hex()
        step.emit(InstanceStarted(instance=instance, definition_key=key, definition_sha=sha))
        return workflow

    def _set_out(self, workflow: InstanceWorkflow, variables: Mapping[str, Value], step: Step) -> int:
        instance = workflow.instance
        run = self._run(workflow, step)
        start = run.start(workflow)
        if variables:
            write(run, start, variables, workflow.scope)
        self._to_rest(run)
        return instance

    def _run(self, workflow: InstanceWorkflow, step: Step) -> Run:
        return Run(workflow, self._take_id, step, partial(affect, self))

    @contextmanager
    def _beside(self, workflow: InstanceWorkflow, step: Step) -> Iterator[Run]:
        """A run that moves no token, also while another of the same instance is under way."""
        under_way = workflow.run
        try:
            yield self._run(workflow, step)
        finally:
            workflow.run = under_way

    def _to_rest(self, run: Run) -> None:
        self._drive(run)
        self._end_moot(run.step)

    def _drive(self, run: Run) -> None:
        workflow = run.workflow
        if run.to_rest():
            self._forget(workflow)
        else:
            workflow.run = None
            compact(workflow)
        self._follow(run.moved, run.step)

    def _follow(self, names: Set[str], step: Step) -> None:
        """Let the timers of all instances follow the deadlines that moved."""
        if not names:
            return
        for workflow, activation in list(self._activations()):
            if activation.timers:
                with self._beside(workflow, step) as run:
                    follow(run, activation, names)

    def _end_moot(self, step: Step) -> None:
        """End the procedures whose hosts have gone on; ending one may leave another without a host."""
        while moot := next((one for one in self._instances.values() if is_moot(one, self._instances)), None):
            self._end_procedure(moot, step)

    def _end_procedure(self, workflow: InstanceWorkflow, step: Step) -> None:
        run = self._run(workflow, step)
        run.clear(workflow)
        deadlines.end_of_process(run, Outcome.LEFT)
        step.emit(moot_event(workflow))
        self._forget(workflow)
        self._follow(run.moved, step)

    def _forget(self, workflow: InstanceWorkflow) -> None:
        del self._instances[workflow.instance]
        workflow.release()

    def _take_id(self) -> int:
        taken = self._next_id
        self._next_id = taken + 1
        return taken

    def _activations(self) -> Iterator[tuple[InstanceWorkflow, Activation]]:
        for workflow in self._instances.values():
            for tokens in workflow.parts():
                yield from ((workflow, activation) for activation in tokens.live_activations())

    def _armed(self) -> Iterator[tuple[InstanceWorkflow, Activation, Armed]]:
        for workflow, activation in self._activations():
            yield from ((workflow, activation, armed) for armed in activation.timers)

    def _holders(self) -> Iterator[tuple[InstanceWorkflow, Activation | Tokens]]:
        yield from self._activations()
        for workflow in self._instances.values():
            yield from ((workflow, tokens) for tokens in workflow.parts())

    def _instance(self, instance: int) -> InstanceWorkflow:
        workflow = self._instances.get(instance)
        if workflow is None:
            raise InvalidState(
                "instance_not_open",
                f"流程实例 {instance} 已结束或不存在。",
                f"Expected instance {instance} to be live, but it is not.",
            )
        return workflow

    def _activity(self, activity: int) -> tuple[InstanceWorkflow, Activation]:
        for workflow, activation in self._activations():
            if activation.id == activity:
                return workflow, activation
        raise InvalidState(
            "activity_not_open",
            f"环节 {activity} 已结束或不存在。",
            f"Expected activity {activity} to be open, but it is not.",
        )

    def _open(self, task: int) -> tuple[InstanceWorkflow, Activation]:
        for workflow, activation in self._activations():
            if activation.id == task and activation.open_task is not None:
                return workflow, activation
        raise InvalidState(
            "task_not_open", f"任务 {task} 已办结或不存在。", f"Expected task {task} to be open, but it is not."
        )

    def _faulted(self, fault: int) -> tuple[InstanceWorkflow, Activation | Tokens]:
        for workflow, holder in self._holders():
            if holder.fault is not None and holder.fault.id == fault:
                return workflow, holder
        raise InvalidState(
            "fault_not_open", f"故障 {fault} 已解除或不存在。", f"Expected fault {fault} to be open, but it is not."
        )


def _refuse_reserved(values: Mapping[str, Value]) -> None:
    for name in values:
        if name in RESERVED:
            raise Invalid(
                "reserved_name",
                f"“{name}”有固定含义，不能作变量名。",
                f'Expected a variable name, but "{name}" has a meaning of its own.',
                pointer=f"/data/{name}",
            )


def _refuse_joined_hands(workflow: InstanceWorkflow, activation: Activation, actor: str) -> None:
    """Four eyes also hold for tasks that were open at the same time."""
    separate_from = activation.task_spec.behaviour.separate_from
    if actor in performers_of(workflow.performers, separate_from):
        raise Forbidden(
            "task_separated",
            "您办理过须与此任务分离的任务，不能再办理它。",
            "Expected another person than the one who performed a task this one is separate from, but it is the same.",
            element=activation.task_spec.element,
        )
