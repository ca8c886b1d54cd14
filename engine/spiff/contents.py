"""What is open in a live tree, as others ask for it, and finding it by its number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.effects import Procedure
from engine.errors import InvalidState
from engine.spiff.activation import Activation, Armed, Requested, Subscribed, Subtask
from engine.spiff.intervening import scopes_of
from engine.spiff.open_gatherings import OpenGathering, open_gatherings
from engine.spiff.open_items import (
    ArmedTimer,
    LiveInstance,
    OpenDelivery,
    OpenFault,
    OpenScope,
    OpenSubscription,
    OpenTask,
    OpenToken,
    armed_timer,
    open_delivery,
    open_fault,
    open_scope,
    open_subscription,
    open_subtask,
    open_task,
    open_token,
)
from engine.spiff.scopes import Scope
from engine.spiff.workflow import InstanceWorkflow, Tokens


class Contents:
    """The live instances of a tree, to look at: the outermost ones by id, those that they call inside their calls."""

    __slots__ = ("_instances",)

    def __init__(self) -> None:
        self._instances: dict[int, InstanceWorkflow] = {}

    @property
    def instances(self) -> Mapping[int, LiveInstance]:
        """Instances that are not complete, by id."""
        return {
            workflow.instance: LiveInstance(
                definition_sha=workflow.definition.sha,
                key=workflow.definition.view.key,
                procedure=workflow.procedure,
            )
            for workflow in self._workflows()
        }

    @property
    def procedures(self) -> Mapping[int, Procedure]:
        """Procedures that run, by the id of their instance."""
        running = self._instances.items()
        return {identity: workflow.procedure for identity, workflow in running if workflow.procedure is not None}

    @property
    def tasks(self) -> Mapping[int, OpenTask]:
        """Open tasks by id."""
        tasks = {
            activation.id: open_task(workflow, activation, opened)
            for workflow, activation in self._activations()
            if (opened := activation.open_task) is not None
        }
        parts = ((found[2].id, open_subtask(*found)) for found in self._subtasks())
        return {**tasks, **dict(parts)}

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

    @property
    def deliveries(self) -> Mapping[int, OpenDelivery]:
        """What outside systems have not answered yet, by number."""
        return {
            requested.id: open_delivery(workflow, activation, requested)
            for workflow, activation, requested in self._requested()
        }

    @property
    def subscriptions(self) -> Mapping[int, OpenSubscription]:
        """Messages and signals that are waited for, by id."""
        return {
            subscribed.id: open_subscription(workflow, activation, subscribed)
            for workflow, activation, subscribed in self._subscribed()
        }

    @property
    def gatherings(self) -> Sequence[OpenGathering]:
        """Events that wait until all of several things have come, and how far they have."""
        return [one for found in self._waiting() for one in open_gatherings(*found)]

    @property
    def tokens(self) -> Mapping[int, OpenToken]:
        """Open activities by id, through sub-processes and calls; not what holds an ad-hoc sub-process open."""
        return {
            activation.id: open_token(workflow, activation)
            for workflow, activation in self._activations()
            if activation.task_spec is not activation.workflow.spec.offer
        }

    @property
    def scopes(self) -> Mapping[int, OpenScope]:
        """Open scopes with their variables, by id."""
        return {
            scope.id: open_scope(workflow, scope, activation)
            for workflow in self._workflows()
            for scope, activation in scopes_of(workflow)
        }

    def _workflows(self) -> Iterator[InstanceWorkflow]:
        for workflow in self._instances.values():
            yield from workflow.family()

    def _activations(self) -> Iterator[tuple[InstanceWorkflow, Activation]]:
        for workflow in self._workflows():
            for tokens in workflow.parts():
                yield from ((workflow, activation) for activation in tokens.live_activations())

    def _waiting(self) -> Iterator[tuple[InstanceWorkflow, Activation]]:
        """Activations, and the watches of scopes."""
        for workflow in self._workflows():
            for tokens in workflow.parts():
                yield from ((workflow, activation) for activation in tokens.waiting())

    def _subtasks(self) -> Iterator[tuple[InstanceWorkflow, Activation, Subtask]]:
        for workflow, activation in self._activations():
            yield from ((workflow, activation, subtask) for subtask in activation.subtasks)

    def _armed(self) -> Iterator[tuple[InstanceWorkflow, Activation, Armed]]:
        for workflow, activation in self._waiting():
            yield from ((workflow, activation, armed) for armed in activation.timers)

    def _subscribed(self) -> Iterator[tuple[InstanceWorkflow, Activation, Subscribed]]:
        for workflow, activation in self._waiting():
            yield from ((workflow, activation, subscribed) for subscribed in activation.subscriptions)

    def _requested(self) -> Iterator[tuple[InstanceWorkflow, Activation, Requested]]:
        for workflow, activation in self._activations():
            if (requested := activation.open_delivery) is not None:
                yield workflow, activation, requested

    def _delivery(self, delivery: int) -> tuple[InstanceWorkflow, Activation, Requested]:
        for found in self._requested():
            if found[2].id == delivery:
                return found
        raise InvalidState(
            "delivery_not_open",
            f"投递 {delivery} 已有结果或不存在。",
            f"Expected delivery {delivery} to be open, but it is not.",
        )

    def _holders(self) -> Iterator[tuple[InstanceWorkflow, Activation | Tokens]]:
        yield from self._activations()
        for workflow in self._workflows():
            yield from ((workflow, tokens) for tokens in workflow.parts())

    def _instance(self, instance: int) -> InstanceWorkflow:
        workflow = self._instances.get(instance)
        called = next((each for each in self._workflows() if each.instance == instance), None)
        if workflow is None and called is not None:
            raise InvalidState(
                "instance_is_called",
                f"流程实例 {instance} 由实例 {called.outermost.instance} 调用，请对后者操作。",
                f"Expected an instance that nobody calls, but {instance} belongs to {called.outermost.instance}.",
            )
        if workflow is None:
            raise InvalidState(
                "instance_not_open",
                f"流程实例 {instance} 已结束或不存在。",
                f"Expected instance {instance} to be live, but it is not.",
            )
        return workflow

    def _any_instance(self, instance: int) -> InstanceWorkflow:
        """The instance, also one that is called by another."""
        for workflow in self._workflows():
            if workflow.instance == instance:
                return workflow
        return self._instance(instance)

    def _scope(self, workflow: InstanceWorkflow, scope: int | None) -> Scope:
        """An open scope of an instance; its own when none is named."""
        for found, _ in scopes_of(workflow):
            if scope in (None, found.id):
                return found
        raise InvalidState(
            "scope_not_open",
            f"变量作用域 {scope} 已结束或不存在。",
            f"Expected scope {scope} to be open in the instance, but it is not.",
        )

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

    def _subtask(self, task: int) -> tuple[InstanceWorkflow, Activation, Subtask]:
        for found in self._subtasks():
            if found[2].id == task:
                return found
        raise InvalidState(
            "subtask_not_open",
            f"没有未办结的子任务 {task}。",
            f"Expected part {task} of a task to be open, but it is not.",
        )

    def _faulted(self, fault: int) -> tuple[InstanceWorkflow, Activation | Tokens]:
        for workflow, holder in self._holders():
            if holder.fault is not None and holder.fault.id == fault:
                return workflow, holder
        raise InvalidState(
            "fault_not_open", f"故障 {fault} 已解除或不存在。", f"Expected fault {fault} to be open, but it is not."
        )
