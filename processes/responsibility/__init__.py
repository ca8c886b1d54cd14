"""Who is responsible: area, boundary and facility lists, and the proposal that follows from them.

Everything here is pure: no database, no clock. Lists are stored and versioned by `processes.registers`.
"""

from processes.responsibility.categories import selectors_of
from processes.responsibility.checked import checked_area_row, checked_boundary_row, checked_facility_row
from processes.responsibility.decided import ORDER_DECISION, decided_order
from processes.responsibility.errors import ResponsibilityError
from processes.responsibility.order import STANDARD_ORDER, Order, OrderFacts, Step, standard_order
from processes.responsibility.proposal import Claim, Proposal, Question, Responsibility
from processes.responsibility.references import References, references_to
from processes.responsibility.register import facility_rows
from processes.responsibility.review import ListGap, ListOverlap, ListReview
from processes.responsibility.rows import (
    AreaRow,
    BoundaryRow,
    FacilityRow,
    ResponsibilityLists,
    RowList,
    rows_naming,
)

__all__ = [
    "ORDER_DECISION",
    "STANDARD_ORDER",
    "AreaRow",
    "BoundaryRow",
    "Claim",
    "FacilityRow",
    "ListGap",
    "ListOverlap",
    "ListReview",
    "Order",
    "OrderFacts",
    "Proposal",
    "Question",
    "References",
    "Responsibility",
    "ResponsibilityError",
    "ResponsibilityLists",
    "RowList",
    "Step",
    "checked_area_row",
    "checked_boundary_row",
    "checked_facility_row",
    "decided_order",
    "facility_rows",
    "references_to",
    "rows_naming",
    "selectors_of",
    "standard_order",
]
