"""The guard's rule for escalations."""

from __future__ import annotations

from typing import Final

from processes.access import Permission, Rules, about_task, against_performing
from processes.escalations.commands import AcknowledgeEscalation

#: Notice is taken by those who could complete the task that told them. Nobody but the house lets a deadline warn.
ESCALATION_RULES: Final[Rules] = {AcknowledgeEscalation: about_task(against_performing, Permission.TASK_PERFORM)}
