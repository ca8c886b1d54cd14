"""Guessing gets slower and slower, and never locks anybody out for good."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from engine.errors import TooMany, Unauthenticated
from processes.access import forget_attempts
from processes.access.attempts import OF_ACCOUNT, OF_ADDRESS, subjects_of
from tests.integration.city import PASSWORD, City

WRONG = "wrong password"
HERE = "192.0.2.1"


@pytest.fixture
async def ada(city: City) -> int:
    return await city.hire("ada")


async def attempt(city: City, password: str = WRONG, username: str = "ada", address: str = HERE) -> str:
    try:
        await city.sessions.sign_in(username, password, address)
    except Unauthenticated:
        return "wrong"
    except TooMany as refused:
        return f"wait {refused.details['retry_after']}"
    return "in"


async def wait(city: City, by: timedelta) -> None:
    async with city.database.unit_of_work() as uow:
        await uow.execute(
            "update sign_in_attempt set blocked_until = blocked_until - $1::interval, last_at = last_at - $1::interval",
            by,
        )


async def waits_after(city: City, failures: int) -> float:
    """Seconds to wait after the last of so many failures, each tried as soon as possible."""
    for _ in range(failures):
        assert await attempt(city) == "wrong"
        seconds = await city.database.fetchval(
            "select extract(epoch from blocked_until - last_at)::float8 from sign_in_attempt where subject = $1",
            subjects_of("ada", HERE)[0].hash,
        )
        await wait(city, timedelta(seconds=max(seconds, 0)))
    return round(seconds)


async def test_the_first_failures_are_free_and_then_one_has_to_wait_even_with_the_right_password(
    city: City, ada: int
) -> None:
    tried = [await attempt(city) for _ in range(OF_ACCOUNT.free + 1)]
    assert tried == ["wrong"] * (OF_ACCOUNT.free + 1)
    assert (await attempt(city)).startswith("wait ")
    assert (await attempt(city, PASSWORD)).startswith("wait ")
    assert await attempt(city, PASSWORD, username="someone else") == "wrong"


@pytest.mark.parametrize(("failures", "seconds"), [(5, 1), (6, 2), (7, 4), (10, 32), (11, 60), (14, 60)])
async def test_the_wait_doubles_up_to_a_minute(city: City, ada: int, failures: int, seconds: int) -> None:
    assert await waits_after(city, failures) == seconds


async def test_waiting_is_enough_and_success_starts_anew(city: City, ada: int) -> None:
    await waits_after(city, 9)
    await wait(city, timedelta(minutes=1))
    assert await attempt(city, PASSWORD) == "in"
    assert [await attempt(city) for _ in range(OF_ACCOUNT.free)] == ["wrong"] * OF_ACCOUNT.free
    assert await attempt(city, PASSWORD) == "in"


async def test_attempts_while_waiting_do_not_lengthen_the_wait(city: City, ada: int) -> None:
    for _ in range(OF_ACCOUNT.free + 1):
        await attempt(city)
    before = await city.database.fetch("select * from sign_in_attempt order by subject")
    for _ in range(5):
        await attempt(city)
    assert await city.database.fetch("select * from sign_in_attempt order by subject") == before


async def test_names_that_do_not_exist_wait_like_those_that_do(city: City) -> None:
    tried = [await attempt(city, username="nobody") for _ in range(OF_ACCOUNT.free + 2)]
    assert tried[:-1] == ["wrong"] * (OF_ACCOUNT.free + 1)
    assert tried[-1].startswith("wait ")


async def test_one_address_that_tries_many_names_has_to_wait(city: City) -> None:
    tried = [await attempt(city, username=f"name{number}") for number in range(OF_ADDRESS.free + 2)]
    assert tried[:-1] == ["wrong"] * (OF_ADDRESS.free + 1)
    assert tried[-1].startswith("wait ")
    assert await attempt(city, username="name99", address="192.0.2.2") == "wrong"


async def test_success_does_not_forgive_an_address_its_other_failures(city: City, ada: int) -> None:
    for number in range(OF_ADDRESS.free):
        await attempt(city, username=f"name{number}")
        assert await attempt(city, PASSWORD) == "in"
    await attempt(city, username="one more")
    assert (await attempt(city, PASSWORD)).startswith("wait ")


async def test_guesses_made_at_once_do_not_slip_through_together(city: City, ada: int) -> None:
    for _ in range(OF_ACCOUNT.free):
        await attempt(city)
    tried = await asyncio.gather(*(attempt(city) for _ in range(20)))
    assert tried.count("wrong") == 1


async def test_who_stayed_quiet_for_an_hour_starts_anew(city: City, ada: int) -> None:
    await waits_after(city, 8)
    await wait(city, timedelta(hours=1))
    assert await waits_after(city, 5) == 1
    await wait(city, timedelta(hours=2))
    async with city.database.unit_of_work() as uow:
        await forget_attempts(uow)
    assert await city.database.fetchval("select count(*) from sign_in_attempt") == 0


async def test_what_was_typed_as_a_name_is_not_kept(city: City) -> None:
    await attempt(city, username="my secret password")
    rows = await city.database.fetch("select * from sign_in_attempt")
    assert len(rows) == 2
    assert "secret" not in repr([dict(row) for row in rows])


async def test_right_and_wrong_attempts_crossing_each_other_all_get_their_answer(city: City, ada: int) -> None:
    names = [f"name{number}" for number in range(6)]
    for name in names:
        await city.hire(name)
    attempts = [attempt(city, password, name) for name in names for password in (PASSWORD, WRONG, PASSWORD)]
    tried = await asyncio.gather(*attempts)
    assert tried == ["in", "wrong", "in"] * len(names)
