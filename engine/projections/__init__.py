"""The engine's own tables, folded from events: what is open of a tree and what became of it, one module each."""

from engine.projections.deliveries import DeliveryProjection, DeliveryRow, DeliveryState
from engine.projections.faults import FaultProjection, FaultRow, FaultState
from engine.projections.instances import InstanceProjection, InstanceRow, InstanceState
from engine.projections.messages import (
    ThrownMessage,
    ThrownMessageProjection,
    UsedMessage,
    UsedMessageProjection,
)
from engine.projections.procedures import ProcedureProjection, ProcedureRow, ProcedureState
from engine.projections.signals import ThrownSignal, ThrownSignalProjection
from engine.projections.subscriptions import SubscriptionProjection, SubscriptionRow, SubscriptionState
from engine.projections.tasks import DraftRow, TaskProjection, TaskRow, TaskState
from engine.projections.timers import TimerProjection, TimerRow, TimerState

#: Tables of which a tree's head lists the open rows; each row says ``is_open``.
LISTED_TABLES = ("instance", "task", "timer", "subscription", "fault", "procedure", "delivery")

ENGINE_PROJECTIONS = (
    InstanceProjection(),
    TaskProjection(),
    TimerProjection(),
    SubscriptionProjection(),
    ThrownMessageProjection(),
    UsedMessageProjection(),
    ThrownSignalProjection(),
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
    "SubscriptionProjection",
    "SubscriptionRow",
    "SubscriptionState",
    "TaskProjection",
    "TaskRow",
    "TaskState",
    "ThrownMessage",
    "ThrownMessageProjection",
    "ThrownSignal",
    "ThrownSignalProjection",
    "TimerProjection",
    "TimerRow",
    "TimerState",
    "UsedMessage",
    "UsedMessageProjection",
]
