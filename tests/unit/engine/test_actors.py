"""What an id says of who acts."""

from __future__ import annotations

import pytest

from engine.actors import SYSTEM, Actor, is_person


@pytest.mark.parametrize(("identity", "is_system"), [("system:timer", True), ("user:7", False), ("key:3", False)])
def test_the_house_itself_is_told_from_people_and_programs(identity: str, is_system: bool) -> None:
    assert Actor(id=identity, name="x").is_system is is_system
    assert SYSTEM.is_system


@pytest.mark.parametrize("identity", ["", "7", "user:", "user:0", "user:07", "user:７", "user:7 ", "User:7", "key:7"])
def test_only_the_exact_id_is_that_of_a_person(identity: str) -> None:
    assert is_person("user:7")
    assert not is_person(identity)
