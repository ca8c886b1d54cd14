"""Actors follow from posts: groups, permissions, audience."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from processes.access import Register
from processes.organisation import AccountEntry, Holding, OrganisationSnapshot, PostEntry, UnitEntry, UnitKind

UNITS = {
    code: UnitEntry(code=code, name=code, name_en="", kind=UnitKind.DEPARTMENT, parent=parent, is_valid=True)
    for code, parent in [("U12", None), ("U12-1", "U12"), ("U12-1-A", "U12-1"), ("U13", None)]
}
POSTS = {key: PostEntry(key=key, name_zh=key, name_en=key) for key in ("clerk", "dispatcher", "leader")}
PERMISSIONS = {"clerk": frozenset({"task.perform"}), "leader": frozenset({"case.read.all", "audit.read"})}


def register(
    *held: Holding, is_disabled: bool = False, permissions: Mapping[str, frozenset[str]] = PERMISSIONS
) -> Register:
    account = AccountEntry(id=7, username="ada", name="甲", is_disabled=is_disabled)
    organisation = OrganisationSnapshot(units=UNITS, posts=POSTS, accounts={7: account}, holdings={7: held})
    return Register(organisation=organisation, permissions=permissions)


def test_a_clerk_is_in_the_group_of_clerks_and_in_that_of_the_units_clerks() -> None:
    actor = register(Holding(post="clerk", unit="U12")).actor(7)
    assert actor is not None
    assert actor.groups == {"clerk", "clerk@U12", "user:7"}


def test_permissions_of_all_posts_add_up() -> None:
    actor = register(Holding(post="clerk", unit="U12"), Holding(post="leader", unit=None)).actor(7)
    assert actor is not None
    assert actor.permissions == {"task.perform", "case.read.all", "audit.read"}


def test_the_audience_holds_oneself_ones_groups_and_ones_units_with_those_below() -> None:
    actor = register(Holding(post="clerk", unit="U12")).actor(7)
    assert actor is not None
    assert actor.audience == {
        "user:7", "group:user:7", "group:clerk", "group:clerk@U12", "unit:U12", "unit:U12-1", "unit:U12-1-A",
    }  # fmt: skip


def test_who_may_see_every_case_has_no_audience() -> None:
    actor = register(Holding(post="leader", unit=None)).actor(7)
    assert actor is not None
    assert actor.audience is None


def test_without_posts_there_is_nothing_but_oneself() -> None:
    actor = register().actor(7)
    assert actor is not None
    assert (actor.groups, actor.permissions, actor.audience) == ({"user:7"}, set(), {"user:7", "group:user:7"})


@pytest.mark.parametrize("account", [0, 8, -7])
def test_nobody_is_behind_an_account_that_does_not_exist(account: int) -> None:
    assert register().actor(account) is None
    assert register().person(account) is None


def test_a_disabled_account_cannot_act() -> None:
    assert register(is_disabled=True).actor(7) is None


@pytest.mark.parametrize(
    "name", ["", "7", "user:", "user:07", "user:8", "user:７", "key:7", "user:7 ", "user:" + "9" * 5000, "user:-7"]
)
def test_only_the_exact_id_names_an_actor(name: str) -> None:
    assert register().actor_named(name) is None
    assert register().actor_named("user:7") == register().actor(7)


def test_a_person_shows_the_first_unit_and_all_posts() -> None:
    person = register(Holding(post="leader", unit=None), Holding(post="clerk", unit="U13")).person(7)
    assert person is not None
    assert person.unit == UNITS["U13"]
    assert [(post.key, post.unit) for post in person.posts] == [("leader", None), ("clerk", "U13")]


def test_units_in_a_ring_do_not_hang() -> None:
    ring = {
        **UNITS,
        "U12": UnitEntry(code="U12", name="", name_en="", kind=UnitKind.CENTRE, parent="U12-1", is_valid=True),
    }
    snapshot = OrganisationSnapshot(units=ring)
    assert sorted(snapshot.unit_and_below("U12")) == ["U12", "U12-1", "U12-1-A"]
