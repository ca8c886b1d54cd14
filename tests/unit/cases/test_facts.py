"""Facts: given by the report or set by diagrams, typed, kept exactly."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Invalid
from engine.feel import Value, from_datetime, from_json
from engine.jsontext import json_text, json_value
from processes.cases import FACTS, CaseFacts, CaseRow
from processes.cases.facts import upgraded
from processes.territory import Place, Point

SHANGHAI = ZoneInfo("Asia/Shanghai")
REPORTED = datetime(2026, 7, 1, 0, 30, tzinfo=UTC)
DOCUMENT = Path(__file__).parents[3] / "docs" / "reference" / "facts.md"


def case(**changes: object) -> CaseRow:
    given: dict[str, object] = {
        "number": "1522012026070100042",
        "subcategory": "component-0101",
        "condition": None,
        "channel": "hotline",
        "description": "井盖缺失",
        "address": "兴安北路",
        "lon": 122.07,
        "lat": 46.08,
        "given_crs": "GCJ-02",
        "grid": "",
        "community": "",
        "street": "",
        "media": (),
        "reported_at": REPORTED,
        "updated_at": REPORTED,
        **changes,
    }
    return CaseRow(**given)  # type: ignore[arg-type]  # the fields are named one by one above


def place_of(point: Point) -> Place | None:
    """One grid east of 122, nothing west of it."""
    return Place(point, "152201001001001") if point.lon > 122 else None


def facts(**changes: object) -> CaseFacts:
    return CaseFacts(case(**changes), SHANGHAI, place_of)


def test_every_fact_has_a_value_and_those_never_set_are_null() -> None:
    values = facts().values()
    assert values.keys() == FACTS.keys()
    assert values["responsible_unit"] is None
    assert values["grid"] is None
    assert (values["kind"], values["category"], values["channel"]) == ("component", "component-01", "hotline")
    assert values["location"] == {
        "lon": Decimal("122.07"),
        "lat": Decimal("46.08"),
        "crs": "CGCS2000",
        "address": "兴安北路",
    }


def test_before_the_report_there_are_only_nulls() -> None:
    assert set(CaseFacts(None, SHANGHAI, place_of).values().values()) == {None}


def test_a_fact_that_was_set_is_seen_at_once() -> None:
    known = facts()
    assert known.assign("responsible_unit", "U12") == {"responsible_unit": "U12"}
    assert known.values()["responsible_unit"] == "U12"
    assert known.assign("responsible_unit", None) == {"responsible_unit": None}
    assert known.values()["responsible_unit"] is None


def test_a_moment_is_recorded_with_its_offset_and_comes_back_as_the_same_moment() -> None:
    stored = facts().assign("filed_at", from_datetime(REPORTED))["filed_at"]
    assert datetime.fromisoformat(stored) == REPORTED
    assert facts(facts={"filed_at": stored}).values()["filed_at"] == from_datetime(REPORTED)


def test_the_condition_moves_the_case_to_its_sub_category() -> None:
    known = facts()
    known.assign("condition", "incident-0203-01")
    values = known.values()
    assert (values["subcategory"], values["category"], values["kind"]) == (
        "incident-0203",
        "incident-02",
        "incident",
    )


def test_a_case_that_is_moved_is_in_the_grid_of_its_new_place() -> None:
    known = facts()
    elsewhere: Value = {"lon": Decimal("122.09"), "lat": Decimal("46.07")}
    assert known.assign("location", elsewhere)["location"] == {
        **elsewhere,
        "given_crs": "CGCS2000",
        "address": "兴安北路",
        "grid": "152201001001001",
        "community": "152201001001",
        "street": "152201001000",
    }
    values = known.values()
    assert values["location"] == {**elsewhere, "crs": "CGCS2000", "address": "兴安北路"}
    assert (values["grid"], values["street"]) == ("152201001001001", "152201001000")
    known.assign("location", {"lon": Decimal(121), "lat": Decimal(46), "address": ""})
    assert (known.values()["grid"], known.values()["location"]["address"]) == (None, "")  # type: ignore[index, call-overload]


def test_a_case_that_is_left_in_its_place_is_nothing_to_record() -> None:
    known = facts(grid="152201001001001")
    before = dict(known.values())
    assert known.assign("location", before["location"]) == {}
    assert known.assign("location", {"lon": Decimal("122.07"), "lat": Decimal("46.08")}) == {}
    assert dict(known.values()) == before
    assert known.assign("location", {"lon": Decimal("122.07"), "lat": Decimal("46.08"), "address": "北口"}).keys() == {
        "location"
    }


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("catgory", "x", "unknown_fact"),
        ("number", "1", "given_fact"),
        ("subcategory", "component-0102", "given_fact"),
        ("urgency", "very", "fact_value"),
        ("urgency", Decimal(1), "fact_type"),
        ("rework_count", "1", "fact_type"),
        ("rework_count", True, "fact_type"),
        ("filed_at", "2026-07-01T08:30:00+08:00", "fact_type"),
        ("confirm_on_site", "true", "fact_type"),
        ("location", None, "fact_type"),
        ("location", {"lon": Decimal(122)}, "fact_type"),
        ("location", {"lon": Decimal(122), "lat": "46"}, "fact_type"),
        ("location", {"lon": Decimal(122), "lat": Decimal(46), "grid": "152201001001001"}, "fact_type"),
        ("grid", "152201001001001", "given_fact"),
    ],
)
def test_a_wrong_value_is_refused_and_names_the_fact(name: str, value: Value, code: str) -> None:
    known = facts()
    before = dict(known.values())
    with pytest.raises(Invalid) as refused:
        known.assign(name, value)
    assert refused.value.code == code
    assert f"case.{name}" in refused.value.message_en
    assert f"case.{name}" in refused.value.message_zh
    assert dict(known.values()) == before


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6))
def test_numbers_are_kept_exactly(number: Decimal) -> None:
    stored = json_value(json_text(facts().assign("rework_count", from_json(number))))
    assert facts(facts=stored).values()["rework_count"] == number


def test_facts_of_todays_version_are_taken_as_they_are() -> None:
    assert upgraded({"urgency": "normal"}, 1) == {"urgency": "normal"}


def test_every_fact_is_documented_with_its_type() -> None:
    rows = {line.split("|")[1].strip(): line for line in DOCUMENT.read_text("utf-8").splitlines() if "|" in line}
    for fact in FACTS.values():
        row = rows[f"`{fact.name}`"]
        assert f"| {fact.type} |" in row
        assert fact.zh in row
        assert all(f"`{value}`" in row for value in fact.values)
        assert ("report" if fact.is_given else "diagram") in row.split("|")[3]


def test_documented_facts_exist() -> None:
    named = {line.split("`")[1] for line in DOCUMENT.read_text("utf-8").splitlines() if line.startswith("| `")}
    assert named == FACTS.keys()
