"""Who is there: units, posts, accounts, and who holds which post where.

Changes come as configuration commands and are written through models; readers take the snapshot, one consistent picture
under the configuration's epoch. What a post may do is said in ``processes.access``.
"""

from processes.organisation.commands import AssignPosts, PostHeld, SaveAccount, SavePost, SaveUnit
from processes.organisation.groups import groups_of
from processes.organisation.handlers import ORGANISATION_HANDLERS, account_named
from processes.organisation.names import check_name, username_key
from processes.organisation.reading import read_organisation
from processes.organisation.snapshot import (
    AccountEntry,
    Holding,
    OrganisationSnapshot,
    PostEntry,
    UnitEntry,
    UnitKind,
)

#: Modules whose models ``Database.connect`` binds.
ORGANISATION_MODELS = ("processes.organisation.models",)

__all__ = [
    "ORGANISATION_HANDLERS",
    "ORGANISATION_MODELS",
    "AccountEntry",
    "AssignPosts",
    "Holding",
    "OrganisationSnapshot",
    "PostEntry",
    "PostHeld",
    "SaveAccount",
    "SavePost",
    "SaveUnit",
    "UnitEntry",
    "UnitKind",
    "account_named",
    "check_name",
    "groups_of",
    "read_organisation",
    "username_key",
]
