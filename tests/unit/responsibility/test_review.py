"""Gaps and contradictions of the area list, on the ground."""

from __future__ import annotations

import pytest
from shapely import box

from processes.catalogue.sample.reading import sample_catalogue
from processes.responsibility import AreaRow, BoundaryRow, ListReview
from processes.responsibility.sample import sample_lists, sample_units
from processes.territory.sample import sample_components, sample_divisions, sample_grids
from tests.unit.responsibility.lists import CITY, GRATE, GRIDS, SNOW, WASTE, WEST_STREET, lists

WEST_HALF = box(122.0, 46.0, 122.005, 46.01)
ALL = (GRATE, WASTE, SNOW)


def test_a_grid_without_unit_is_a_gap_with_its_sub_categories() -> None:
    rows = [AreaRow("w", WEST_STREET, "*", "west"), AreaRow("e", GRIDS[2].code, "incident", "east")]
    gaps = ListReview(lists(area=rows), GRIDS).gaps(ALL)
    assert [(gap.grid, gap.subcategories) for gap in gaps] == [(GRIDS[2].code, (GRATE,)), (GRIDS[3].code, ALL)]
    assert gaps[1].shape.equals(GRIDS[3].boundary)
    assert gaps[1].square_metres == pytest.approx(774 * 1111.4, rel=0.01)


def test_a_row_for_the_city_leaves_no_gap() -> None:
    assert ListReview(lists(area=[AreaRow("c", CITY, "*", "u")]), GRIDS).gaps(ALL) == ()


def test_a_drawn_area_leaves_the_rest_of_the_grid_open() -> None:
    rows = [AreaRow("p", "half", "incident", "parks"), AreaRow("c", CITY, "component", "works")]
    (gap, *others) = ListReview(lists(area=rows), GRIDS, {"half": WEST_HALF}).gaps(ALL)
    assert (gap.grid, gap.subcategories) == (GRIDS[0].code, (WASTE, SNOW))
    assert gap.shape.symmetric_difference(box(122.005, 46.0, 122.01, 46.01)).area < 1e-12
    assert len(others) == 3


def test_two_drawn_areas_together_may_close_a_grid() -> None:
    areas = {"half": WEST_HALF, "other": box(122.004, 46.0, 122.01, 46.01)}
    rows = [AreaRow(place, place, "*", "u") for place in areas]
    assert ListReview(lists(area=rows), GRIDS[:1], areas).gaps(ALL) == ()


def test_two_units_for_one_place_are_an_overlap_with_its_ground() -> None:
    one, other = AreaRow("k1", WEST_STREET, WASTE, "u"), AreaRow("k2", WEST_STREET, WASTE, "v")
    (overlap,) = ListReview(lists(area=[one, other]), GRIDS).overlaps()
    assert (overlap.first, overlap.second) == (one, other)
    assert overlap.shape.bounds == pytest.approx((122.0, 46.0, 122.02, 46.01))


def test_the_same_unit_or_another_category_is_no_overlap() -> None:
    rows = [AreaRow("1", CITY, WASTE, "u"), AreaRow("2", CITY, WASTE, "u"), AreaRow("3", CITY, SNOW, "v")]
    assert ListReview(lists(area=rows), GRIDS).overlaps() == ()


def test_drawn_areas_that_share_ground_are_an_overlap_of_that_ground() -> None:
    areas = {"half": WEST_HALF, "other": box(122.004, 46.0, 122.01, 46.01)}
    rows = [AreaRow("1", "half", WASTE, "u"), AreaRow("2", "other", WASTE, "v")]
    (overlap,) = ListReview(lists(area=rows), GRIDS, areas).overlaps()
    assert overlap.shape.bounds == pytest.approx((122.004, 46.0, 122.005, 46.01))


def test_drawn_areas_of_different_categories_may_share_ground() -> None:
    areas = {"half": WEST_HALF, "other": box(122.004, 46.0, 122.01, 46.01)}
    rows = [AreaRow("1", "half", WASTE, "u"), AreaRow("2", "other", SNOW, "v"), AreaRow("3", "other", "*", "w")]
    assert ListReview(lists(area=rows), GRIDS, areas).overlaps() == ()


def test_ground_that_the_boundary_list_settles_is_no_longer_an_overlap() -> None:
    areas = {"half": WEST_HALF, "other": box(122.004, 46.0, 122.01, 46.01)}
    rows = [AreaRow("1", "half", WASTE, "u"), AreaRow("2", "other", WASTE, "v")]
    whole = BoundaryRow("b", box(122.003, 46.0, 122.006, 46.01), "incident-01", "u")
    part = BoundaryRow("b", box(122.003, 46.0, 122.006, 46.005), WASTE, "u")
    elsewhere = BoundaryRow("b", box(122.003, 46.0, 122.006, 46.01), "component", "u")
    assert ListReview(lists(area=rows, boundary=[whole]), GRIDS, areas).overlaps() == ()
    (rest,) = ListReview(lists(area=rows, boundary=[part]), GRIDS, areas).overlaps()
    assert rest.shape.bounds == pytest.approx((122.004, 46.005, 122.005, 46.01))
    assert len(ListReview(lists(area=rows, boundary=[elsewhere]), GRIDS, areas).overlaps()) == 1


def test_nothing_on_no_ground_is_clean() -> None:
    review = ListReview(lists(), ())
    assert review.gaps(ALL) == ()
    assert review.overlaps() == ()


def test_the_sample_lists_are_complete_and_name_known_units() -> None:
    catalogue, divisions, grids = sample_catalogue(), sample_divisions(), sample_grids()
    sample = sample_lists(catalogue, divisions, sample_components(grids))
    review = ListReview(sample, grids)
    assert review.gaps([entry.key for entry in catalogue.subcategories]) == ()
    assert review.overlaps() == ()
    units = {unit.code for unit in sample_units(divisions)}
    assert {row.unit for row in sample.area} <= units
    assert {keeper for row in sample.facility for keeper in (row.owner, row.manager, row.maintainer)} <= units | {""}


def test_boundary_rows_that_let_different_units_prevail_contradict_each_other() -> None:
    ground, beside = box(122.004, 46.0, 122.01, 46.01), box(122.0, 46.0, 122.005, 46.01)
    rows = [
        BoundaryRow("b1", ground, WASTE, "u"),
        BoundaryRow("b2", beside, WASTE, "v"),
        BoundaryRow("b3", beside, SNOW, "v"),
        BoundaryRow("b4", ground, WASTE, "u"),
    ]
    found = ListReview(lists(boundary=rows), GRIDS).overlaps()
    assert [(each.first.key, each.second.key) for each in found] == [("b1", "b2"), ("b2", "b4")]
    assert found[0].shape.bounds == pytest.approx((122.004, 46.0, 122.005, 46.01))
