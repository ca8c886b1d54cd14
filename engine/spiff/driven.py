"""Bringing the instances of a tree to rest, with those that they call, and ending what has lost its host."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterator, Set
from contextlib import contextmanager

from engine.deadlines import Outcome
from engine.spiff import deadlines
from engine.spiff.activation import Activation, Subscribed
from engine.spiff.calling import return_from_call
from engine.spiff.compaction import compact
from engine.spiff.conditions import comes_true, is_condition
from engine.spiff.contents import Contents
from engine.spiff.procedures import is_moot, moot_event
from engine.spiff.run import Run
from engine.spiff.signals import listeners
from engine.spiff.step import Step
from engine.spiff.subscriptions import Delivery, origin_of
from engine.spiff.timers import follow
from engine.spiff.waits import correlate
from engine.spiff.workflow import InstanceWorkflow


class DrivenTree(Contents, ABC):
    """The live instances of a tree, and how a step of them goes on until everything waits."""

    __slots__ = ("_next_id", "_signals")

    def __init__(self, next_id: int) -> None:
        super().__init__()
        self._next_id = next_id
        #: Signals on their way to other instances of the tree: who waited, and what reaches them.
        self._signals: deque[tuple[int, Delivery]] = deque()

    @abstractmethod
    def _run(self, workflow: InstanceWorkflow, step: Step) -> Run:
        """A step of an instance."""

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
        self._settle(run.step)

    def _settle(self, step: Step) -> None:
        """Once an instance is at rest: end what is moot, let signals reach the others who waited for them, and let
        conditions that have become true be met, until nothing follows any more."""
        self._end_moot(step)
        while self._goes_on(step):
            self._end_moot(step)

    def _goes_on(self, step: Step) -> bool:
        """Let the next thing happen that follows from what has; whether there was one."""
        if self._signals:
            self._hear(*self._signals.popleft(), step)
            return True
        return self._meet(step)

    def _meet(self, step: Step) -> bool:
        """Let a condition be met that has become true, those first that were waited for first; whether one was."""
        for workflow, activation, subscribed in self._conditions():
            with self._beside(workflow, step) as run:
                is_met = comes_true(run, activation, subscribed)
            if is_met:
                run = self._run(workflow, step)
                correlate(run, activation, subscribed, Delivery(sender=activation.task_spec.element))
                self._drive(run)
                return True
        return False

    def _conditions(self) -> list[tuple[InstanceWorkflow, Activation, Subscribed]]:
        waited_for = (
            (workflow, activation, subscribed)
            for workflow in self._workflows()
            if workflow.definition.has_conditions and not workflow.outermost.is_paused
            for tokens in workflow.parts()
            for activation in tokens.waiting()
            for subscribed in activation.subscriptions
            if is_condition(activation, subscribed)
        )
        return sorted(waited_for, key=lambda each: each[2].id)

    def _tell_others(self, run: Run, signal: str, delivery: Delivery) -> None:
        family = run.workflow.outermost
        others = (found for found in listeners(self._subscribed(), signal) if found[0].outermost is not family)
        self._signals.extend((origin_of(subscribed), delivery) for _, _, subscribed in others)

    def _hear(self, subscription: int, delivery: Delivery, step: Step) -> bool:
        for workflow, activation, subscribed in self._subscribed():
            if subscription in (subscribed.id, subscribed.origin):
                run = self._run(workflow, step)
                correlate(run, activation, subscribed, delivery)
                self._drive(run)
                return True
        return False

    def _drive(self, run: Run) -> None:
        """Run an instance to rest, and with it those that it calls or that have called it."""
        outermost = run.workflow.outermost
        if self._completes(outermost, run):
            self._forget(outermost)
        else:
            self._leave_at_rest(outermost)
        self._follow(run.moved, run.step)

    def _completes(self, outermost: InstanceWorkflow, run: Run) -> bool:
        """Run whatever is ready in an instance and in what it calls; whether the instance is complete."""
        moving: Run | None = run
        while moving is not None:
            around = moving.workflow.around
            if moving.to_rest():
                if around is None:
                    return True
                return_from_call(moving, around)
            runs = (workflow.run for workflow in outermost.family())
            moving = next((each for each in runs if each is not None and each.is_moving), None)
        return False

    def _leave_at_rest(self, outermost: InstanceWorkflow) -> None:
        for workflow in outermost.family():
            if workflow.run is not None:
                workflow.run = None
                compact(workflow)

    def _follow(self, names: Set[str], step: Step) -> None:
        """Let the timers of all instances follow the deadlines that moved."""
        if not names:
            return
        for workflow, activation in list(self._waiting()):
            if activation.timers:
                with self._beside(workflow, step) as run:
                    follow(run, activation, names)

    def _end_moot(self, step: Step) -> None:
        """End the procedures whose hosts have gone on; ending one may leave another without a host."""
        while moot := self._moot(step):
            self._end_procedure(moot, step)

    def _moot(self, step: Step) -> InstanceWorkflow | None:
        """A procedure whose matter is over; one that is still on its way comes to rest first."""
        procedures = [each for each in self._instances.values() if each.procedure is not None and each.run is None]
        hosts = {workflow.instance: workflow for workflow in self._workflows()} if procedures else {}
        return next((each for each in procedures if is_moot(each, hosts, step.deadlines)), None)

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
