"""Seeding fills an empty city once and never overrules anybody."""

from __future__ import annotations

import asyncio

import pytest

from engine.actors import SYSTEM
from engine.errors import Unauthenticated
from processes.access import SetPassword
from processes.organisation import SaveAccount, SavePost, SaveUnit
from processes.sample import SAMPLE_PASSWORD, SAMPLE_USERNAMES, has_sample_accounts, seed_sample_city
from processes.sample.units import unit_commands
from tests.integration.city import City

HERE = "192.0.2.1"


async def seed(city: City) -> int:
    return await seed_sample_city(city.database, city.door, city.passwords)


async def test_everyone_of_the_sample_city_can_sign_in_and_acts_in_a_post(city: City) -> None:
    await seed(city)
    for username in SAMPLE_USERNAMES:
        signed_in = await city.sessions.sign_in(username, SAMPLE_PASSWORD, HERE)
        actor = city.people.actor(signed_in.account)
        person = city.people.person(signed_in.account)
        assert actor is not None
        assert person is not None
        assert username in actor.groups
        assert actor.permissions
        assert person.unit is not None


async def test_the_clerk_sees_his_unit_with_those_below_and_the_seats_see_everything(city: City) -> None:
    await seed(city)
    audience = {}
    for username in ("clerk", "dispatcher"):
        signed_in = await city.sessions.sign_in(username, SAMPLE_PASSWORD, HERE)
        actor = city.people.actor(signed_in.account)
        assert actor is not None
        audience[username] = actor.audience
    assert audience["dispatcher"] is None
    assert audience["clerk"] is not None
    assert {"unit:urban_management", "unit:sanitation", "group:clerk@urban_management"} <= audience["clerk"]
    assert "unit:water_affairs" not in audience["clerk"]


async def test_seeding_again_does_nothing(city: City) -> None:
    assert await seed(city) > 0
    epoch = await city.database.fetchval("select epoch from configuration_epoch")
    assert await seed(city) == 0
    assert await city.database.fetchval("select epoch from configuration_epoch") == epoch


async def test_seeding_after_an_interruption_adds_what_is_missing(city: City) -> None:
    await city.change(*unit_commands(SYSTEM)[:10])
    await city.change(SaveAccount(actor=SYSTEM, username="clerk", name="高平（样例）"))
    await seed(city)
    assert (await city.sessions.sign_in("clerk", SAMPLE_PASSWORD, HERE)).account
    assert await city.database.fetchval("select count(*) from account") == len(SAMPLE_USERNAMES)


async def test_what_somebody_changed_stays_changed(city: City) -> None:
    await seed(city)
    kept = await city.passwords.hash("my own password")
    await city.snapshot.load()
    water = city.people.register.organisation.units["water_affairs"]
    await city.change(
        SaveUnit(actor=SYSTEM, code=water.code, name="水务局", kind=water.kind),
        SavePost(actor=SYSTEM, post="clerk", name_zh="承办人", name_en="Handler"),
        SetPassword(actor=SYSTEM, username="clerk", hash=kept),
    )
    await seed(city)
    await city.snapshot.load()
    organisation = city.people.register.organisation
    assert organisation.units["water_affairs"].name == "水务局"
    assert organisation.posts["clerk"].name_zh == "承办人"
    with pytest.raises(Unauthenticated):
        await city.sessions.sign_in("clerk", SAMPLE_PASSWORD, HERE)


async def test_two_processes_seed_one_city(city: City) -> None:
    made = await asyncio.gather(seed(city), seed(city))
    assert await city.database.fetchval("select count(*) from account") == len(SAMPLE_USERNAMES)
    assert sum(made) == await city.database.fetchval(
        "select count(*) from configuration where changed_by = 'system:seed'"
    )


async def test_sample_accounts_are_noticed_as_long_as_one_of_them_works(city: City) -> None:
    assert not await has_sample_accounts(city.database, city.passwords)
    await seed(city)
    assert await has_sample_accounts(city.database, city.passwords)
    first, *others = SAMPLE_USERNAMES
    for username in others:
        await city.change(SaveAccount(actor=SYSTEM, username=username, name="停用", is_disabled=True))
    assert await has_sample_accounts(city.database, city.passwords)
    new = await city.passwords.hash("my own password")
    await city.change(SetPassword(actor=SYSTEM, username=first, hash=new))
    assert not await has_sample_accounts(city.database, city.passwords)
