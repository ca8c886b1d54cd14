"""Who is responsible: area, boundary and facility lists, and the proposal that follows from them.

Everything here is pure: no database, no clock. Lists are versioned with `processes.catalogue.History`.
"""

from .boundaries import boundary_list_geojson, read_boundary_list
from .errors import ResponsibilityError
from .order import STANDARD_ORDER, Order, OrderFacts, Step, standard_order
from .proposal import Claim, Proposal, Question, Responsibility
from .references import References, references
from .register import facility_rows
from .review import ListGap, ListOverlap, ListReview
from .rows import AreaRow, BoundaryRow, FacilityRow, ResponsibilityLists, RowList
from .sheets import (
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
    "references",
    "standard_order",
]
