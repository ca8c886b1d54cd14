"""What can be changed in the organisation: each object is saved whole, nothing is deleted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from engine.configuration import ConfigurationCommand
from processes.organisation.names import username_key
from processes.organisation.snapshot import UnitKind


@dataclass(frozen=True, kw_only=True)
class SaveUnit(ConfigurationCommand):
    """Make a unit, or change it."""

    object: str = field(init=False)
    code: str
    name: str
    name_en: str = ""
    kind: UnitKind
    parent: str | None = None
    is_valid: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", f"unit:{self.code}")


@dataclass(frozen=True, kw_only=True)
class SavePost(ConfigurationCommand):
    """Make a post, or change its names."""

    object: str = field(init=False)
    post: str
    name_zh: str
    name_en: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", f"post:{self.post}")


@dataclass(frozen=True, kw_only=True)
class SaveAccount(ConfigurationCommand):
    """Make an account, or change its name; disabling it ends its sessions."""

    object: str = field(init=False)
    username: str
    name: str
    is_disabled: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", f"account:{username_key(self.username)}")


@dataclass(frozen=True, kw_only=True)
class PostHeld:
    """A post to hold."""

    post: str
    #: ``None`` holds it for the city as a whole.
    unit: str | None = None
    #: Aware; held from the first moment, up to but not including the second.
    valid_from: datetime | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AssignPosts(ConfigurationCommand):
    """Say which posts an account holds; those not named end."""

    object: str = field(init=False)
    username: str
    posts: tuple[PostHeld, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", f"posts:{username_key(self.username)}")
