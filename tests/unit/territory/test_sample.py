"""The sample territory: tiles the ground, lies inside the city, and is the same every time."""

from __future__ import annotations

import pytest
import shapely

from processes.territory import Area, GridRegister, Level, Locator, Point, coverage_of, street_of
from processes.territory.files import areas_geojson, grids_geojson, read_areas, read_grids
from processes.territory.sample import (
    CITY,
    sample_cameras,
    sample_components,
    sample_divisions,
    sample_evaluation_layer,
    sample_grids,
    sample_outline,
    sample_roster,
)


@pytest.fixture(scope="module")
def grids() -> GridRegister:
    return sample_grids()


def test_the_sample_has_neither_gap_nor_overlap(grids: GridRegister) -> None:
    areas = [Area(grid.code, "", grid.boundary) for grid in grids]
    assert coverage_of(areas).is_clean
    assert all(area.boundary.is_valid for area in areas)


def test_the_sample_lies_inside_the_outline_of_the_city(grids: GridRegister) -> None:
    assert sample_outline().contains(shapely.union_all([grid.boundary for grid in grids]))


def test_the_sample_covers_ten_subdistricts_with_hundreds_of_grids(grids: GridRegister) -> None:
    divisions = sample_divisions()
    assert len({street_of(grid.code) for grid in grids}) == 10
    assert 500 <= len(grids) <= 2000
    assert all(len(divisions.path(grid.code)) == 3 for grid in grids)
    assert len(divisions.at_level(Level.STREET)) == 17


def test_the_sample_is_the_same_every_time(grids: GridRegister) -> None:
    assert grids_geojson(sample_grids()) == grids_geojson(grids)


def test_the_sample_survives_export_and_import(grids: GridRegister) -> None:
    imported = read_grids(grids_geojson(grids), GridRegister())
    assert imported.report.findings == ()
    assert {grid.code for grid in imported.register} == {grid.code for grid in grids}


def test_a_known_community_is_found_where_it_lies(grids: GridRegister) -> None:
    place = Locator(grids).place_of(Point(122.07857, 46.08142))
    assert place is not None
    assert sample_divisions().name_of(place.community) == "洮儿河社区"
    assert sample_divisions().name_of(place.street) == "爱国街道"
    assert place.county == CITY


def test_every_grid_is_walked_and_evaluated(grids: GridRegister) -> None:
    divisions = sample_divisions()
    assert sample_roster(grids, divisions).uncovered(grid.code for grid in grids) == ()
    assert len(sample_evaluation_layer(grids, divisions)) == 10


def test_components_and_cameras_stand_in_their_grids(grids: GridRegister) -> None:
    locator = Locator(grids)
    for item in (*sample_components(grids), *sample_cameras(grids)):
        place = locator.place_of(item.point)
        assert place is not None
        assert place.grid == item.grid


def test_the_evaluation_grids_come_back_from_a_file_as_they_are() -> None:
    layer = tuple(sample_evaluation_layer(sample_grids(), sample_divisions()))
    assert read_areas(areas_geojson(layer)).areas == layer
