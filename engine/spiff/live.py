"""The live instances of one case tree, in memory for one command."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from engine.deadlines import Outcome
from engine.effects import Effect, Host, Place, Procedure
from engine.errors import Invalid
from engine.events import TaskCompleted
from engine.feel import Value, to_json
from engine.parts import Part
from engine.spiff import deadlines, subtasks
from engine.spiff.activation import Activation, Phase
from engine.spiff.admission import refuse_joined_hands, refuse_reserved
from engine.spiff.calling import begin, bindings_at_start, started_event
from engine.spiff.codec import VERSION, TreeRow, decode_tree, encode_tree
from engine.spiff.definition import Definition
from engine.spiff.deliveries import take_turn
from engine.spiff.intervening import refuse_paused
from engine.spiff.limits import LARGEST_STATE
from engine.spiff.moving import beginning, landing, move, restart
from engine.spiff.offering import is_offer
from engine.spiff.operated import OperatedTree
from engine.spiff.performers import remember_performer
from engine.spiff.procedures import affect, entry, is_settled, places_around, started, whole
from engine.spiff.run import Run
from engine.spiff.scopes import Scope
from engine.spiff.snapshot import instance_row, restore_instance
from engine.spiff.step import Step
from engine.spiff.subscriptions import Delivery
from engine.spiff.waits import correlate, fire
from engine.spiff.workflow import InstanceWorkflow
from engine.turns import Resent, Turn


class LiveTree(OperatedTree):
    """What may happen to the live instances of a tree.

    After any exception the object is half changed and must be thrown away.
    """

    __slots__ = ()

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
            tree._instances[item.id] = restore_instance(item, definitions)
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

    def start(self, definition: Definition, variables: Mapping[str, Value], step: Step) -> int:
        """Start an instance and run it to rest; its id. Raises ``Invalid`` for a reserved variable name."""
        refuse_reserved(variables)
        return self._set_out(self._create(definition, step), variables, step)

    def attach(
        self, definition: Definition, procedure: Procedure, data: Mapping[str, Value], step: Step, comment: str
    ) -> int:
        """Start a procedure on its host and run it to rest; its id. It ends as moot when the host goes on without it.

        Raises ``InvalidState`` when the host is not open, ``Invalid`` for a reserved variable name.
        """
        refuse_reserved(data)
        host = procedure.host
        self._instance(host.instance) if host.activity is None else self._activity(host.activity)
        workflow = self._create(definition, step)
        workflow.procedure = procedure
        workflow.performers = {definition.view.start: [step.actor]}
        step.emit(started(workflow.instance, procedure, data, comment))
        return self._set_out(workflow, data, step)

    def places(self, activity: int) -> Sequence[Place]:
        """An open activity and those around it, innermost first, then the instance.

        Raises ``InvalidState`` when it is not open.
        """
        _, activation = self._activity(activity)
        return tuple(places_around(activation))

    def instance_place(self, instance: int) -> Place:
        """An instance as a host. Raises ``InvalidState`` when it is not live."""
        return whole(self._instance(instance))

    def move(self, activity: int, element: str, step: Step) -> None:
        """Cancel an open activity and enter the flow again at an element of its scope or of one around it.

        Raises ``InvalidState`` when the activity is not open, and for an element that is not there or cannot be
        entered without breaking the parallel branches of the diagram.
        """
        self.reenter(activity, element, step)
        self._settle(step)

    def reenter(self, activity: int, element: str, step: Step) -> None:
        """``move``, for a procedure that is still on its way: what is moot then ends when that has come to rest."""
        _, activation = self._activity(activity)
        leaving, node = landing(activation, element)
        run = self._run(leaving.workflow.top_workflow, step)
        run.leaving_as = Outcome.HANDED_OVER
        move(run, leaving, node)
        self._drive(run)

    def restart(self, instance: int, element: str, step: Step) -> None:
        """Take every token out of an instance and enter its flow at an element of the process. As ``reenter``."""
        workflow = self._instance(instance)
        node = beginning(workflow, element)
        run = self._run(workflow, step)
        restart(run, node)
        self._drive(run)

    def check_entry(self, host: Host, target: str) -> None:
        """Raises ``InvalidState`` when a host cannot go on from where its diagram declares under ``target``."""
        if host.activity is None:
            beginning(self._instance(host.instance), entry([self.instance_place(host.instance)], target))
        else:
            landing(self._activity(host.activity)[1], entry(self.places(host.activity), target))

    def end_others(self, verbs: Collection[str], effect: Effect, step: Step) -> None:
        """End the other procedures of some verbs on the host of an effect: the matter is settled."""
        for workflow in tuple(self._instances.values()):
            if workflow.instance != effect.instance and is_settled(workflow, verbs, effect.host):
                self._end_procedure(workflow, step)

    def complete(self, task: int, data: Mapping[str, Value], step: Step, comment: str) -> None:
        """Finish a task with its answer and run its instance to rest.

        Raises ``InvalidState`` when the task is not open or parts of it are, ``Forbidden`` for a performer of a task
        that this one is separate from, ``Invalid`` for a reserved variable name.
        """
        if any(subtask.id == task for _, _, subtask in self._subtasks()):
            self._complete_part(task, step, comment)
            return
        workflow, activation = self._open(task)
        refuse_reserved(data)
        refuse_joined_hands(activation, step.actor)
        subtasks.refuse_parts(activation)
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
        remember_performer(activation, step.actor)
        activation.answer = dict(data)
        activation.performer = step.actor
        activation.phase = Phase.ANSWERED
        run = self._run(workflow, step)
        run.resume(activation)
        self._to_rest(run)

    def split(self, task: int, parts: Sequence[Part], step: Step) -> list[int]:
        """Offer parts of a task; their ids. Raises ``InvalidState`` when the task is not open."""
        workflow, activation = self._open(task)
        with self._beside(workflow, step) as run:
            return [subtasks.split(run, activation, part) for part in parts]

    def withdraw(self, task: int, step: Step) -> None:
        """Ask for a part of a task no longer. Raises ``InvalidState`` when it is not open."""
        workflow, activation, subtask = self._subtask(task)
        with self._beside(workflow, step) as run:
            subtasks.withdraw(run, activation, subtask)

    def help(self, task: int, step: Step) -> None:
        """Note that the actor has done some of a task without completing it. Raises ``InvalidState``."""
        _, activation = self._open(task)
        remember_performer(activation, step.actor)

    def fire(self, timer: int, step: Step) -> bool:
        """Let a timer fire and run its instance to rest; ``False``, with no effect, when it is not armed or not due."""
        for workflow, activation, armed in self._armed():
            if armed.id == timer and armed.due_at is not None and armed.due_at <= step.now:
                run = self._run(workflow, step)
                fire(run, activation, armed)
                self._to_rest(run)
                return True
        return False

    def turn(self, delivery: int, turn: Turn, step: Step) -> bool:
        """Let something come of a delivery and run its instance to rest; ``False`` when the element stands as a fault.

        Raises ``InvalidState`` when the delivery is not open.
        """
        workflow, activation, requested = self._delivery(delivery)
        run = self._run(workflow, step)
        goes_on = take_turn(run, activation, requested, turn)
        self._to_rest(run)
        return goes_on

    def correlate(self, subscription: int, delivery: Delivery, step: Step) -> bool:
        """Let what a subscription waits for come and run its instance to rest; ``False``, with no effect, when it is
        not open. Raises ``Invalid`` for a reserved variable name, ``InvalidState`` for a wish while it is paused."""
        for workflow, activation, subscribed in self._subscribed():
            if subscribed.id == subscription:
                refuse_reserved(delivery.variables)
                if is_offer(activation, subscribed):
                    refuse_paused(workflow)
                run = self._run(workflow, step)
                correlate(run, activation, subscribed, delivery)
                self._to_rest(run)
                return True
        return False

    def catch(self, subscription: int, delivery: Delivery, step: Step) -> bool:
        """Let a signal reach whoever waited under this subscription, or the border that has gone on waiting after it;
        ``False``, with no effect, when neither waits now. Raises ``Invalid`` for a reserved variable name."""
        refuse_reserved(delivery.variables)
        if not self._hear(subscription, delivery, step):
            return False
        self._settle(step)
        return True

    def cancel(self, instance: int, reason: str, step: Step) -> None:
        """End an instance from outside with all that it calls, withdrawing what is open.

        Raises ``InvalidState`` when it is not live, or is called by another: then that one is what can be ended.
        """
        workflow = self._instance(instance)
        run = self._run(workflow, step)
        run.end(reason)
        self._forget(workflow)
        self._end_moot(step)
        self._follow(run.moved, step)

    def deadline_moved(self, name: str, step: Step) -> None:
        """A deadline was paused, extended or counted anew: what it warned of is moot, what follows it does so now."""
        self._end_moot(step)
        for workflow, activation in list(self._activations()):
            if activation.open_task is not None and deadlines.falls_under(activation, name):
                with self._beside(workflow, step) as run:
                    deadlines.tell_task(run, activation)
                    subtasks.tell_due(run, activation)
        self._follow({name}, step)

    def retry(self, fault: int, step: Step) -> None:
        """Run the element of a fault again; when it fails again the same fault is raised anew.

        Raises ``InvalidState`` when the fault is not open, and while its instance is paused.
        """
        workflow, holder = self._faulted(fault)
        refuse_paused(workflow)
        run = self._run(workflow, step)
        if not isinstance(holder, Activation):
            run.retry_join(holder)
        elif (requested := holder.open_delivery) is not None:
            take_turn(run, holder, requested, Resent())
        else:
            run.resume(holder)
        self._to_rest(run)

    def _complete_part(self, task: int, step: Step, comment: str) -> None:
        workflow, activation, subtask = self._subtask(task)
        refuse_joined_hands(activation, step.actor)
        with self._beside(workflow, step) as run:
            subtasks.complete(run, activation, subtask, comment)

    def _create(self, definition: Definition, step: Step) -> InstanceWorkflow:
        instance = self._take_id()
        workflow = InstanceWorkflow(definition, instance, Scope(self._take_id(), None))
        self._instances[instance] = workflow
        workflow.bound = bindings_at_start(definition, step)
        step.emit(started_event(workflow))
        return workflow

    def _set_out(self, workflow: InstanceWorkflow, variables: Mapping[str, Value], step: Step) -> int:
        instance = workflow.instance
        run = self._run(workflow, step)
        begin(run, variables)
        self._to_rest(run)
        return instance

    def _run(self, workflow: InstanceWorkflow, step: Step) -> Run:
        return Run(workflow, self._take_id, step, partial(affect, self), self._tell_others)
