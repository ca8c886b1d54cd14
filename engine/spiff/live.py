"""The live instances of one case tree, in memory for one command."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from engine.errors import Forbidden, Invalid, InvalidState
from engine.events import InstanceCancelled, InstanceStarted, TaskCompleted
from engine.feel import Value, to_json
from engine.spiff.activation import Activation, Armed, Phase
from engine.spiff.codec import VERSION, TreeRow, decode_tree, encode_tree
from engine.spiff.compaction import compact
from engine.spiff.compiling import RESERVED
from engine.spiff.deciding import models_to_keep
from engine.spiff.definition import Definition
from engine.spiff.limits import LARGEST_STATE
from engine.spiff.open_items import ArmedTimer, LiveInstance, OpenFault, OpenTask, armed_timer, open_fault, open_task
from engine.spiff.opening import performers_of
from engine.spiff.run import Run
from engine.spiff.scopes import Scope
from engine.spiff.snapshot import instance_row, restore_instance
from engine.spiff.step import Step
from engine.spiff.timers import fire
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
            identity: LiveInstance(definition_sha=workflow.definition.sha, key=workflow.definition.view.key)
            for identity, workflow in self._instances.items()
        }

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
        instance = self._take_id()
        workflow = InstanceWorkflow(definition, instance, Scope(self._take_id(), None))
        self._instances[instance] = workflow
        workflow.bound = models_to_keep(definition, step)
        key, sha = definition.view.key, definition.sha.hex()
        step.emit(InstanceStarted(instance=instance, definition_key=key, definition_sha=sha))
        run = Run(workflow, self._take_id, step)
        start = run.start(workflow)
        if variables:
            write(run, start, variables, workflow.scope)
        self._to_rest(run)
        return instance

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
        run = Run(workflow, self._take_id, step)
        run.resume(activation)
        self._to_rest(run)

    def fire(self, timer: int, step: Step) -> bool:
        """Let a timer fire and run its instance to rest; ``False``, with no effect, when it is not armed or not due."""
        for workflow, activation, armed in self._armed():
            if armed.id == timer and armed.due_at <= step.now:
                run = Run(workflow, self._take_id, step)
                fire(run, activation, armed)
                self._to_rest(run)
                return True
        return False

    def cancel(self, instance: int, reason: str, step: Step) -> None:
        """End an instance from outside, withdrawing its tasks. Raises ``InvalidState`` when it is not live."""
        workflow = self._instances.get(instance)
        if workflow is None:
            raise InvalidState(
                "instance_not_open",
                f"流程实例 {instance} 已结束或不存在。",
                f"Expected instance {instance} to be live, but it is not.",
            )
        Run(workflow, self._take_id, step).clear(workflow)
        step.emit(InstanceCancelled(instance=instance, reason=reason))
        self._forget(workflow)

    def retry(self, fault: int, step: Step) -> None:
        """Run the element of a fault again; when it fails again the same fault is raised anew.

        Raises ``InvalidState`` when the fault is not open.
        """
        workflow, holder = self._faulted(fault)
        run = Run(workflow, self._take_id, step)
        if isinstance(holder, Activation):
            run.resume(holder)
        else:
            run.retry_join(holder)
        self._to_rest(run)

    def _to_rest(self, run: Run) -> None:
        workflow = run.workflow
        if run.to_rest():
            self._forget(workflow)
            return
        workflow.run = None
        compact(workflow)

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
