"""Every table of a case tree, and what must hold of the rows in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.storage.engine_tables import AUDITED_TABLES, ENGINE_TABLES
from engine.storage.invariant_queries import ENGINE_LAWS
from engine.storage.tables import AuditedTable, TableStorage
from processes.cases import AUDITED_CASE_TABLES, CASE_LAWS, CASE_TABLES
from processes.escalations import ESCALATION_LAWS, ESCALATION_TABLES
from processes.media import CaseMediaTable
from processes.timekeeping import DEADLINE_TABLES

TABLES: Sequence[TableStorage[Any]] = (
    *ENGINE_TABLES,
    *CASE_TABLES,
    CaseMediaTable(),
    *DEADLINE_TABLES,
    *ESCALATION_TABLES,
)
#: Those whose rows come from events and from nothing else.
AUDITED: Sequence[AuditedTable[Any]] = (
    *AUDITED_TABLES,
    *AUDITED_CASE_TABLES,
    CaseMediaTable(),
    *DEADLINE_TABLES,
    *ESCALATION_TABLES,
)
LAWS = {**ENGINE_LAWS, **CASE_LAWS, **ESCALATION_LAWS}
