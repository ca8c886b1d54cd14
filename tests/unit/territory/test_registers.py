"""Duty grids, layers, coverage, components and cameras."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from processes.territory import (
    Area,
    Camera,
    CameraRegister,
    Component,
    ComponentRegister,
    ComponentState,
    Crs,
    DutyGrid,
    DutyRoster,
    Layer,
    Plane,
    Point,
    Shift,
    TerritoryError,
    coverage_of,
)

COMMUNITY = "152201006003"
GRIDS = tuple(f"{COMMUNITY}{serial:03d}" for serial in (1, 2, 3))
SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = Shift("白班", time(8), time(16), ("wang",))
NIGHT = Shift("夜班", time(22), time(6), ("li",), frozenset({4}))


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def roster(*shifts: Shift) -> DutyRoster:
    return DutyRoster([DutyGrid("D1", "一片", frozenset(GRIDS[:2]), shifts)])


def on_duty(at: datetime, *shifts: Shift) -> tuple[str, ...]:
    return roster(*shifts).inspectors_on_duty(GRIDS[0], at, SHANGHAI)


def test_a_shift_counts_from_its_start_to_before_its_end() -> None:
    assert on_duty(local("2026-05-06T08:00"), DAY) == ("wang",)
    assert on_duty(local("2026-05-06T15:59:59"), DAY) == ("wang",)
    assert on_duty(local("2026-05-06T16:00"), DAY) == ()


def test_a_night_shift_belongs_to_the_day_it_starts_on() -> None:
    assert on_duty(local("2026-05-08T23:00"), NIGHT) == ("li",)  # Friday
    assert on_duty(local("2026-05-09T05:59"), NIGHT) == ("li",)
    assert on_duty(local("2026-05-09T23:00"), NIGHT) == ()
    assert on_duty(local("2026-05-08T05:00"), NIGHT) == ()


def test_an_instant_is_read_in_the_zone_of_the_city() -> None:
    assert on_duty(datetime(2026, 5, 6, 1, tzinfo=UTC), DAY) == ("wang",)  # 09:00 in Shanghai


def test_a_shift_that_ends_when_it_starts_lasts_a_day() -> None:
    always = Shift("全天", time(0), time(0), ("zhao",))
    assert on_duty(local("2026-05-06T00:00"), always, DAY) == ("zhao",)
    assert on_duty(local("2026-05-06T23:59"), always) == ("zhao",)


def test_a_grid_without_duty_has_nobody_and_is_listed() -> None:
    assert roster(DAY).inspectors_on_duty(GRIDS[2], local("2026-05-06T09:00"), SHANGHAI) == ()
    assert roster(DAY).uncovered(GRIDS) == (GRIDS[2],)
    assert roster(DAY).duty_grid_of(GRIDS[2]) is None


def test_a_unit_grid_is_on_one_duty_only() -> None:
    with pytest.raises(TerritoryError) as refused:
        DutyRoster([DutyGrid(code, code, frozenset(GRIDS), ()) for code in ("D1", "D2")])
    assert refused.value.code == "grid_on_two_duties"


def test_a_layer_tells_all_areas_of_a_point() -> None:
    layer = Layer(
        "zones", "管控区", "control zones", [Area("B", "乙", box(0, 0, 2, 2)), Area("A", "甲", box(1, 1, 3, 3))]
    )
    assert [area.code for area in layer.areas_at(Point(1.5, 1.5))] == ["A", "B"]
    assert [area.code for area in layer.areas_at(Point(0.5, 0.5))] == ["B"]
    assert layer.areas_at(Point(9, 9)) == ()
    with pytest.raises(TerritoryError, match="stands twice"):
        Layer("zones", "管控区", "control zones", [*layer, Area("A", "又", box(5, 5, 6, 6))])


def strip(number: int, *, width: float = 0.01) -> Area:
    west = 122 + 0.01 * number
    return Area(f"S{number}", "", box(west, 46, west + width, 46.01))


def test_areas_that_tile_are_clean() -> None:
    assert coverage_of([strip(0), strip(1), strip(2)], outline=box(122, 46, 122.03, 46.01)).is_clean
    assert coverage_of([]).is_clean


def test_a_missing_area_is_a_gap_with_its_shape() -> None:
    found = coverage_of([strip(0), strip(2)], outline=box(122, 46, 122.03, 46.01))
    (gap,) = found.gaps
    assert gap.shape.symmetric_difference(strip(1).boundary).area < 1e-12
    assert gap.square_metres == pytest.approx(774 * 1111.4, rel=0.01)
    assert not found.overlaps


def test_without_outline_a_gap_is_a_hole() -> None:
    ring = [
        Area(str(number), "", box(*bounds))
        for number, bounds in enumerate(
            [
                (122.0, 46.0, 122.03, 46.01),
                (122.0, 46.02, 122.03, 46.03),
                (122.0, 46.01, 122.01, 46.02),
                (122.02, 46.01, 122.03, 46.02),
            ]
        )
    ]
    (gap,) = coverage_of(ring).gaps
    assert gap.shape.equals(box(122.01, 46.01, 122.02, 46.02))


def test_an_overlap_names_both_areas_and_a_sliver_is_none() -> None:
    found = coverage_of([strip(0, width=0.012), strip(1)])
    (overlap,) = found.overlaps
    assert (overlap.first, overlap.second) == ("S0", "S1")
    assert overlap.shape.bounds == pytest.approx((122.01, 46.0, 122.012, 46.01))
    assert coverage_of([strip(0, width=0.01 + 1e-9), strip(1)]).is_clean


def lamp(serial: int, lon: float, *, sub: str = "0137", state: ComponentState = ComponentState.INTACT) -> Component:
    return Component(f"152201{sub}{serial:06d}", "路灯", Point(lon, 46.07), GRIDS[0], state)


def test_the_nearest_component_comes_first_with_its_metres() -> None:
    register = ComponentRegister([lamp(1, 122.072), lamp(2, 122.071), lamp(3, 122.09)])
    near = register.nearest(Point(122.07, 46.07), within_metres=500)
    assert [each.item.code[-1] for each in near] == ["2", "1"]
    assert near[0].metres == pytest.approx(77.4, abs=0.3)


def test_removed_components_and_other_sorts_are_passed_over() -> None:
    register = ComponentRegister(
        [lamp(1, 122.0701, state=ComponentState.REMOVED), lamp(1, 122.0702, sub="0104"), lamp(2, 122.0703)]
    )
    (near,) = register.nearest(Point(122.07, 46.07), within_metres=100, subcategory="component-0137")
    assert near.item.code == "1522010137000002"
    assert register.component("1522010137000001") is not None


def test_a_web_map_position_finds_the_same_component() -> None:
    register = ComponentRegister([lamp(1, 122.07)])
    (near,) = register.nearest(Point(122.07, 46.07).to(Crs.GCJ02), within_metres=1)
    assert near.metres < 0.01


def test_far_away_and_empty_registers_have_no_nearest() -> None:
    assert ComponentRegister().nearest(Point(122, 46), within_metres=1e6) == ()
    assert ComponentRegister([lamp(1, 122.07)]).nearest(Point(-58, -46), within_metres=1e3) == ()


@given(st.lists(st.tuples(st.integers(0, 999), st.integers(0, 999)), min_size=1, max_size=30), st.integers(0, 999))
def test_the_index_agrees_with_measuring_every_component(places: list[tuple[int, int]], east: int) -> None:
    points = [Point(122 + lon / 1e5, 46 + lat / 1e5) for lon, lat in places]
    register = ComponentRegister(replace(lamp(number, 0), point=point) for number, point in enumerate(points))
    here, plane = Point(122 + east / 1e5, 46.005), Plane(122.0)
    metres = sorted(abs(complex(*plane.position(point)) - complex(*plane.position(here))) for point in points)
    near = register.nearest(here, within_metres=300, most=3)
    assert [each.metres for each in near] == pytest.approx([each for each in metres if each <= 300][:3])


def test_component_numbers_are_unique_and_counted_on() -> None:
    register = ComponentRegister([lamp(7, 122.07)])
    assert register.next_code("152201000000", "component-0137") == "1522010137000008"
    assert register.next_code("152201000000", "component-0101") == "1522010101000001"
    with pytest.raises(TerritoryError, match="stands twice"):
        ComponentRegister([lamp(7, 122.07), lamp(7, 122.08)])
    assert lamp(7, 122.07).subcategory == "component-0137"


def test_cameras_are_found_by_number_and_distance() -> None:
    cameras = CameraRegister([Camera("c1", "路口", Point(122.07, 46.07), "公安", GRIDS[0])])
    assert cameras.camera("c1") is not None
    assert [each.item.code for each in cameras.nearest(Point(122.0701, 46.07), within_metres=50)] == ["c1"]
    with pytest.raises(TerritoryError, match="stands twice"):
        CameraRegister([*cameras, *cameras])
    with pytest.raises(TerritoryError, match="needs a number"):
        Camera(" ", "路口", Point(122.07, 46.07), "公安", GRIDS[0])
