"""Signing in, staying in, and getting out, by the database's clock."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import timedelta

import pytest

from engine.actors import SYSTEM
from engine.errors import NotFound, Unauthenticated
from processes.access import GrantPermissions, Permission, Session, SetPassword, SignedIn, forget_ended_sessions
from processes.access.sessions import MOST_SESSIONS
from processes.organisation import AssignPosts, PostHeld, SaveAccount
from tests.integration.city import PASSWORD, City, connected

HERE = "192.0.2.1"


async def signed_in(city: City, username: str = "ada", password: str = PASSWORD) -> SignedIn:
    return await city.sessions.sign_in(username, password, HERE)


async def age(city: City, by: timedelta) -> None:
    async with city.database.unit_of_work() as uow:
        await uow.execute(
            "update session set started_at = started_at - $1::interval, "
            "seen_at = seen_at - $1::interval, ends_at = ends_at - $1::interval",
            by,
        )


async def security_lines(city: City) -> list[tuple[str, str, str]]:
    rows = await city.database.fetch("select actor, type, payload from security_event order by seq")
    return [(row["actor"], row["type"], row["payload"]) for row in rows]


@pytest.fixture
async def ada(city: City) -> int:
    return await city.hire("ada", PostHeld(post="clerk", unit="U12"))


async def test_a_session_is_found_by_its_token_and_by_nothing_else(city: City, ada: int) -> None:
    begun = await signed_in(city)
    epoch = await city.database.fetchval("select epoch from configuration_epoch")
    assert await city.sessions.resolve(begun.token) == Session(account=ada, csrf=begun.csrf, epoch=epoch)
    for other in ("", begun.token[:-1], begun.token.upper(), begun.csrf, "\0", "\ud800", "' or 1=1 --"):
        assert await city.sessions.resolve(other) is None


async def test_the_database_holds_no_token(city: City, ada: int) -> None:
    begun = await signed_in(city)
    stored = await city.database.fetchrow("select * from session")
    assert stored is not None
    assert stored["token_sha"] == hashlib.sha256(begun.token.encode()).digest()
    assert begun.token not in repr(dict(stored))
    assert len(begun.token) >= 43


async def test_every_sign_in_has_a_token_of_its_own(city: City, ada: int) -> None:
    first, second = await signed_in(city), await signed_in(city)
    assert first.token != second.token
    assert first.csrf != second.csrf
    assert await city.sessions.resolve(first.token)


async def test_the_name_is_folded_and_the_password_is_exact(city: City, ada: int) -> None:
    assert (await signed_in(city, "ＡＤＡ")).account == ada
    with pytest.raises(Unauthenticated):
        await signed_in(city, "ada", PASSWORD.upper())


@pytest.mark.parametrize("username", ["nobody", "ada", "", "ada\0", "\ud800", "' or 1=1 --", "x" * 5000])
async def test_whatever_is_wrong_the_answer_is_the_same(city: City, ada: int, username: str) -> None:
    with pytest.raises(Unauthenticated) as refused:
        await signed_in(city, username, "wrong password")
    assert refused.value.as_json() == {
        "code": "sign_in_failed",
        "message_zh": "用户名或密码不正确",
        "message_en": "User name or password is wrong",
    }


async def test_an_account_without_password_or_disabled_cannot_sign_in(city: City, ada: int) -> None:
    await city.change(
        SaveAccount(actor=SYSTEM, username="bob", name="乙"),
        SaveAccount(actor=SYSTEM, username="ada", name="甲", is_disabled=True),
    )
    for username in ("bob", "ada"):
        with pytest.raises(Unauthenticated):
            await signed_in(city, username)


async def test_a_session_ends_when_nobody_used_it_for_half_an_hour(city: City, ada: int) -> None:
    begun = await signed_in(city)
    await age(city, timedelta(minutes=29))
    assert await city.sessions.resolve(begun.token)
    await age(city, timedelta(minutes=29))
    assert await city.sessions.resolve(begun.token)
    await age(city, timedelta(minutes=31))
    assert await city.sessions.resolve(begun.token) is None


async def test_the_idle_time_slides_at_most_once_a_minute(city: City, ada: int) -> None:
    begun = await signed_in(city)
    seen = "select seen_at from session"
    before = await city.database.fetchval(seen)
    await city.sessions.resolve(begun.token)
    assert await city.database.fetchval(seen) == before
    await age(city, timedelta(seconds=61))
    await city.sessions.resolve(begun.token)
    assert await city.database.fetchval(seen) > before


async def test_a_session_in_use_ends_after_twelve_hours(city: City, ada: int) -> None:
    begun = await signed_in(city)
    for _ in range(36):
        await age(city, timedelta(minutes=20))
        found = await city.sessions.resolve(begun.token)
    assert found is None


async def test_signing_out_ends_this_session_alone_and_twice_is_once(city: City, ada: int) -> None:
    mine, other = await signed_in(city), await signed_in(city)
    await city.sessions.sign_out(mine.token)
    await city.sessions.sign_out(mine.token)
    assert await city.sessions.resolve(mine.token) is None
    assert await city.sessions.resolve(other.token)
    assert [line for line in await security_lines(city) if line[1] == "signed_out"] == [
        (f"user:{ada}", "signed_out", f'{{"account":{ada}}}')
    ]


async def test_a_new_password_ends_all_sessions_and_the_old_one_no_longer_fits(city: City, ada: int) -> None:
    begun = await signed_in(city)
    hash_ = await city.passwords.hash("another battery")
    await city.change(SetPassword(actor=SYSTEM, username="ada", hash=hash_))
    assert await city.sessions.resolve(begun.token) is None
    with pytest.raises(Unauthenticated):
        await signed_in(city)
    assert await signed_in(city, "ada", "another battery")


async def test_a_password_changed_while_the_old_one_was_being_judged_lets_nobody_in(city: City, ada: int) -> None:
    new = await city.passwords.hash("another battery")
    judged = city.passwords.fits

    async def slowly(password: str, hash_: str | None) -> bool:
        fits = await judged(password, hash_)
        await city.change(SetPassword(actor=SYSTEM, username="ada", hash=new))
        return fits

    city.passwords.fits = slowly  # type: ignore[method-assign]  # a pause at exactly this point
    with pytest.raises(Unauthenticated):
        await signed_in(city)
    assert await city.database.fetchval("select count(*) from session") == 0


async def test_nobody_gets_a_password_without_an_account(city: City) -> None:
    with pytest.raises(NotFound):
        await city.change(SetPassword(actor=SYSTEM, username="nobody", hash="x"))


async def test_disabling_an_account_ends_its_sessions_for_every_process_at_once(city: City, ada: int) -> None:
    begun = await signed_in(city)
    elsewhere = connected(city.database)
    assert await elsewhere.sessions.resolve(begun.token)
    await city.change(SaveAccount(actor=SYSTEM, username="ada", name="甲", is_disabled=True))
    assert await elsewhere.sessions.resolve(begun.token) is None


async def test_a_post_taken_away_is_gone_in_every_process_with_the_next_request(city: City, ada: int) -> None:
    await city.change(GrantPermissions(actor=SYSTEM, post="clerk", permissions=frozenset({Permission.TASK_PERFORM})))
    begun = await signed_in(city)
    elsewhere = connected(city.database)
    await elsewhere.sessions.resolve(begun.token)
    before = elsewhere.people.actor(ada)
    await city.change(AssignPosts(actor=SYSTEM, username="ada", posts=()))
    await elsewhere.sessions.resolve(begun.token)
    after = elsewhere.people.actor(ada)
    assert before is not None
    assert after is not None
    assert (before.permissions, before.groups) == ({"task.perform"}, {"clerk", "clerk@U12", f"user:{ada}"})
    assert (after.permissions, after.groups) == (set(), {f"user:{ada}"})


async def test_a_post_that_ends_by_itself_is_gone_with_the_next_request(city: City, ada: int) -> None:
    until = await city.database.fetchval("select now() + interval '1 hour'")
    posts = (PostHeld(post="clerk", unit="U12", valid_until=until),)
    await city.change(AssignPosts(actor=SYSTEM, username="ada", posts=posts))
    begun = await signed_in(city)
    async with city.database.unit_of_work() as uow:
        await uow.execute("update membership set valid_until = now() - interval '1 second'")
    register = city.people.register
    object.__setattr__(register.organisation, "changes_at", until - timedelta(hours=1))
    await city.sessions.resolve(begun.token)
    actor = city.people.actor(ada)
    assert actor is not None
    assert actor.groups == {f"user:{ada}"}


async def test_an_account_keeps_only_its_latest_sessions(city: City, ada: int) -> None:
    begun = [await signed_in(city) for _ in range(MOST_SESSIONS + 2)]
    assert await city.sessions.resolve(begun[1].token) is None
    assert await city.sessions.resolve(begun[2].token)
    assert await city.database.fetchval("select count(*) from session") == MOST_SESSIONS


async def test_ended_sessions_are_forgotten_and_live_ones_are_not(city: City, ada: int) -> None:
    await signed_in(city)
    await age(city, timedelta(minutes=31))
    live = await signed_in(city)
    async with city.database.unit_of_work() as uow:
        await forget_ended_sessions(uow)
    assert await city.database.fetchval("select count(*) from session") == 1
    assert await city.sessions.resolve(live.token)


async def test_the_security_chain_tells_of_coming_and_failing_without_names_and_addresses(city: City, ada: int) -> None:
    await signed_in(city)
    for username in ("ada", "nobody"):
        with pytest.raises(Unauthenticated):
            await signed_in(city, username, "wrong password")
    lines = [line for line in await security_lines(city) if line[1].startswith("sign")]
    assert lines == [
        (f"user:{ada}", "signed_in", f'{{"account":{ada}}}'),
        ("nobody", "sign_in_failed", f'{{"account":{ada}}}'),
        ("nobody", "sign_in_failed", '{"account":null}'),
    ]


async def test_many_requests_of_one_session_at_once_all_find_it(city: City, ada: int) -> None:
    begun = await signed_in(city)
    await age(city, timedelta(minutes=5))
    found = await asyncio.gather(*(city.sessions.resolve(begun.token) for _ in range(20)))
    assert {session.account for session in found if session} == {ada}
    assert None not in found
