"""Changes of configuration need a permission each, and none is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from engine.actors import SYSTEM, Actor
from engine.configuration import ConfigurationCommand
from engine.errors import Forbidden
from processes.access import (
    ACCESS_CONFIGURATION,
    ACCESS_HANDLERS,
    API_KEY_HANDLERS,
    PERMISSION_WORDS,
    ConfigurationGuard,
    GrantPermissions,
    Permission,
    SetPassword,
)
from processes.organisation import ORGANISATION_HANDLERS, SavePost

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "access.md"


@dataclass(frozen=True, kw_only=True)
class Unheard(ConfigurationCommand):
    object: str = "unheard:of"


def actor(*permissions: Permission) -> Actor:
    return Actor(id="user:1", name="甲", permissions=frozenset(permissions))


def test_every_change_that_can_be_carried_out_needs_a_permission() -> None:
    assert set(ACCESS_CONFIGURATION) == {*ACCESS_HANDLERS, *API_KEY_HANDLERS, *ORGANISATION_HANDLERS}


def test_the_permission_decides_and_the_refusal_names_it() -> None:
    guard = ConfigurationGuard(ACCESS_CONFIGURATION)
    change = SavePost(actor=actor(), post="clerk", name_zh="处置员", name_en="Clerk")
    guard(actor(Permission.ORGANISATION_MANAGE), change)
    with pytest.raises(Forbidden) as refused:
        guard(actor(Permission.ACCESS_MANAGE), change)
    assert refused.value.details == {"permission": "organisation.manage"}
    assert "管理单位、岗位、人员" in refused.value.message_zh


def test_managing_units_is_not_managing_permissions() -> None:
    guard = ConfigurationGuard(ACCESS_CONFIGURATION)
    for change in (
        GrantPermissions(actor=actor(), post="clerk", permissions=frozenset()),
        SetPassword(actor=actor(), username="ada", hash="x"),
    ):
        with pytest.raises(Forbidden):
            guard(actor(Permission.ORGANISATION_MANAGE), change)


def test_a_change_without_a_rule_is_forbidden_to_everyone_but_the_house_itself() -> None:
    guard = ConfigurationGuard(ACCESS_CONFIGURATION)
    with pytest.raises(Forbidden) as refused:
        guard(actor(*Permission), Unheard(actor=actor()))
    assert refused.value.code == "command_without_rule"
    guard(SYSTEM, Unheard(actor=SYSTEM))


def test_a_password_is_not_in_the_text_of_its_command() -> None:
    assert "secret hash" not in repr(SetPassword(actor=SYSTEM, username="ada", hash="secret hash"))


def test_the_reference_lists_every_permission_with_its_words() -> None:
    lines = REFERENCE.read_text("utf-8").splitlines()
    listed = [line for line in lines if line.startswith("| `")]
    assert listed == [f"| `{name}` | {words.zh} | {words.en} |" for name, words in PERMISSION_WORDS.items()]
