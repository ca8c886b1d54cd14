"""What people and groups are called."""

from __future__ import annotations

import pytest

from processes.cases import Names
from processes.organisation import AccountEntry, OrganisationSnapshot, PostEntry, UnitEntry, UnitKind

HOUSING = UnitEntry(
    code="U12", name="市住建局", name_en="Housing Bureau", kind=UnitKind.DEPARTMENT, parent=None, is_valid=True
)
WATER = UnitEntry(code="U13", name="市水利局", name_en="", kind=UnitKind.DEPARTMENT, parent=None, is_valid=True)
CITY = OrganisationSnapshot(
    units={"U12": HOUSING, "U13": WATER},
    posts={"clerk": PostEntry(key="clerk", name_zh="经办人", name_en="Clerk")},
    accounts={7: AccountEntry(id=7, username="wang", name="王五", is_disabled=True)},
)
NAMES = Names(organisation=lambda: CITY)


@pytest.mark.parametrize(
    ("group", "called"),
    [
        ("clerk", ("经办人", "Clerk")),
        ("clerk@U12", ("市住建局经办人", "Clerk of Housing Bureau")),
        ("clerk@U13", ("市水利局经办人", "Clerk of 市水利局")),
        ("clerk@U99", ("U99经办人", "Clerk of U99")),
        ("guard", ("guard", "guard")),
        ("user:7", ("王五", "王五")),
        ("user:8", ("user:8", "user:8")),
    ],
)
def test_a_group_is_called_by_its_post_and_unit(group: str, called: tuple[str, str]) -> None:
    assert NAMES.group(group) == called


@pytest.mark.parametrize(
    ("actor", "called"),
    [
        ("user:7", "王五"),
        ("user:8", "user:8"),
        ("key:7", "key:7"),
        ("user:x", "user:x"),
        ("system:timer", "system:timer"),
    ],
)
def test_a_person_is_called_by_name_and_others_by_id(actor: str, called: str) -> None:
    assert NAMES.person(actor) == called
