"""Supervision: orders 督办 that a unit answers and a supervisor lifts.

An order is the procedure of a verb whose diagram says which of its tasks is the answer and which lifts it:
``<zeebe:property name="supervision" value="answer"/>`` and ``"lift"``. To answer or lift is to complete that task.
"""

from processes.supervision.commands import OrderStep, TakeOrderStep
from processes.supervision.handler import TakeOrderStepHandler
from processes.supervision.listing import OrderQueries
from processes.supervision.orders import OrderVerbs
from processes.supervision.rules import SUPERVISION_RULES

__all__ = [
    "SUPERVISION_RULES",
    "OrderQueries",
    "OrderStep",
    "OrderVerbs",
    "TakeOrderStep",
    "TakeOrderStepHandler",
]
