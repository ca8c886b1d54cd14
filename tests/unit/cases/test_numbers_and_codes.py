"""Case numbers, and what the keys of the catalogue say by themselves."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from processes.cases import CaseSettings, case_number
from processes.cases.codes import class_of, kind_of, subcategory_of
from processes.catalogue.sample.reading import sample_catalogue

SETTINGS = CaseSettings()


def test_a_number_carries_the_citys_day_not_the_servers() -> None:
    late = datetime(2026, 6, 30, 16, 30, tzinfo=UTC)
    assert case_number(42, late, SETTINGS) == "1522012026070100042"


@given(st.integers(1, 2**62))
def test_a_number_has_nineteen_digits(tree: int) -> None:
    number = case_number(tree, datetime(2026, 7, 1, tzinfo=UTC), SETTINGS)
    assert len(number) == 19
    assert number.isdecimal()


@given(st.integers(1, 2**62), st.integers(1, 99_999))
def test_serials_of_a_day_repeat_only_after_a_hundred_thousand(tree: int, apart: int) -> None:
    day = datetime(2026, 7, 1, tzinfo=UTC)
    assert case_number(tree, day, SETTINGS) != case_number(tree + apart, day, SETTINGS)


def test_keys_say_what_the_catalogue_says() -> None:
    catalogue = sample_catalogue()
    for subcategory in catalogue.subcategories:
        assert kind_of(subcategory.key) == subcategory.kind
        assert class_of(subcategory.key) == subcategory.class_key
        assert class_of(subcategory.class_key) == subcategory.class_key
    for condition in catalogue.conditions:
        assert subcategory_of(condition.key) == condition.subcategory
