"""The organisation in memory: one consistent picture, valid for one epoch of the configuration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property


class UnitKind(StrEnum):
    """What a unit is."""

    DEPARTMENT = "department"
    SUBDISTRICT = "subdistrict"
    ENTERPRISE = "enterprise"
    CENTRE = "centre"


@dataclass(frozen=True, kw_only=True)
class UnitEntry:
    """A unit."""

    code: str
    name: str
    #: Empty where nobody has given one.
    name_en: str
    kind: UnitKind
    parent: str | None
    #: Units that ended are kept, because cases name them.
    is_valid: bool


@dataclass(frozen=True, kw_only=True)
class PostEntry:
    """A post."""

    key: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, kw_only=True)
class AccountEntry:
    """Someone who may sign in."""

    id: int
    username: str
    name: str
    is_disabled: bool


@dataclass(frozen=True, kw_only=True)
class Holding:
    """A post that an account holds at the moment of the picture."""

    post: str
    #: ``None`` where the post is held for the city as a whole.
    unit: str | None


@dataclass(frozen=True, kw_only=True)
class OrganisationSnapshot:
    """Units, posts, accounts, and who holds what."""

    units: Mapping[str, UnitEntry] = field(default_factory=dict)
    posts: Mapping[str, PostEntry] = field(default_factory=dict)
    accounts: Mapping[int, AccountEntry] = field(default_factory=dict)
    #: By account, in the order in which they were given.
    holdings: Mapping[int, tuple[Holding, ...]] = field(default_factory=dict)
    #: The next moment at which a holding begins or ends by itself, ``None`` when none will.
    changes_at: datetime | None = None

    @cached_property
    def valid_units(self) -> frozenset[str]:
        """Codes of the units that have not ended: those that something may be given to."""
        return frozenset(unit.code for unit in self.units.values() if unit.is_valid)

    def account_named(self, username: str) -> AccountEntry | None:
        """The account with exactly this username."""
        return next((account for account in self.accounts.values() if account.username == username), None)

    def unit_and_below(self, code: str) -> Iterator[str]:
        """Codes of a unit and of all units under it."""
        reached = {code}
        front = [code]
        while front:
            yield (unit := front.pop())
            below = [entry.code for entry in self.units.values() if entry.parent == unit and entry.code not in reached]
            reached.update(below)
            front += below
