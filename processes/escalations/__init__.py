"""Escalations: a deadline warns, a ladder is put up beside its activity, and one after the other above takes notice.

    deadline due to warn → DeadlineWatch → WarnOfDeadline → every published diagram with startedBy=warning is attached
    a task of it with a level → EscalationRaised → a row that waits until somebody completes the task
    the deadline is met, moved or suspended → the ladder ends as moot; a new warning puts up a new one

Nothing of this is stored or done for a deadline that is met before it warns.
"""

from processes.escalations.claims import WarningClaims
from processes.escalations.commands import AcknowledgeEscalation, WarnOfDeadline
from processes.escalations.handlers import AcknowledgeEscalationHandler, WarnOfDeadlineHandler
from processes.escalations.ladders import Ladders
from processes.escalations.laws import ESCALATION_LAWS
from processes.escalations.projection import TABLE as ESCALATION_TABLE
from processes.escalations.projection import EscalationProjection
from processes.escalations.rows import EscalationRow, EscalationState
from processes.escalations.rules import ESCALATION_RULES
from processes.escalations.tables import ESCALATION_TABLES
from processes.escalations.watch import WATCH, DeadlineWatch

__all__ = [
    "ESCALATION_LAWS",
    "ESCALATION_RULES",
    "ESCALATION_TABLE",
    "ESCALATION_TABLES",
    "WATCH",
    "AcknowledgeEscalation",
    "AcknowledgeEscalationHandler",
    "DeadlineWatch",
    "EscalationProjection",
    "EscalationRow",
    "EscalationState",
    "Ladders",
    "WarnOfDeadline",
    "WarnOfDeadlineHandler",
    "WarningClaims",
]
