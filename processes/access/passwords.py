"""Passwords: hashed and judged beside the loop, few at a time, because each one costs much time and memory."""

from __future__ import annotations

import asyncio
import secrets
from base64 import b64encode
from collections.abc import Callable
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION

from engine.errors import Invalid, Unavailable

#: Characters; long enough that guessing at the pace of the sign-in delays is hopeless.
SHORTEST_PASSWORD = 10
#: Bytes in UTF-8: what is longer is not hashed at all.
LONGEST_PASSWORD = 1024
AT_ONCE = 2
#: Waiting beyond this many would take longer than a person waits.
MOST_WAITING = 32

T = TypeVar("T")


class Passwords:
    """Hashes and judges passwords, at most two at a time in this process."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0
        self._decoy = _decoy(self._hasher)

    async def hash(self, password: str) -> str:
        """The encoded hash to store. Raises ``Invalid`` for passwords too short or too long."""
        _check_length(password)
        return await self._beside(lambda: self._hasher.hash(password))

    async def fits(self, password: str, hash_: str | None) -> bool:
        """Whether the password is the hashed one, to the letter; ``None`` takes as long and fits never."""
        if len(password.encode(errors="surrogatepass")) > LONGEST_PASSWORD:
            return False
        fits = await self._beside(lambda: self._verified(hash_ or self._decoy, password))
        return fits and hash_ is not None

    def _verified(self, hash_: str, password: str) -> bool:
        try:
            return self._hasher.verify(hash_, password)
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            return False

    async def _beside(self, work: Callable[[], T]) -> T:
        if self._waiting >= MOST_WAITING:
            raise Unavailable(
                "sign_in_crowded",
                "登录请求过多，请稍后再试",
                "Expected few people to sign in at once, but too many do; try again later",
                details={"retry_after": 5},
            )
        self._waiting += 1
        try:
            async with self._slots:
                return await asyncio.to_thread(work)
        finally:
            self._waiting -= 1


def _decoy(hasher: PasswordHasher) -> str:
    """Judged against for accounts that do not exist: as costly as a real hash, and of no password anyone knows."""
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    salt, digest = (
        b64encode(secrets.token_bytes(length)).rstrip(b"=").decode() for length in (hasher.salt_len, hasher.hash_len)
    )
    return f"$argon2id$v={ARGON2_VERSION}${cost}${salt}${digest}"


def _check_length(password: str) -> None:
    if len(password) < SHORTEST_PASSWORD or len(password.encode(errors="surrogatepass")) > LONGEST_PASSWORD:
        raise Invalid(
            "password_unfit",
            f"密码至少 {SHORTEST_PASSWORD} 个字符，且不超过 {LONGEST_PASSWORD} 字节",
            f"Expected a password of at least {SHORTEST_PASSWORD} characters and at most {LONGEST_PASSWORD} bytes",
            pointer="/password",
        )
