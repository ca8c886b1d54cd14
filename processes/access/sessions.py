"""Server-side sign-ins: an opaque token for the bearer, its hash for us, the database's clock for the limits."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.bus import repeated
from engine.errors import Unauthenticated
from engine.storage.database import Database
from engine.storage.unit_of_work import UnitOfWork
from processes.access.attempts import Subjects, count_attempt, subjects_of, take_back
from processes.access.passwords import Passwords
from processes.organisation import username_key

IDLE_LIMIT = timedelta(minutes=30)
ABSOLUTE_LIMIT = timedelta(hours=12)
#: The idle time slides at most so often, so that reading costs no write.
SLIDE_AFTER = timedelta(minutes=1)
#: Of one account at a time; the oldest ones end.
MOST_SESSIONS = 20
_TOKEN_BYTES = 32

#: Brings this process's picture of the configuration to an epoch and a moment of the database's clock.
Follow = Callable[[int, datetime], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A session just begun; its token is known to nobody else."""

    account: int
    token: str
    csrf: str
    #: The absolute end; idle sessions end earlier.
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Session:
    """A live session."""

    account: int
    csrf: str
    #: Epoch of the configuration at the moment of the look-up.
    epoch: int


_CREDENTIALS = """
select a.id, a.is_disabled, p.hash from account a left join password p on p.account = a.id where a.username_key = $1
"""
# The lock on the judged password makes a change of it wait, so that it ends this session too.
_BEGIN = """
insert into session (token_sha, account, csrf, started_at, seen_at, ends_at)
select $1, a.id, $4, m.now, m.now, m.now + $5::interval
from account a join password p on p.account = a.id, (select clock_timestamp() as now) m
where a.id = $2 and not a.is_disabled and p.hash = $3
for share of p
returning ends_at, (select epoch from configuration_epoch) as epoch, seen_at
"""
_END_SURPLUS = """
delete from session where token_sha in (
    select token_sha from session where account = $1 order by started_at desc, token_sha offset $2
)
"""
_RESOLVE = """
select s.account, s.csrf, m.now, e.epoch, s.seen_at < m.now - $3::interval as slides
from session s
join account a on a.id = s.account and not a.is_disabled
cross join (select clock_timestamp() as now) m
cross join configuration_epoch e
where s.token_sha = $1 and s.ends_at > m.now and s.seen_at > m.now - $2::interval
"""
# Of many requests that come at once one slides it, and the others do not wait for that.
_SLIDE = """
update session set seen_at = clock_timestamp() where token_sha = (
    select token_sha from session where token_sha = $1 for update skip locked
)
"""


class Sessions:
    """Begins, finds and ends sessions."""

    def __init__(self, database: Database, passwords: Passwords, follow: Follow) -> None:
        self._database = database
        self._passwords = passwords
        self._follow = follow

    async def sign_in(self, username: str, password: str, address: str) -> SignedIn:
        """Open a session. Raises ``Unauthenticated``, whatever is wrong, and ``TooMany`` while one has to wait."""
        subjects = subjects_of(username, address)
        await repeated(lambda: self._count(subjects))
        found = await self._database.fetchrow(_CREDENTIALS, _storable(username_key(username)))
        fits = await self._passwords.fits(password, found["hash"] if found else None)
        if found is None or not fits or found["is_disabled"]:
            await self._write_down_failure(found["id"] if found else None)
            raise _refused()
        account, hash_ = found["id"], found["hash"]
        signed_in, epoch, at = await repeated(lambda: self._begin(account, hash_, subjects))
        await self._follow(epoch, at)
        return signed_in

    async def _count(self, subjects: Subjects) -> None:
        async with self._database.unit_of_work() as uow:
            await count_attempt(subjects, uow)

    async def _begin(self, account: int, hash_: str, subjects: Subjects) -> tuple[SignedIn, int, datetime]:
        token, csrf = secrets.token_urlsafe(_TOKEN_BYTES), secrets.token_urlsafe(_TOKEN_BYTES)
        async with self._database.unit_of_work() as uow:
            await take_back(subjects, uow)
            begun = await uow.fetchrow(_BEGIN, _sha(token), account, hash_, csrf, ABSOLUTE_LIMIT)
            if begun is None:
                raise _refused()
            await uow.execute(_END_SURPLUS, account, MOST_SESSIONS)
            uow.record("signed_in", {"account": account}, actor=f"user:{account}")
        signed_in = SignedIn(account=account, token=token, csrf=csrf, expires_at=begun["ends_at"])
        return signed_in, begun["epoch"], begun["seen_at"]

    async def _write_down_failure(self, account: int | None) -> None:
        async with self._database.unit_of_work() as uow:
            uow.record("sign_in_failed", {"account": account}, actor="nobody")

    async def resolve(self, token: str) -> Session | None:
        """The live session of a token, in one statement; ``None`` when it ended, idled out or never was."""
        row = await self._database.fetchrow(_RESOLVE, _sha(token), IDLE_LIMIT, SLIDE_AFTER)
        if row is None:
            return None
        if row["slides"]:
            async with self._database.unit_of_work() as uow:
                await uow.execute(_SLIDE, _sha(token))
        await self._follow(row["epoch"], row["now"])
        return Session(account=row["account"], csrf=row["csrf"], epoch=row["epoch"])

    async def is_live(self, token: str) -> bool:
        """Whether the session still lives; asking does not keep it alive, so that an open stream may idle out."""
        return await self._database.fetchrow(_RESOLVE, _sha(token), IDLE_LIMIT, SLIDE_AFTER) is not None

    async def sign_out(self, token: str) -> None:
        """End the session of a token; nothing when there is none."""
        async with self._database.unit_of_work() as uow:
            account = await uow.fetchval("delete from session where token_sha = $1 returning account", _sha(token))
            if account is not None:
                uow.record("signed_out", {"account": account}, actor=f"user:{account}")


async def end_sessions(account: int, uow: UnitOfWork) -> None:
    """End every session of an account."""
    await uow.execute("delete from session where account = $1", account)


async def forget_ended_sessions(uow: UnitOfWork) -> None:
    """Delete the rows of sessions that no longer live."""
    await uow.execute(
        "delete from session where ends_at < clock_timestamp() or seen_at < clock_timestamp() - $1::interval",
        IDLE_LIMIT,
    )


def _sha(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="surrogatepass")).digest()


def _storable(text: str) -> str:
    """Text that the database takes as a parameter; what it would not take names no account anyway."""
    return text.encode(errors="replace").decode().replace("\0", "�")


def _refused() -> Unauthenticated:
    return Unauthenticated("sign_in_failed", "用户名或密码不正确", "User name or password is wrong")
