"""The engine's own tables, folded from events: instances, tasks, timers, faults, procedures, deliveries."""

from engine.projections.deliveries import DeliveryProjection, DeliveryRow, DeliveryState
from engine.projections.faults import FaultProjection, FaultRow, FaultState
from engine.projections.instances import InstanceProjection, InstanceRow, InstanceState
from engine.projections.procedures import ProcedureProjection, ProcedureRow, ProcedureState
from engine.projections.tasks import DraftRow, TaskProjection, TaskRow, TaskState
from engine.projections.timers import TimerProjection, TimerRow, TimerState

#: Tables of which a tree's head lists the open rows; each row says ``is_open``.
LISTED_TABLES = ("instance", "task", "timer", "fault", "procedure", "delivery")

ENGINE_PROJECTIONS = (
    InstanceProjection(),
    TaskProjection(),
    TimerProjection(),
    FaultProjection(),
    ProcedureProjection(),
    DeliveryProjection(),
)

__all__ = [
    "ENGINE_PROJECTIONS",
    "LISTED_TABLES",
    "DeliveryProjection",
    "DeliveryRow",
    "DeliveryState",
    "DraftRow",
    "FaultProjection",
    "FaultRow",
    "FaultState",
    "InstanceProjection",
    "InstanceRow",
    "InstanceState",
    "ProcedureProjection",
    "ProcedureRow",
    "ProcedureState",
    "TaskProjection",
    "TaskRow",
    "TaskState",
    "TimerProjection",
    "TimerRow",
    "TimerState",
]
