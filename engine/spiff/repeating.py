"""Performs an activity several times, each performance an activation of its own inside the activity.

The activity waits around its performances: its border and its deadline are those of the whole, and it ends with the
last of them. Each performance has a scope of its own, where ``loopCounter`` tells its number from 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.feel import Value, kind_of
from engine.spiff.activation import Activation, Performance, Repeated
from engine.spiff.faults import Stuck
from engine.spiff.scopes import Scope, Writing
from engine.spiff.variables import evaluate, furnish

if TYPE_CHECKING:
    from engine.spiff.attributes import Attribute
    from engine.spiff.run import Run

COUNTER = "loopCounter"
#: Names that an expression sees before all variables belong to no branch.
_PASSING = Writing(0, 0)


def progress(activity: Activation) -> Repeated:
    """How far the performances inside an activity have come."""
    if activity.repeated is None:
        raise RuntimeError(f"activation {activity.id} is not repeated")
    return activity.repeated


def number_of(performance: Activation) -> int:
    """Which performance an activation is."""
    if performance.performance is None:
        raise RuntimeError(f"activation {performance.id} is no performance")
    return performance.performance.number


def begin_one(run: Run, activity: Activation, variables: Mapping[str, Value], *, in_branch: bool) -> None:
    """Begin the next performance inside an activity, with variables of its own; side by side each is a branch."""
    repeated = progress(activity)
    repeated.begun += 1
    performance = run.place_inside(activity)
    if in_branch:
        run.begin_branch(performance)
    performance.performance = Performance(repeated.begun, Scope(run.next_id(), activity.scope))
    furnish(run, performance, performance.performance.scope, {COUNTER: Decimal(repeated.begun), **variables})
    performance._ready()


def holds(run: Run, activation: Activation, condition: Attribute, names: Mapping[str, Value]) -> bool:
    """Whether a condition is true with some names known besides the variables. Raises ``Stuck`` when it is neither."""
    seen = Scope(0, activation.scope)
    for name, value in names.items():
        seen.put(name, value, _PASSING)
    value = evaluate(run, activation, condition, seen)
    if isinstance(value, bool):
        return value
    raise Stuck(
        "condition_not_boolean",
        f"{condition.name} 应得到真或假，得到的却是 {kind_of(value)}。",
        f"Expected {condition.name} to be true or false, but it is {kind_of(value)}.",
    )
