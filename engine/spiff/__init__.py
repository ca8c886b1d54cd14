"""Compiles BPMN and steps it; the only place that knows SpiffWorkflow. Pure: no I/O, no waiting, no clock."""

from __future__ import annotations

from engine.definition import DefinitionRefused
from engine.spiff.attributes import PublicationKind
from engine.spiff.beginnings import StartTimer, begun_with, start_timers
from engine.spiff.contents import Contents
from engine.spiff.definition import Definition, compile_process, lint_process
from engine.spiff.importing import Mended, loses, mended, taken_apart, taken_in
from engine.spiff.layout import laid_out
from engine.spiff.lint import Declared, FormField, Origin, ProcessScope, Source, Variable, scope_of_process
from engine.spiff.lint.jobs import TEMPLATE_PREFIX
from engine.spiff.live import LiveTree
from engine.spiff.moments import next_due
from engine.spiff.open_gatherings import Cause, OpenGathering
from engine.spiff.open_items import (
    ArmedTimer,
    LiveInstance,
    OpenDelivery,
    OpenFault,
    OpenScope,
    OpenSubscription,
    OpenTask,
    OpenToken,
)
from engine.spiff.outline import outline
from engine.spiff.piece_words import DIAGRAM_WORDS
from engine.spiff.pieces import pieces_of
from engine.spiff.pools import apart
from engine.spiff.processes import Processes
from engine.spiff.step import Step
from engine.spiff.subscriptions import Delivery
from engine.spiff.uses import FieldRead, Use, UseKind, fields_read, uses_of

__all__ = [
    "DIAGRAM_WORDS",
    "TEMPLATE_PREFIX",
    "ArmedTimer",
    "Cause",
    "Contents",
    "Declared",
    "Definition",
    "DefinitionRefused",
    "Delivery",
    "FieldRead",
    "FormField",
    "LiveInstance",
    "LiveTree",
    "Mended",
    "OpenDelivery",
    "OpenFault",
    "OpenGathering",
    "OpenScope",
    "OpenSubscription",
    "OpenTask",
    "OpenToken",
    "Origin",
    "ProcessScope",
    "Processes",
    "PublicationKind",
    "Source",
    "StartTimer",
    "Step",
    "Use",
    "UseKind",
    "Variable",
    "apart",
    "begun_with",
    "compile_process",
    "fields_read",
    "laid_out",
    "lint_process",
    "loses",
    "mended",
    "next_due",
    "outline",
    "pieces_of",
    "scope_of_process",
    "start_timers",
    "taken_apart",
    "taken_in",
    "uses_of",
]
