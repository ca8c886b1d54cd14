"""Changing units, posts and accounts, and the picture that everybody reads."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from engine.actors import SYSTEM
from engine.configuration import ConfigurationCommand
from engine.errors import Invalid, NotFound, Stale
from processes.organisation import (
    AccountEntry,
    AssignPosts,
    Holding,
    PostHeld,
    SaveAccount,
    SavePost,
    SaveUnit,
    UnitEntry,
    UnitKind,
)
from processes.organisation.models import Account, Membership, Post, Unit
from tests.integration.city import City


def unit(code: str = "U13", **content: Any) -> SaveUnit:
    return SaveUnit(actor=SYSTEM, code=code, **{"name": "市水利局", "kind": UnitKind.DEPARTMENT, **content})


async def test_what_is_saved_stands_in_the_snapshot(city: City) -> None:
    await city.change(unit(name_en="Water Bureau", parent="U12", is_valid=False))
    assert city.people.register.organisation.units["U13"] == UnitEntry(
        code="U13", name="市水利局", name_en="Water Bureau", kind=UnitKind.DEPARTMENT, parent="U12", is_valid=False
    )


async def test_saving_again_changes_and_does_not_add(city: City) -> None:
    first, second = await city.change(unit(), unit(name="市水务局"))
    assert (first.outcome, second.outcome) == ("created", "done")
    assert await Unit.filter(code="U13").values_list("name", flat=True) == ["市水务局"]


async def test_a_version_that_moved_on_is_refused(city: City) -> None:
    await city.change(unit())
    with pytest.raises(Stale):
        await city.change(unit(expected=0))


@pytest.mark.parametrize(
    ("command", "pointer"),
    [
        (unit("-U13"), "/code"),
        (unit("U|13"), "/code"),
        (unit("U13@x"), "/code"),
        (unit(name=" "), "/name"),
        (unit(name="a\x1b[31m"), "/name"),
        (unit(parent="U99"), "/parent"),
        (unit("U12", parent="U12-1"), "/parent"),
        (unit("U12", parent="U12"), "/parent"),
        (SavePost(actor=SYSTEM, post="Clerk", name_zh="甲", name_en="A"), "/post"),
        (SavePost(actor=SYSTEM, post="a", name_zh="甲", name_en=""), "/name_en"),
        (SaveAccount(actor=SYSTEM, username="a b", name="甲"), "/username"),
        (SaveAccount(actor=SYSTEM, username="", name="甲"), "/username"),
        (SaveAccount(actor=SYSTEM, username="x" * 65, name="甲"), "/username"),
        (SaveAccount(actor=SYSTEM, username="a\u200bb", name="甲"), "/username"),
    ],
)
async def test_what_is_unfit_is_refused_at_its_place_and_changes_nothing(
    city: City, command: ConfigurationCommand, pointer: str
) -> None:
    before = city.people.register
    with pytest.raises(Invalid) as refused:
        await city.change(command)
    assert refused.value.pointer == pointer
    await city.snapshot.load()
    assert city.people.register == before


async def test_names_that_look_the_same_are_one_account(city: City) -> None:
    await city.change(
        SaveAccount(actor=SYSTEM, username="Ada", name="甲"),
        SaveAccount(actor=SYSTEM, username="ａｄａ", name="乙"),
    )
    accounts = city.people.register.organisation.accounts
    assert list(accounts.values()) == [AccountEntry(id=min(accounts), username="ａｄａ", name="乙", is_disabled=False)]


async def test_posts_are_replaced_as_a_whole(city: City) -> None:
    account = await city.hire("ada", PostHeld(post="clerk", unit="U12"), PostHeld(post="leader"))
    await city.change(AssignPosts(actor=SYSTEM, username="ada", posts=(PostHeld(post="dispatcher"),)))
    assert city.people.register.organisation.holdings == {account: (Holding(post="dispatcher", unit=None),)}


@pytest.mark.parametrize(
    ("held", "pointer"),
    [
        (PostHeld(post="nobody"), "/posts/0/post"),
        (PostHeld(post="clerk", unit="U99"), "/posts/0/unit"),
    ],
)
async def test_posts_and_units_that_do_not_exist_cannot_be_held(city: City, held: PostHeld, pointer: str) -> None:
    await city.hire("ada", PostHeld(post="leader"))
    with pytest.raises(Invalid) as refused:
        await city.change(AssignPosts(actor=SYSTEM, username="ada", posts=(held,)))
    assert refused.value.pointer == pointer
    assert await Membership.all().count() == 1


async def test_an_account_that_does_not_exist_gets_no_posts(city: City) -> None:
    with pytest.raises(NotFound):
        await city.change(AssignPosts(actor=SYSTEM, username="nobody", posts=()))


async def moment(city: City) -> datetime:
    now: datetime = await city.database.fetchval("select now()")
    return now


async def test_a_post_is_held_only_within_its_period_and_the_next_change_is_known(city: City) -> None:
    now = await moment(city)
    soon, past = now + timedelta(hours=1), now - timedelta(hours=1)
    account = await city.hire(
        "ada",
        PostHeld(post="clerk", unit="U12", valid_from=past, valid_until=soon),
        PostHeld(post="dispatcher", valid_until=past),
        PostHeld(post="leader", valid_from=now + timedelta(hours=2)),
    )
    picture = city.people.register.organisation
    assert picture.holdings == {account: (Holding(post="clerk", unit="U12"),)}
    assert picture.changes_at == soon
    assert not city.people.has_changed_by(now)
    assert city.people.has_changed_by(soon)


async def test_an_empty_period_is_refused(city: City) -> None:
    now = await moment(city)
    await city.hire("ada")
    held = PostHeld(post="leader", valid_from=now, valid_until=now)
    with pytest.raises(Invalid) as refused:
        await city.change(AssignPosts(actor=SYSTEM, username="ada", posts=(held,)))
    assert refused.value.pointer == "/posts/0/valid_until"


async def test_the_security_chain_tells_changes_without_names_of_persons(city: City) -> None:
    await city.hire("ada", PostHeld(post="clerk", unit="U12"))
    payloads = [row["payload"] for row in await city.database.fetch("select payload from security_event")]
    assert any('"posts":[{"post":"clerk","unit":"U12"' in payload for payload in payloads)
    assert not any("ada" in payload for payload in payloads)


@pytest.mark.parametrize("model", [Unit, Post, Account, Membership])
async def test_models_name_exactly_the_columns_of_their_tables(city: City, model: Any) -> None:
    rows = await city.database.fetch(
        "select column_name from information_schema.columns where table_name = $1", model._meta.db_table
    )
    assert {row["column_name"] for row in rows} == set(model._meta.fields_db_projection.values())
