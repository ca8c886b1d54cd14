"""The engine's own tables, folded from events: instances, tasks, faults."""

from engine.projections.faults import FaultProjection, FaultRow, FaultState
from engine.projections.instances import InstanceProjection, InstanceRow, InstanceState
from engine.projections.tasks import DraftRow, TaskProjection, TaskRow, TaskState

ENGINE_PROJECTIONS = (InstanceProjection(), TaskProjection(), FaultProjection())

__all__ = [
    "ENGINE_PROJECTIONS",
    "DraftRow",
    "FaultProjection",
    "FaultRow",
    "FaultState",
    "InstanceProjection",
    "InstanceRow",
    "InstanceState",
    "TaskProjection",
    "TaskRow",
    "TaskState",
]
