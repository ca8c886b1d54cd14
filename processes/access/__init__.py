"""Who may come in, and who may do what.

Permissions are names in code, posts have them as data. ``may`` is a table from command to rule, asked by the guard of
the bus and by every button alike. Sessions live on the server and are judged by the database's clock.
"""

from processes.access.api_keys import (
    API_KEY_HANDLERS,
    ApiKeyEntry,
    ApiKeys,
    KeyHolder,
    MakeApiKey,
    RevokeApiKey,
    RotateApiKey,
)
from processes.access.attempts import forget_attempts
from processes.access.commands import ChangeOwnPassword, GrantPermissions, SetPassword
from processes.access.guard import ACCESS_CONFIGURATION, AudienceOf, ConfigurationGuard, TreeGuard, may_see
from processes.access.handlers import ACCESS_HANDLERS
from processes.access.key_secrets import SignedRequest, signature_of, split_token
from processes.access.own_password import OwnPassword
from processes.access.passwords import Passwords
from processes.access.people import People, following
from processes.access.permissions import PERMISSION_WORDS, Permission
from processes.access.register import HeldPost, Person, Register
from processes.access.rules import (
    DELIVERY_PERMISSIONS,
    ActorNamed,
    Rule,
    Rules,
    about_task,
    against,
    against_beginning,
    needs,
    tree_rules,
)
from processes.access.sessions import Session, Sessions, SignedIn, forget_ended_sessions
from processes.access.tasks import (
    OfferedTask,
    against_assigning,
    against_claiming,
    against_holding,
    against_performing,
    against_release,
    against_working,
    is_candidate,
)

__all__ = [
    "ACCESS_CONFIGURATION",
    "ACCESS_HANDLERS",
    "API_KEY_HANDLERS",
    "DELIVERY_PERMISSIONS",
    "PERMISSION_WORDS",
    "ActorNamed",
    "ApiKeyEntry",
    "ApiKeys",
    "AudienceOf",
    "ChangeOwnPassword",
    "ConfigurationGuard",
    "GrantPermissions",
    "HeldPost",
    "KeyHolder",
    "MakeApiKey",
    "OfferedTask",
    "OwnPassword",
    "Passwords",
    "People",
    "Permission",
    "Person",
    "Register",
    "RevokeApiKey",
    "RotateApiKey",
    "Rule",
    "Rules",
    "Session",
    "Sessions",
    "SetPassword",
    "SignedIn",
    "SignedRequest",
    "TreeGuard",
    "about_task",
    "against",
    "against_assigning",
    "against_beginning",
    "against_claiming",
    "against_holding",
    "against_performing",
    "against_release",
    "against_working",
    "following",
    "forget_attempts",
    "forget_ended_sessions",
    "is_candidate",
    "may_see",
    "needs",
    "signature_of",
    "split_token",
    "tree_rules",
]
