"""Who may ask what of cases, beside the rules for tasks."""

from __future__ import annotations

from processes.access import Permission, Rules, needs
from processes.cases.commands import ReportCase

CASE_RULES: Rules = {ReportCase: needs(Permission.CASE_REPORT)}
