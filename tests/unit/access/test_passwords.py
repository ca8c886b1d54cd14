"""Passwords are judged to the letter, beside the loop, and never at any length."""

from __future__ import annotations

import asyncio
import threading
from typing import Literal

import pytest
from argon2 import PasswordHasher, extract_parameters

from engine.errors import Invalid, Unavailable
from processes.access import Passwords
from processes.access.passwords import AT_ONCE, MOST_WAITING

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def passwords() -> Passwords:
    return Passwords(QUICK)


@pytest.mark.parametrize("password", ["correct horse", " 前后有空格的密码啊 ", "é" * 512, "e\u0301" * 10])
async def test_a_password_fits_its_own_hash(passwords: Passwords, password: str) -> None:
    assert await passwords.fits(password, await passwords.hash(password))


@pytest.mark.parametrize("other", ["Correct horse", "correct horse ", "correct hors", "", "correct horse\0"])
async def test_nothing_but_the_exact_password_fits(passwords: Passwords, other: str) -> None:
    assert not await passwords.fits(other, await passwords.hash("correct horse"))


async def test_composed_and_decomposed_letters_are_different_passwords(passwords: Passwords) -> None:
    assert not await passwords.fits("\u00e9" * 10, await passwords.hash("e\u0301" * 10))


@pytest.mark.parametrize("password", ["short", "x" * 1025, "密" * 342])
async def test_a_password_too_short_or_too_long_is_refused(passwords: Passwords, password: str) -> None:
    with pytest.raises(Invalid) as refused:
        await passwords.hash(password)
    assert refused.value.pointer == "/password"


@pytest.mark.parametrize("password", ["x" * 1_000_000, "\ud800" * 12])
async def test_what_no_password_can_be_fits_nothing(passwords: Passwords, password: str) -> None:
    assert not await passwords.fits(password, await passwords.hash("correct horse"))


class Counting(PasswordHasher):
    """Counts verifications, and how many ran at one time."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.calls = self.running = self.most = 0
        self.judged: list[str] = []
        self.lock = threading.Lock()
        self.entered = threading.Semaphore(0)
        self.gate = threading.Event()

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: ARG002 - argon2's signature
        with self.lock:
            self.judged.append(str(hash))
            self.calls += 1
            self.running += 1
            self.most = max(self.most, self.running)
        self.entered.release()
        self.gate.wait(10)
        with self.lock:
            self.running -= 1
        return True


async def test_an_account_that_does_not_exist_costs_a_verification_too_and_never_fits() -> None:
    hasher = Counting()
    hasher.gate.set()
    passwords = Passwords(hasher)
    assert not await passwords.fits("correct horse", None)
    assert hasher.calls == 1
    real = extract_parameters(await passwords.hash("correct horse"))
    assert extract_parameters(hasher.judged[0]) == real


async def test_nothing_fits_the_hash_that_stands_for_missing_accounts(passwords: Passwords) -> None:
    assert not await passwords.fits("correct horse", None)
    assert not await passwords.fits("", None)


async def test_a_password_over_the_cap_is_not_hashed_at_all() -> None:
    hasher = Counting()
    hasher.gate.set()
    assert not await Passwords(hasher).fits("x" * 1025, "anything")
    assert hasher.calls == 0


async def test_only_two_are_judged_at_a_time_and_only_so_many_wait() -> None:
    hasher = Counting()
    passwords = Passwords(hasher)
    waiting = [asyncio.ensure_future(passwords.fits("correct horse", "a hash")) for _ in range(MOST_WAITING)]
    for _ in range(AT_ONCE):
        await asyncio.to_thread(hasher.entered.acquire)
    with pytest.raises(Unavailable):
        await passwords.fits("correct horse", "a hash")
    hasher.gate.set()
    assert await asyncio.gather(*waiting) == [True] * MOST_WAITING
    assert hasher.most == AT_ONCE
