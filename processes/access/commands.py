"""What can be changed about access."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.configuration import ConfigurationCommand
from processes.access.permissions import Permission
from processes.organisation import username_key


@dataclass(frozen=True, kw_only=True)
class GrantPermissions(ConfigurationCommand):
    """Say what a post may do; what is not named is taken away."""

    object: str = field(init=False)
    post: str
    permissions: frozenset[Permission]

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", f"permissions:{self.post}")


@dataclass(frozen=True, kw_only=True)
class SetPassword(ConfigurationCommand):
    """Give an account a new password; all its sessions end."""

    object: str = field(init=False)
    username: str
    #: Made by ``Passwords.hash`` before the command, which therefore never holds the password itself.
    hash: str = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", f"password:{username_key(self.username)}")


@dataclass(frozen=True, kw_only=True)
class ChangeOwnPassword(ConfigurationCommand):
    """Give one's own account a new password; all its sessions end, this one too."""

    object: str = field(init=False)
    username: str
    #: The hash against which the current password was judged; when it is another by now, nothing happens.
    judged: str = field(repr=False)
    hash: str = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", f"password:{username_key(self.username)}")
