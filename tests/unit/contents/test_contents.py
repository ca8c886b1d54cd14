"""Rows as lines and chunks: nothing is lost, and equal lines are kept once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Polygon, box

from processes.calendars import sample_calendars
from processes.catalogue.sample.reading import sample_catalogue
from processes.contents import (
    Lines,
    calendar_lines,
    calendar_of,
    catalogue_lines,
    catalogue_of,
    chunks_of,
    coded_lines,
    count_changes,
    digest_of,
    lines_of,
    rows_of,
)
from processes.responsibility import AreaRow, BoundaryRow, FacilityRow
from processes.territory import Camera, Component, ComponentState, Crs, Division, GridState, Point, UnitGrid

GRID = "152201006003017"
HOLED = Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], [[(1, 1), (2, 1), (2, 2), (1, 2)]])
ROWS = (
    AreaRow("a", "152201000000", "*", "u", "注：“全部”\n第二行"),
    BoundaryRow("b", LineString([(122.1, 46.1), (122.123456789, 46)]), "incident", "u", ("v", "w"), 12.5),
    BoundaryRow("c", box(0, 0, 1, 1), "component-01", "u"),
    FacilityRow("f", "component-0104", component="1522010104000001", owner="o", manager="m", maintainer="k"),
    Division("152201006003", "新城社区"),
    UnitGrid(GRID, HOLED, GridState.VOID, date(2020, 1, 1), date(2026, 2, 3), (f"{GRID[:-1]}8",)),
    Component(
        "1522010104000001", "雨水箅子", Point(122.1, 46.1), GRID, ComponentState.LOST, recorded_on=date(2025, 6, 1)
    ),
    Camera("C-1", "摄像机", Point(122.1, 46.1, Crs.WGS84), "public_security", GRID),
)
LINE = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=30)
contents = st.lists(LINE, max_size=600).map(tuple)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: type(row).__name__)
def test_a_row_comes_back_as_it_was(row: Any) -> None:
    (line,) = lines_of((row,))
    assert rows_of((line,), type(row)) == (row,)
    assert "\n" not in line


def test_catalogues_and_calendars_come_back_as_they_were() -> None:
    catalogue, calendars = sample_catalogue(), sample_calendars().values()
    assert catalogue_of(catalogue_lines(catalogue)) == catalogue
    assert [calendar_of(calendar_lines(each)) for each in calendars] == list(calendars)


def test_no_lines_are_an_empty_catalogue() -> None:
    assert catalogue_of(()).subcategories == ()


def test_rows_with_codes_are_the_same_lines_in_any_order() -> None:
    divisions = [Division("152201006003", "一"), Division("152201000000", "二")]
    assert coded_lines(divisions) == coded_lines(reversed(divisions))


@given(contents)
def test_chunks_hold_every_line_in_order(lines: Lines) -> None:
    assert tuple(line for chunk in chunks_of(lines) for line in chunk.lines) == lines
    assert tuple(line for chunk in chunks_of(lines) for line in chunk.text.split("\n")) == lines


@given(contents, st.integers(0, 600), LINE)
def test_a_line_put_in_leaves_all_chunks_but_those_around_it(lines: Lines, place: int, new: str) -> None:
    before = [chunk.sha for chunk in chunks_of(lines)]
    after = [chunk.sha for chunk in chunks_of((*lines[:place], new, *lines[place:]))]
    assert len(set(after) - set(before)) <= 2


def test_a_long_register_has_chunks_of_bearable_size() -> None:
    lines = tuple(f"{number:06}" + "x" * 300 for number in range(20_000))
    sizes = [len(chunk.text) for chunk in chunks_of(lines)]
    assert max(sizes) <= 250_000
    assert len(sizes) < 300


@given(contents, contents)
def test_contents_are_told_apart_by_their_digest(one: Lines, other: Lines) -> None:
    def digest(lines: Iterable[str]) -> bytes:
        return digest_of(chunk.sha for chunk in chunks_of(lines))

    assert (digest(one) == digest(other)) == (one == other)


@pytest.mark.parametrize("rows_named", [lambda key: AreaRow(key, "p", "*", "u"), lambda key: FacilityRow(key, "*")])
def test_changes_are_counted_by_key(rows_named: Callable[[str], Any]) -> None:
    before = lines_of(map(rows_named, "abc"))
    changed = before[1].replace('"note":""', '"note":"x"')
    counted = count_changes(before, (changed, before[2], *lines_of(map(rows_named, "de"))))
    assert (counted.added, counted.removed, counted.changed) == (2, 1, 1)


def test_catalogues_are_compared_line_by_line() -> None:
    lines = catalogue_lines(sample_catalogue())
    counted = count_changes(lines, lines[1:])
    assert (counted.added, counted.removed, counted.changed) == (0, 1, 0)
