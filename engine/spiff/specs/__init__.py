"""Spec classes for SpiffWorkflow: how each kind of flow node behaves."""

from __future__ import annotations

from engine.spiff.specs.activities import BusinessRuleTask, OutsideTask, PassedTask, ScriptTask, SubProcess, UserTask
from engine.spiff.specs.events import BoundaryEvent, EndEvent, StartEvent, ThrowEvent, TimerCatch
from engine.spiff.specs.gateways import ExclusiveGateway, InclusiveSplit
from engine.spiff.specs.joins import InclusiveGateway, Join, ParallelGateway
from engine.spiff.specs.node import Node, Outgoing

__all__ = [
    "BoundaryEvent",
    "BusinessRuleTask",
    "EndEvent",
    "ExclusiveGateway",
    "InclusiveGateway",
    "InclusiveSplit",
    "Join",
    "Node",
    "Outgoing",
    "OutsideTask",
    "ParallelGateway",
    "PassedTask",
    "ScriptTask",
    "StartEvent",
    "SubProcess",
    "ThrowEvent",
    "TimerCatch",
    "UserTask",
]
