"""The deadlines of cases: begun and ended by diagrams, moved by verbs, read by expressions, kept as rows.

    a diagram's element is entered → CaseDeadlines.start → DeadlineStarted → a row with its due time
    a verb's handler → Timekeeper.extend, pause, resume, hand_over → the row moves, and the timers that follow it

What a limit means and when it is due is counted by ``processes.deadlines``.
"""

from processes.timekeeping.case_deadlines import CaseDeadlines
from processes.timekeeping.commands import RederiveDeadlines, RederiveDeadlinesHandler
from processes.timekeeping.events import (
    DEADLINE_EVENTS,
    DeadlineEnded,
    DeadlineEvent,
    DeadlineExtended,
    DeadlineMoved,
    DeadlinePaused,
    DeadlineRederived,
    DeadlineResumed,
    DeadlineStarted,
    DeadlineWarned,
    EscalationRaised,
)
from processes.timekeeping.feel import FILING_LIMIT, time_limit_functions
from processes.timekeeping.limits import limit_problem, read_limit
from processes.timekeeping.moves import CalendarOf
from processes.timekeeping.outdated import outdated_cases
from processes.timekeeping.projection import TABLE as DEADLINE_TABLE
from processes.timekeeping.projection import DeadlineProjection
from processes.timekeeping.rows import DeadlineRow
from processes.timekeeping.tables import DEADLINE_COLUMNS, DEADLINE_TABLES, deadline_row
from processes.timekeeping.timekeeper import USUAL_CALENDAR, Timekeeper

__all__ = [
    "DEADLINE_COLUMNS",
    "DEADLINE_EVENTS",
    "DEADLINE_TABLE",
    "DEADLINE_TABLES",
    "FILING_LIMIT",
    "USUAL_CALENDAR",
    "CalendarOf",
    "CaseDeadlines",
    "DeadlineEnded",
    "DeadlineEvent",
    "DeadlineExtended",
    "DeadlineMoved",
    "DeadlinePaused",
    "DeadlineProjection",
    "DeadlineRederived",
    "DeadlineResumed",
    "DeadlineRow",
    "DeadlineStarted",
    "DeadlineWarned",
    "EscalationRaised",
    "RederiveDeadlines",
    "RederiveDeadlinesHandler",
    "Timekeeper",
    "deadline_row",
    "limit_problem",
    "outdated_cases",
    "read_limit",
    "time_limit_functions",
]
