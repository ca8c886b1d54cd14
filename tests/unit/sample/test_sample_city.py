"""The sample city is complete and consistent in itself."""

from __future__ import annotations

from engine.actors import SYSTEM
from processes.access import Permission
from processes.organisation import SaveUnit, UnitKind
from processes.sample import CENTRE, CLERK_UNIT, SAMPLE_POSTS, SAMPLE_USERNAMES
from processes.sample.accounts import account_commands
from processes.sample.posts import post_commands
from processes.sample.units import unit_commands

UNITS: dict[str, SaveUnit] = {command.code: command for command in unit_commands(SYSTEM)}


def test_every_permission_is_held_by_some_post() -> None:
    assert set(Permission) == {permission for post in SAMPLE_POSTS for permission in post.permissions}


def test_every_post_has_one_account_of_its_name() -> None:
    assert len(set(SAMPLE_USERNAMES)) == len(SAMPLE_POSTS) == 13
    assert {post.key for post in SAMPLE_POSTS} == set(SAMPLE_USERNAMES)


def test_nobody_both_edits_people_and_processes() -> None:
    for post in SAMPLE_POSTS:
        assert not {Permission.ACCESS_MANAGE, Permission.PROCESS_EDIT} <= post.permissions


def test_units_come_after_those_they_belong_to() -> None:
    codes = list(UNITS)
    for place, unit in enumerate(UNITS.values()):
        assert unit.parent is None or unit.parent in codes[:place]


def test_the_city_has_departments_subdistricts_enterprises_and_centres() -> None:
    subdistricts = [unit for unit in UNITS.values() if unit.kind is UnitKind.SUBDISTRICT]
    assert len(subdistricts) == 17
    assert all(unit.name.endswith("办事处") and unit.code.startswith("152201") for unit in subdistricts)
    assert UNITS["power_company"].kind is UnitKind.ENTERPRISE
    assert UNITS["housing_construction"].kind is UnitKind.DEPARTMENT
    assert UNITS[CENTRE].kind is UnitKind.CENTRE
    assert CLERK_UNIT in UNITS


def test_no_two_changes_are_of_one_object_and_none_replaces_what_is_there() -> None:
    changes = [*UNITS.values(), *post_commands(SYSTEM), *account_commands(SYSTEM)]
    assert len({change.object for change in changes}) == len(changes)
    assert {change.expected for change in changes} == {0}
