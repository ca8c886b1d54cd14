"""What speaks for two reports' meaning the same thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from processes.duplicates import Sought, likeness
from processes.duplicates.likeness import LEAST_SCORE, common

AT = datetime(2026, 3, 4, 10, tzinfo=UTC)
HEARD = Sought(subcategory="component-0101", lon=122.07, lat=46.08, text="兴安街 1 号井盖缺失", at=AT)


def test_the_same_report_again_is_as_alike_as_can_be() -> None:
    assert likeness(HEARD, HEARD).score == 1.0


@pytest.mark.parametrize(
    "other",
    [
        replace(HEARD, lon=122.0735),
        replace(HEARD, subcategory="incident-0203"),
        replace(HEARD, text="路灯不亮"),
        replace(HEARD, at=AT - timedelta(days=10)),
    ],
    ids=["farther", "another kind", "other words", "longer ago"],
)
def test_whatever_differs_makes_it_less_likely(other: Sought) -> None:
    assert likeness(HEARD, other).score < 1.0


def test_another_subcategory_of_the_same_class_may_be_a_mistake() -> None:
    mistaken = likeness(HEARD, replace(HEARD, subcategory="component-0102"))
    other = likeness(HEARD, replace(HEARD, subcategory="incident-0203"))
    assert LEAST_SCORE < other.score < mistaken.score < 1.0


def test_what_is_not_known_yet_speaks_neither_for_nor_against() -> None:
    heard = replace(HEARD, subcategory=None, text="")
    assert likeness(heard, HEARD).score == 1.0


def test_distances_are_told_in_metres() -> None:
    assert likeness(HEARD, replace(HEARD, lat=46.081)).metres == pytest.approx(111.2, abs=0.5)


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [("井盖缺失", "路口井盖缺失了", 1.0), ("井盖", "路灯", 0.0), ("", "井盖", 0.0), ("井", "井", 0.0)],
)
def test_words_in_common_are_pairs_of_neighbours(one: str, other: str, share: float) -> None:
    assert common(one, other) == share
