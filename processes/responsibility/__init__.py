"""Who is responsible: area, boundary and facility lists, and the proposal that follows from them.

Everything here is pure: no database, no clock. Lists are versioned with `processes.catalogue.History`.
"""

from processes.responsibility.boundaries import boundary_list_geojson, read_boundary_list
from processes.responsibility.errors import ResponsibilityError
from processes.responsibility.order import STANDARD_ORDER, Order, OrderFacts, Step, standard_order
from processes.responsibility.proposal import Claim, Proposal, Question, Responsibility
from processes.responsibility.references import References, references_to
from processes.responsibility.register import facility_rows
from processes.responsibility.review import ListGap, ListOverlap, ListReview
from processes.responsibility.rows import AreaRow, BoundaryRow, FacilityRow, ResponsibilityLists, RowList
from processes.responsibility.sheets import (
    ListImport,
    area_list_csv,
    area_list_xlsx,
    facility_list_csv,
    facility_list_xlsx,
    read_area_list,
    read_facility_list,
)

__all__ = [
    "STANDARD_ORDER",
    "AreaRow",
    "BoundaryRow",
    "Claim",
    "FacilityRow",
    "ListGap",
    "ListImport",
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
    "area_list_csv",
    "area_list_xlsx",
    "boundary_list_geojson",
    "facility_list_csv",
    "facility_list_xlsx",
    "facility_rows",
    "read_area_list",
    "read_boundary_list",
    "read_facility_list",
    "references_to",
    "standard_order",
]
