"""Names to sign in with, and names to show."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Invalid
from processes.organisation import Holding, groups_of, username_key
from processes.organisation.names import check_name, check_username


@given(st.text())
def test_folding_twice_is_folding_once(username: str) -> None:
    assert username_key(username_key(username)) == username_key(username)


@given(st.text())
def test_all_ways_to_write_a_name_fold_to_one(username: str) -> None:
    forms = {username, unicodedata.normalize("NFKC", username), unicodedata.normalize("NFD", username)}
    assert len({username_key(form) for form in forms}) == 1


@pytest.mark.parametrize("username", ["ada", "ADA", "Ａda", "张伟", "a.b-c_d@e", "ᠮᠣᠩᠭᠣᠯ", "x" * 64])
def test_names_of_any_script_are_usernames(username: str) -> None:
    check_username(username)


@pytest.mark.parametrize("username", ["", " ", "a b", "a\0", "x" * 65, "\u200bada", "a\u202eb", "a/b", "a:b", "\ud800"])
def test_what_cannot_be_told_apart_by_eye_is_no_username(username: str) -> None:
    with pytest.raises(Invalid):
        check_username(username)


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\nb", "a\x1b[0m", "\ud800"])
def test_a_name_to_show_is_short_and_has_no_controls(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_name(name, "/name")
    assert refused.value.pointer == "/name"


def test_a_post_without_unit_is_one_group_and_with_unit_two() -> None:
    assert groups_of([Holding(post="leader", unit=None)]) == {"leader"}
    assert groups_of([Holding(post="clerk", unit="U1"), Holding(post="clerk", unit="U2")]) == {
        "clerk", "clerk@U1", "clerk@U2",
    }  # fmt: skip
