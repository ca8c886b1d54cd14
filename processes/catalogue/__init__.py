"""What a city manages: kinds, classes, sub-categories and filing conditions with their time limits, in versions.

Everything here is pure: no database, no clock. A case keeps the number of the version it was filed under.
"""

from processes.catalogue.catalogue import Catalogue, holds
from processes.catalogue.differences import Action, Difference, FieldChange, differences_between
from processes.catalogue.editing import (
    checked_condition,
    with_class,
    with_condition,
    with_new_subcategory,
    with_subcategory,
    without_class,
    without_condition,
    without_subcategory,
)
from processes.catalogue.entries import CategoryClass, EvidenceRule, FilingCondition, Milestone, SubCategory, TimeLimit
from processes.catalogue.errors import CatalogueError
from processes.catalogue.terms import Term, Terms
from processes.catalogue.vocabulary import KINDS, LIMIT_UNITS, STANDARD_VOCABULARY, Vocabulary

__all__ = [
    "KINDS",
    "LIMIT_UNITS",
    "STANDARD_VOCABULARY",
    "Action",
    "Catalogue",
    "CatalogueError",
    "CategoryClass",
    "Difference",
    "EvidenceRule",
    "FieldChange",
    "FilingCondition",
    "Milestone",
    "SubCategory",
    "Term",
    "Terms",
    "TimeLimit",
    "Vocabulary",
    "checked_condition",
    "differences_between",
    "holds",
    "with_class",
    "with_condition",
    "with_new_subcategory",
    "with_subcategory",
    "without_class",
    "without_condition",
    "without_subcategory",
]
