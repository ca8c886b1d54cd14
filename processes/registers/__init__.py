"""The city's registers as they are stored: catalogue, calendars, responsibility lists, territory.

    file → candidate, staged chunk by chunk, with its report → PublishVersion → the version in force → memory

A register is a row of versions, each naming a content that never changes and is kept by its hash. Staging may take as
long as it takes and be broken off; going live is one small command with the version of what the candidate was compared
with. Processes hold the registers in force under the configuration's epoch and read again only what has another hash.
"""

from processes.registers.archive import (
    RegisterArchive,
    StagedCandidate,
    Staging,
    VersionEntry,
    forget_candidates,
)
from processes.registers.asking import Answered, Asked, Asking
from processes.registers.calendars import judged_calendar, judged_calendar_row
from processes.registers.commands import (
    REGISTER_CONFIGURATION,
    PublishCalendar,
    PublishVersion,
    managing,
    publishing,
    register_object,
)
from processes.registers.counting import Clock, Derived, derive, preview_clocks, sample_clocks
from processes.registers.differences import MOST_DIFFERENCES, register_differences
from processes.registers.editing import Change, Edited, Editing
from processes.registers.handlers import REGISTER_HANDLERS
from processes.registers.imports import FORMATS, ImportReport, Imports, SentFile
from processes.registers.live import InForce, LiveRegisters
from processes.registers.picture import PictureOf, draw_surroundings
from processes.registers.points import PointRegisters
from processes.registers.reading import Head
from processes.registers.reviewing import Reviewed, Reviews

__all__ = [
    "FORMATS",
    "MOST_DIFFERENCES",
    "REGISTER_CONFIGURATION",
    "REGISTER_HANDLERS",
    "Answered",
    "Asked",
    "Asking",
    "Change",
    "Clock",
    "Derived",
    "Edited",
    "Editing",
    "Head",
    "ImportReport",
    "Imports",
    "InForce",
    "LiveRegisters",
    "PictureOf",
    "PointRegisters",
    "PublishCalendar",
    "PublishVersion",
    "RegisterArchive",
    "Reviewed",
    "Reviews",
    "SentFile",
    "StagedCandidate",
    "Staging",
    "VersionEntry",
    "derive",
    "draw_surroundings",
    "forget_candidates",
    "judged_calendar",
    "judged_calendar_row",
    "managing",
    "preview_clocks",
    "publishing",
    "register_differences",
    "register_object",
    "sample_clocks",
]
