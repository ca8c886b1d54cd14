"""Cases: reported, numbered, placed, worked by a diagram, found again by those who may see them.

The flow of a case is its diagram's. What is here: the facts diagrams read and set, the command that begins a case, the
row that lists look at, the row scope, and the queries.
"""

from processes.cases.audience import audience_of, group_key, in_sight, unit_key
from processes.cases.beginning import BeginCase, BeginCaseHandler
from processes.cases.channels import CHANNELS
from processes.cases.codes import class_of
from processes.cases.commands import Location, ReportCase, Reporter
from processes.cases.events import CASE_EVENTS, CaseReported
from processes.cases.facts import FACTS, FACTS_VERSION, Fact, FactType
from processes.cases.followed import Followed, FollowedDiagrams
from processes.cases.form_library import FormLibrary, check_form
from processes.cases.form_pieces import FORM_WORDS, form_pieces
from processes.cases.form_versions import FormVersions
from processes.cases.laws import CASE_LAWS
from processes.cases.names import Names
from processes.cases.numbers import case_number
from processes.cases.projection import CaseProjection
from processes.cases.queries import (
    After,
    CaseQueries,
    CountedPage,
    DeadlineQueries,
    DeliveryQueries,
    OrderEntry,
    OrdersWanted,
    TaskQueries,
    Wait,
    gathered,
)
from processes.cases.queries.case_detail import require_visible
from processes.cases.queries.conditions import Conditions
from processes.cases.queries.lamps import WORST_LAMP, moment_of
from processes.cases.queries.reading import list_reading
from processes.cases.registers import Registers
from processes.cases.reporting import PROCESS_DECISION, ReportCaseHandler
from processes.cases.rows import ONLY, CaseRow, PersonalRow
from processes.cases.rules import CASE_RULES
from processes.cases.scope import RowScope, scope_of
from processes.cases.selection import Selection, selection
from processes.cases.settings import CaseSettings
from processes.cases.tables import AUDITED_CASE_TABLES, CASE_TABLES
from processes.cases.values import CaseFacts, facts_of

__all__ = [
    "AUDITED_CASE_TABLES",
    "CASE_EVENTS",
    "CASE_LAWS",
    "CASE_RULES",
    "CASE_TABLES",
    "CHANNELS",
    "FACTS",
    "FACTS_VERSION",
    "FORM_WORDS",
    "ONLY",
    "PROCESS_DECISION",
    "WORST_LAMP",
    "After",
    "BeginCase",
    "BeginCaseHandler",
    "CaseFacts",
    "CaseProjection",
    "CaseQueries",
    "CaseReported",
    "CaseRow",
    "CaseSettings",
    "Conditions",
    "CountedPage",
    "DeadlineQueries",
    "DeliveryQueries",
    "Fact",
    "FactType",
    "Followed",
    "FollowedDiagrams",
    "FormLibrary",
    "FormVersions",
    "Location",
    "Names",
    "OrderEntry",
    "OrdersWanted",
    "PersonalRow",
    "Registers",
    "ReportCase",
    "ReportCaseHandler",
    "Reporter",
    "RowScope",
    "Selection",
    "TaskQueries",
    "Wait",
    "audience_of",
    "case_number",
    "check_form",
    "class_of",
    "facts_of",
    "form_pieces",
    "gathered",
    "group_key",
    "in_sight",
    "list_reading",
    "moment_of",
    "require_visible",
    "scope_of",
    "selection",
    "unit_key",
]
