"""What a city manages: kinds, classes, sub-categories and filing conditions with their time limits, in versions.

Everything here is pure: no database, no clock. A case keeps the number of the version it was filed under.
"""

from .catalogue import Catalogue
from .differences import Action, Difference, FieldChange, differences
from .entries import CategoryClass, EvidenceRule, FilingCondition, Milestone, SubCategory, TimeLimit
from .errors import CatalogueError
from .exporting import catalogue_csv, catalogue_xlsx
from .importing import CatalogueImport, apply_import, merged, read_catalogue
from .sample import sample_catalogue, sample_sheet
from .terms import Term, Terms
from .versions import History, Version
from .vocabulary import KINDS, LIMIT_UNITS, STANDARD_VOCABULARY, Vocabulary

__all__ = [
    "KINDS",
    "LIMIT_UNITS",
    "STANDARD_VOCABULARY",
    "Action",
    "Catalogue",
    "CatalogueError",
    "CatalogueImport",
    "CategoryClass",
    "Difference",
    "EvidenceRule",
    "FieldChange",
    "FilingCondition",
    "History",
    "Milestone",
    "SubCategory",
    "Term",
    "Terms",
    "TimeLimit",
    "Version",
    "Vocabulary",
    "apply_import",
    "catalogue_csv",
    "catalogue_xlsx",
    "differences",
    "merged",
    "read_catalogue",
    "sample_catalogue",
    "sample_sheet",
]
