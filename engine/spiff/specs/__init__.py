"""Spec classes for SpiffWorkflow: how each kind of flow node behaves."""

from __future__ import annotations

from engine.spiff.specs.activities import (
    BusinessRuleTask,
    CallActivity,
    OutsideTask,
    PassedTask,
    ReceiveTask,
    ScriptTask,
    SendTask,
    SubProcess,
    UserTask,
)
from engine.spiff.specs.compensation import (
    CancelEnd,
    Handler,
    HandlerStart,
    UndoAll,
    UndoingEnd,
    UndoingThrow,
)
from engine.spiff.specs.events import (
    Awaited,
    BoundaryEvent,
    CatchEvent,
    EndEvent,
    EventStart,
    FurtherEnd,
    FurtherThrow,
    StartEvent,
    ThrowEvent,
)
from engine.spiff.specs.gateways import EventGateway, ExclusiveGateway, InclusiveSplit
from engine.spiff.specs.joins import InclusiveGateway, Join, ParallelGateway
from engine.spiff.specs.node import Node, Outgoing
from engine.spiff.specs.offers import Offer, OfferedStart
from engine.spiff.specs.repeated import MultiInstance, PerformanceEnd, StandardLoop

__all__ = [
    "Awaited",
    "BoundaryEvent",
    "BusinessRuleTask",
    "CallActivity",
    "CancelEnd",
    "CatchEvent",
    "EndEvent",
    "EventGateway",
    "EventStart",
    "ExclusiveGateway",
    "FurtherEnd",
    "FurtherThrow",
    "Handler",
    "HandlerStart",
    "InclusiveGateway",
    "InclusiveSplit",
    "Join",
    "MultiInstance",
    "Node",
    "Offer",
    "OfferedStart",
    "Outgoing",
    "OutsideTask",
    "ParallelGateway",
    "PassedTask",
    "PerformanceEnd",
    "ReceiveTask",
    "ScriptTask",
    "SendTask",
    "StandardLoop",
    "StartEvent",
    "SubProcess",
    "ThrowEvent",
    "UndoAll",
    "UndoingEnd",
    "UndoingThrow",
    "UserTask",
]
