"""Deadlines that explain themselves: limits counted over a calendar, clocks that pause, extend, end and follow on.

Everything here is a pure function of facts, a compiled calendar and the moments passed in.
"""

from processes.deadlines.deadline import DEFAULT_WARN_SHARE, Deadline, Ending, Extension, StartCause, Subject
from processes.deadlines.derivation import (
    Pause,
    Run,
    due_at,
    due_at_of,
    elapsed,
    elapsed_between,
    remaining,
    share_reached_at,
)
from processes.deadlines.errors import DeadlineError
from processes.deadlines.explanation import Line, LineKind, explain, is_provisional
from processes.deadlines.feel import working_time_functions
from processes.deadlines.lamps import Lamp, is_overdue, lamp
from processes.deadlines.permits import extension_amount, extension_refusal, suspension_refusal
from processes.deadlines.previews import Move, Obstacle, Preview, preview
from processes.deadlines.settings import DeadlineSettings, ExtensionAmount, ExtensionWindow, SuccessorLimit
from processes.deadlines.settings_previews import SettingsMove, SettingsPreview, Standing, preview_settings
from processes.deadlines.succession import Succession, hand_over, rework, succeed
from processes.deadlines.transitions import cancel, end, extend, meet, pause, rebase, resume, start
from processes.deadlines.units import UNITS, LimitUnit, TimeLimit, UnitEntry, parse_unit, time_limit

__all__ = [
    "DEFAULT_WARN_SHARE",
    "UNITS",
    "Deadline",
    "DeadlineError",
    "DeadlineSettings",
    "Ending",
    "Extension",
    "ExtensionAmount",
    "ExtensionWindow",
    "Lamp",
    "LimitUnit",
    "Line",
    "LineKind",
    "Move",
    "Obstacle",
    "Pause",
    "Preview",
    "Run",
    "SettingsMove",
    "SettingsPreview",
    "Standing",
    "StartCause",
    "Subject",
    "Succession",
    "SuccessorLimit",
    "TimeLimit",
    "UnitEntry",
    "cancel",
    "due_at",
    "due_at_of",
    "elapsed",
    "elapsed_between",
    "end",
    "explain",
    "extend",
    "extension_amount",
    "extension_refusal",
    "hand_over",
    "is_overdue",
    "is_provisional",
    "lamp",
    "meet",
    "parse_unit",
    "pause",
    "preview",
    "preview_settings",
    "rebase",
    "remaining",
    "resume",
    "rework",
    "share_reached_at",
    "start",
    "succeed",
    "suspension_refusal",
    "time_limit",
    "working_time_functions",
]
