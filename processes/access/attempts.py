"""Growing delays for those who guess: by account name and by address, never for good.

An attempt is counted before it is judged, so that guesses made at the same time do not slip through together; success
takes it back. While a subject has to wait, further attempts are refused without being judged or counted.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from engine.errors import TooMany
from engine.storage.unit_of_work import UnitOfWork
from processes.organisation import username_key

#: A subject quiet for so long starts anew.
FORGOTTEN_AFTER = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How many failures are free, and how long the wait after the following ones may grow."""

    free: int
    #: The first wait is one second, each further one twice as long, up to this.
    longest: timedelta


#: Short at most, because anyone can make another's account wait.
OF_ACCOUNT = Patience(free=4, longest=timedelta(minutes=1))
#: A whole office may sit behind one address.
OF_ADDRESS = Patience(free=20, longest=timedelta(minutes=15))


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Whose attempts are counted."""

    hash: bytes
    patience: Patience


#: The account name and the address of one attempt.
Subjects = tuple[Subject, Subject]


def subjects_of(username: str, address: str) -> Subjects:
    """The account name and the address of one attempt."""
    return (
        Subject(hash=_hashed("account", username_key(username)), patience=OF_ACCOUNT),
        Subject(hash=_hashed("address", address), patience=OF_ADDRESS),
    )


def _hashed(kind: str, name: str) -> bytes:
    return hashlib.sha256(f"{kind}:{name}".encode(errors="surrogatepass")).digest()


# Rows are locked in one order, so that attempts crossing each other do not block each other for good.
_LOCK = """
select extract(epoch from blocked_until - clock_timestamp())::float8 as wait
from sign_in_attempt where subject = any($1::bytea[]) order by subject for update
"""
_COUNT = """
insert into sign_in_attempt as a (subject, failures, last_at, blocked_until)
select s.subject, 1, clock_timestamp(), clock_timestamp()
from unnest($1::bytea[], $2::int[], $3::float8[]) as s(subject, free, longest) order by s.subject
on conflict (subject) do update set
    failures = case when a.last_at < clock_timestamp() - $4::interval then 1 else a.failures + 1 end,
    last_at = clock_timestamp()
"""
_BLOCK = """
update sign_in_attempt as a
set blocked_until = clock_timestamp()
    + make_interval(secs => least(power(2, least(a.failures - s.free - 1, 30)), s.longest))
from unnest($1::bytea[], $2::int[], $3::float8[]) as s(subject, free, longest)
where a.subject = s.subject and a.failures > s.free
"""


async def count_attempt(subjects: Subjects, uow: UnitOfWork) -> None:
    """Count one attempt of each subject. Raises ``TooMany`` with ``retry_after`` seconds while one has to wait."""
    hashes = [subject.hash for subject in subjects]
    waits = [row["wait"] for row in await uow.fetch(_LOCK, hashes)]
    if (wait := max(waits, default=0)) > 0:
        seconds = int(wait) + 1
        raise TooMany(
            "sign_in_delayed",
            f"登录失败次数过多，请 {seconds} 秒后再试",
            f"Too many failed attempts to sign in; try again in {seconds} seconds",
            details={"retry_after": seconds},
        )
    free = [subject.patience.free for subject in subjects]
    longest = [subject.patience.longest.total_seconds() for subject in subjects]
    await uow.execute(_COUNT, hashes, free, longest, FORGOTTEN_AFTER)
    await uow.execute(_BLOCK, hashes, free, longest)


async def take_back(subjects: Subjects, uow: UnitOfWork) -> None:
    """The attempt succeeded: the account starts anew, the address has one failure less."""
    account, address = subjects
    await uow.fetch(_LOCK, [account.hash, address.hash])
    await uow.execute("delete from sign_in_attempt where subject = $1", account.hash)
    await uow.execute(
        "update sign_in_attempt set failures = greatest(failures - 1, 0), blocked_until = clock_timestamp() "
        "where subject = $1",
        address.hash,
    )


async def forget_attempts(uow: UnitOfWork) -> None:
    """Delete what would start anew anyway."""
    await uow.execute("delete from sign_in_attempt where last_at < clock_timestamp() - $1::interval", FORGOTTEN_AFTER)
