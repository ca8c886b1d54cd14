"""The guard's rule for supervision orders."""

from __future__ import annotations

from typing import Final

from engine.actors import Actor
from engine.errors import Refusal
from engine.handling import Work
from processes.access import Permission, Rules, against, against_performing
from processes.supervision.commands import TakeOrderStep
from processes.supervision.orders import step_task


def _against_step(actor: Actor, command: TakeOrderStep, work: Work) -> Refusal | None:
    """A step is taken by those who could complete its task."""
    if refusal := against(actor, Permission.TASK_PERFORM):
        return refusal
    try:
        task = step_task(command, work)
    except Refusal as refusal:
        return refusal
    return against_performing(actor, work.rows("task")[task])


SUPERVISION_RULES: Final[Rules] = {TakeOrderStep: _against_step}
