"""Who the accounts are, to the rest of the house: actors with groups, permissions and an audience; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.actors import Actor, is_person
from processes.access.permissions import Permission
from processes.organisation import (
    AccountEntry,
    Holding,
    OrganisationSnapshot,
    PostEntry,
    UnitEntry,
    groups_of,
)

_PREFIX = "user:"


@dataclass(frozen=True, kw_only=True)
class HeldPost:
    """A post as its holder sees it."""

    key: str
    name_zh: str
    name_en: str
    #: Code of the unit, ``None`` where the post is held for the city as a whole.
    unit: str | None


@dataclass(frozen=True, kw_only=True)
class Person:
    """An account with its place in the organisation."""

    account: int
    username: str
    name: str
    #: The unit of the first post that has one.
    unit: UnitEntry | None
    posts: tuple[HeldPost, ...]


@dataclass(frozen=True, kw_only=True)
class Register:
    """Everybody, as of one moment; nobody before anything was read."""

    organisation: OrganisationSnapshot = field(default_factory=OrganisationSnapshot)
    #: Permissions by post.
    permissions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    #: Actors made so far; every request asks for one.
    _actors: dict[int, Actor] = field(default_factory=dict, repr=False, compare=False)

    def actor(self, account: int) -> Actor | None:
        """Whoever signed in with the account; ``None`` when it is gone or disabled."""
        entry = self.organisation.accounts.get(account)
        if entry is None or entry.is_disabled:
            return None
        if account not in self._actors:
            self._actors[account] = self._made(account, entry.name, self._permitted(account))
        return self._actors[account]

    def limited(self, account: int, scopes: frozenset[str]) -> Actor | None:
        """Whoever the account is, with no permission beyond the scopes; ``None`` when it is gone or disabled."""
        actor = self.actor(account)
        return actor and self._made(account, actor.name, actor.permissions & scopes)

    def _permitted(self, account: int) -> frozenset[str]:
        holdings = self.organisation.holdings.get(account, ())
        return frozenset[str]().union(*(self.permissions.get(held.post, ()) for held in holdings))

    def _made(self, account: int, name: str, permissions: frozenset[str]) -> Actor:
        holdings = self.organisation.holdings.get(account, ())
        identity = f"{_PREFIX}{account}"
        # Tasks may name a person as a candidate; everybody is therefore a group of one.
        groups = groups_of(holdings) | {identity}
        return Actor(
            id=identity,
            name=name,
            groups=groups,
            permissions=permissions,
            audience=None if Permission.CASE_READ_ALL in permissions else self._audience(identity, groups, holdings),
        )

    def _audience(self, identity: str, groups: frozenset[str], holdings: tuple[Holding, ...]) -> frozenset[str]:
        units = {unit for held in holdings if held.unit for unit in self.organisation.unit_and_below(held.unit)}
        return frozenset({identity} | {f"unit:{unit}" for unit in units} | {f"group:{group}" for group in groups})

    def actor_named(self, actor: str) -> Actor | None:
        """The actor with this id, such as ``user:7``; ``None`` when it is nobody who may sign in."""
        return self.actor(int(actor.removeprefix(_PREFIX))) if is_person(actor) else None

    def narrowed(self, actor: str, scopes: frozenset[str]) -> Actor | None:
        """The actor with this id, with no permission beyond the scopes; ``None`` when it is nobody who may sign in."""
        return self.limited(int(actor.removeprefix(_PREFIX)), scopes) if is_person(actor) else None

    def has_group(self, group: str) -> bool:
        """Whether there is the post, and the unit, that a candidate group names."""
        post, at, unit = group.partition("@")
        return post in self.organisation.posts and (not at or unit in self.organisation.valid_units)

    def person(self, account: int) -> Person | None:
        """The account with its unit and posts; ``None`` when there is none."""
        entry = self.organisation.accounts.get(account)
        return None if entry is None else self._person(entry)

    def _person(self, entry: AccountEntry) -> Person:
        holdings = self.organisation.holdings.get(entry.id, ())
        units = (self.organisation.units[held.unit] for held in holdings if held.unit)
        return Person(
            account=entry.id,
            username=entry.username,
            name=entry.name,
            unit=next(units, None),
            posts=tuple(_held(self.organisation.posts[held.post], held.unit) for held in holdings),
        )


def _held(post: PostEntry, unit: str | None) -> HeldPost:
    return HeldPost(key=post.key, name_zh=post.name_zh, name_en=post.name_en, unit=unit)
