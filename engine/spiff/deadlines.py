"""Deadlines of elements: they begin when a token enters, end when it leaves, and move the timers that name them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.deadlines import NO_MOMENTS, DeadlineAsked, Escalation, Moments, Outcome
from engine.errors import Invalid
from engine.events import TaskDueMoved
from engine.spiff.faults import Stuck
from engine.spiff.variables import evaluate

if TYPE_CHECKING:
    from engine.spiff.activation import Activation
    from engine.spiff.attributes import Behaviour, DeclaredDeadline
    from engine.spiff.run import Run


def begin(run: Run, activation: Activation) -> None:
    """Let the activity's own deadline run, once. Raises ``Stuck`` when its declaration yields nothing usable."""
    declared = activation.task_spec.behaviour.deadline
    if declared is not None:
        _start(run, activation, declared, activation.id)


def end(run: Run, activation: Activation, outcome: Outcome) -> None:
    """The activity is done, or was left unfinished."""
    if activation.task_spec.behaviour.deadline is not None:
        _end(run, activation.id, outcome)


def pass_by(run: Run, activation: Activation) -> None:
    """Begin or meet the deadline of the whole process, where it does so with this element. Raises ``Stuck``."""
    behaviour: Behaviour = activation.task_spec.behaviour
    if behaviour.begins is not None:
        _start(run, activation, behaviour.begins, run.instance)
    if behaviour.meets:
        _end(run, run.instance, Outcome.MET)


def end_of_process(run: Run, outcome: Outcome) -> None:
    """The instance is over, and with it the deadline of the whole process."""
    _end(run, run.instance, outcome)


def moments_of(run: Run, activation: Activation) -> Moments:
    """When what is open here warns and is due: by the activity's own deadline, else by the nearest around it."""
    for around in activation.outwards():
        if around.task_spec.behaviour.deadline is not None:
            return run.step.deadlines.moments(around.id)
    return NO_MOMENTS


def tell_task(run: Run, activation: Activation) -> None:
    """Say when an open task is due now."""
    moments = moments_of(run, activation)
    run.step.emit(
        TaskDueMoved(
            task=activation.id,
            instance=run.instance,
            element=activation.task_spec.element,
            warn_at=moments.warn_at,
            due_at=moments.due_at,
        )
    )


def escalate(run: Run, activation: Activation, groups: Sequence[str]) -> None:
    """Say that an open task tells somebody of the deadline that its procedure stands on."""
    procedure = run.workflow.outermost.procedure
    if procedure is None:
        return
    behaviour: Behaviour = activation.task_spec.behaviour
    run.step.deadlines.escalate(
        Escalation(
            task=activation.id,
            instance=run.instance,
            element=behaviour.element,
            name=behaviour.name,
            level=behaviour.escalation,
            groups=groups,
            deadline=procedure.host.deadline,
        )
    )


def falls_under(activation: Activation, name: str) -> bool:
    """Whether the deadline of that name is the one that counts for what is open here."""
    for around in activation.outwards():
        declared = around.task_spec.behaviour.deadline
        if declared is not None:
            return bool(declared.name == name)
    return False


def _start(run: Run, activation: Activation, declared: DeclaredDeadline, key: int) -> None:
    if run.step.deadlines.is_open(key):
        return
    behaviour: Behaviour = activation.task_spec.behaviour
    asked = DeadlineAsked(
        key=key,
        instance=run.instance,
        element=behaviour.element,
        name=declared.name,
        stage=activation.stage,
        limit=evaluate(run, activation, declared.limit),
        unit=None if declared.unit is None else evaluate(run, activation, declared.unit),
        calendar=declared.calendar,
    )
    try:
        run.step.deadlines.start(asked)
    except Invalid as refusal:
        raise Stuck("deadline_unusable", refusal.message_zh, refusal.message_en) from None
    run.moved.add(declared.name)


def _end(run: Run, key: int, outcome: Outcome) -> None:
    name = run.step.deadlines.end(key, outcome)
    if name is not None:
        run.moved.add(name)
