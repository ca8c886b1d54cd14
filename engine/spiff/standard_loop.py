"""Standard loops: an activity is performed again and again while a condition holds."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.spiff.activation import Activation, Repeated
from engine.spiff.repeating import COUNTER, begin_one, holds, progress

if TYPE_CHECKING:
    from engine.spiff.attributes import StandardLoop
    from engine.spiff.run import Run


def begin(run: Run, activity: Activation) -> bool:
    """Begin the first performance; ``False`` when the condition is asked first and does not hold. Raises ``Stuck``."""
    declared: StandardLoop = activity.task_spec.behaviour.repeats
    activity.repeated = Repeated()
    if declared.tests_before and not _goes_on(run, activity, declared, 0):
        return False
    run.workflow.open_sub_process(activity, activity.task_spec.spec)
    begin_one(run, activity, {}, in_branch=False)
    return True


def go_on(run: Run, performance: Activation) -> None:
    """A performance is done: begin the next one while the condition holds. Raises ``Stuck`` when it is no condition."""
    activity: Activation = performance.workflow.around
    declared: StandardLoop = activity.task_spec.behaviour.repeats
    repeated = progress(activity)
    goes_on = _goes_on(run, performance, declared, repeated.completed + 1)
    repeated.completed += 1
    if goes_on:
        begin_one(run, activity, {}, in_branch=False)


def _goes_on(run: Run, activation: Activation, declared: StandardLoop, completed: int) -> bool:
    """Whether there is another performance after so many; the condition sees their number as ``loopCounter``."""
    if declared.maximum is not None and completed >= declared.maximum:
        return False
    return declared.condition is None or holds(run, activation, declared.condition, {COUNTER: Decimal(completed)})
