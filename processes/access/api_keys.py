"""Keys of programs: which account one stands for, how much of it, and until when."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import asyncpg

from engine.configuration import ConfigurationCommand, ConfigurationHandlers
from engine.errors import Invalid, InvalidState, NotFound
from engine.storage.database import Database
from engine.storage.unit_of_work import UnitOfWork
from processes.access.key_secrets import (
    FRESHNESS,
    SALT_BYTES,
    SignedRequest,
    is_same,
    secret_of,
    signature_of,
    split_token,
    token_of,
)
from processes.access.permissions import Permission
from processes.access.sessions import Follow
from processes.organisation import account_named, check_name

LONGEST_LIFE = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class ApiKeyCommand(ConfigurationCommand):
    """A change of one key; running cases do not see it."""

    takes_effect = False

    object: str = field(init=False)
    #: The name by which programs and people call it.
    api_key: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", f"api_key:{self.api_key}")


@dataclass(frozen=True, kw_only=True)
class MakeApiKey(ApiKeyCommand):
    """Give a program a key of an account."""

    username: str
    name: str
    scopes: frozenset[Permission]
    life: timedelta


@dataclass(frozen=True, kw_only=True)
class RotateApiKey(ApiKeyCommand):
    """Give a key another secret; the former one works on for a while."""

    overlap: timedelta


@dataclass(frozen=True, kw_only=True)
class RevokeApiKey(ApiKeyCommand):
    """End a key at once and for good."""


@dataclass(frozen=True, kw_only=True)
class KeyHolder:
    """Whom a live key stands for."""

    account: int
    scopes: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class ApiKeyEntry:
    """A key as its administrators see it."""

    key: str
    name: str
    username: str
    scopes: Sequence[str]
    made_at: datetime
    rotated_at: datetime
    ends_at: datetime
    revoked_at: datetime | None


_MAKE = """
insert into api_key (key, account, name, scopes, salt, ends_at)
values ($1, $2, $3, $4, $5, clock_timestamp() + $6::interval) on conflict do nothing returning ends_at
"""
_ROTATE = """
update api_key
set former_salt = salt, former_ends_at = clock_timestamp() + $3::interval, salt = $2, rotated_at = clock_timestamp()
where key = $1 and revoked_at is null
returning ends_at
"""
_REVOKE = "update api_key set revoked_at = clock_timestamp() where key = $1 and revoked_at is null returning key"
_LIVE = """
select k.account, k.scopes, m.now, e.epoch,
    array[k.salt] || case when k.former_ends_at > m.now then array[k.former_salt] else '{}' end as salts
from api_key k
join account a on a.id = k.account and not a.is_disabled
cross join (select clock_timestamp() as now) m
cross join configuration_epoch e
where k.key = $1 and k.revoked_at is null and k.ends_at > m.now
"""
_ALL = """
select k.key, k.name, a.username, k.scopes, k.made_at, k.rotated_at, k.ends_at, k.revoked_at
from api_key k join account a on a.id = k.account
"""
_SALT = "select salt from api_key where key = $1"


async def make_api_key(command: MakeApiKey, uow: UnitOfWork) -> dict[str, Any]:
    """Make the key. Raises ``Invalid`` and, when there is one of the name already, ``InvalidState``."""
    check_name(command.name, "/name")
    if not timedelta() < command.life <= LONGEST_LIFE:
        raise Invalid("life_unfit", "有效期为 1 到 366 天", "Expected a life of 1 to 366 days", pointer="/days")
    account = await account_named(command.username)
    scopes = sorted(scope.value for scope in command.scopes)
    salt = secrets.token_bytes(SALT_BYTES)
    ends_at = await uow.fetchval(_MAKE, command.api_key, account.id, command.name, scopes, salt, command.life)
    if ends_at is None:
        raise InvalidState("api_key_exists", "已有同名的密钥", "Expected a new key, but there is one of this name")
    uow.record(
        "api_key_made",
        {"key": command.api_key, "account": account.id, "scopes": scopes, "ends_at": ends_at.isoformat()},
        actor=command.actor.id,
    )
    return {"key": command.api_key, "ends_at": ends_at.isoformat()}


async def rotate_api_key(command: RotateApiKey, uow: UnitOfWork) -> dict[str, Any]:
    """Replace the secret. Raises ``NotFound`` for a key that was revoked or never was."""
    ends_at = await uow.fetchval(_ROTATE, command.api_key, secrets.token_bytes(SALT_BYTES), command.overlap)
    if ends_at is None:
        raise _unknown()
    seconds = int(command.overlap.total_seconds())
    uow.record("api_key_rotated", {"key": command.api_key, "overlap_seconds": seconds}, actor=command.actor.id)
    return {"key": command.api_key, "ends_at": ends_at.isoformat()}


async def revoke_api_key(command: RevokeApiKey, uow: UnitOfWork) -> dict[str, Any]:
    """End the key. Raises ``NotFound`` for one that was revoked or never was."""
    if await uow.fetchval(_REVOKE, command.api_key) is None:
        raise _unknown()
    uow.record("api_key_revoked", {"key": command.api_key}, actor=command.actor.id)
    return {"key": command.api_key}


API_KEY_HANDLERS: ConfigurationHandlers = {
    MakeApiKey: make_api_key,
    RotateApiKey: rotate_api_key,
    RevokeApiKey: revoke_api_key,
}


class ApiKeys:
    """Finds whom a program's request stands for."""

    def __init__(self, database: Database, installation: str, follow: Follow) -> None:
        self._database = database
        self._installation = installation
        self._follow = follow

    async def resolve(self, token: str) -> KeyHolder | None:
        """Whom a token stands for, in one statement; ``None`` for anything but a live key's."""
        if (parts := split_token(token)) is None:
            return None
        key, given = parts
        return await self._holder(key, lambda _, secret: is_same(given, secret))

    async def resolve_signed(self, request: SignedRequest) -> KeyHolder | None:
        """Whom a signed request stands for; ``None`` also for one that is too old or from the future."""

        def fits(now: datetime, secret: str) -> bool:
            is_fresh = abs(now.timestamp() - request.moment) <= FRESHNESS.total_seconds()
            return is_fresh and is_same(request.signature, signature_of(secret, request))

        return await self._holder(request.key, fits)

    async def is_live(self, key: str) -> bool:
        """Whether the key lives still."""
        return await self._row(key) is not None

    async def token(self, key: str) -> str:
        """The token of a key as it is now. Raises ``NotFound``."""
        salt = await self._database.fetchval(_SALT, key)
        if salt is None:
            raise _unknown()
        return token_of(key, secret_of(self._installation, key, salt))

    async def all(self) -> list[ApiKeyEntry]:
        """Every key there ever was."""
        return [ApiKeyEntry(**row) for row in await self._database.fetch(_ALL)]

    async def _holder(self, key: str, fits: Callable[[datetime, str], bool]) -> KeyHolder | None:
        row = await self._row(key)
        if row is None:
            return None
        worked_out = [secret_of(self._installation, key, salt) for salt in row["salts"]]
        if not any([fits(row["now"], secret) for secret in worked_out]):
            return None
        await self._follow(row["epoch"], row["now"])
        return KeyHolder(account=row["account"], scopes=frozenset(row["scopes"]))

    async def _row(self, key: str) -> asyncpg.Record | None:
        storable = key.isascii() and key.isprintable()
        return await self._database.fetchrow(_LIVE, key) if storable else None


def _unknown() -> NotFound:
    return NotFound("api_key_unknown", "没有这个密钥，或已作废", "There is no such key, or it was revoked")
