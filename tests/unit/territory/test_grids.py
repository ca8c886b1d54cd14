"""Unit grids, their register, divisions, and the way from a point to a street."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon, box

from processes.territory import (
    Crs,
    Division,
    DivisionTree,
    GridRegister,
    GridState,
    Level,
    Locator,
    Point,
    TerritoryError,
    UnitGrid,
    restored,
)

COMMUNITY = "152201006003"
OTHER = "152201006004"


def square(serial: int, *, community: str = COMMUNITY) -> UnitGrid:
    """The serial-th square of a row of squares of 0.01° that starts at 122° E, 46° N."""
    west = 122.0 + 0.01 * (serial - 1)
    return UnitGrid(f"{community}{serial:03d}", box(west, 46.0, west + 0.01, 46.01))


def test_a_point_is_found_in_its_grid_community_street_and_county() -> None:
    place = Locator([square(1), square(2)]).place_of(Point(122.015, 46.005))
    assert place is not None
    assert place.divisions == (f"{COMMUNITY}002", COMMUNITY, "152201006000", "152201000000")


def test_a_point_on_a_shared_edge_belongs_to_the_lower_code_whatever_the_order() -> None:
    edge = Point(122.01, 46.005)
    for grids in ([square(1), square(2)], [square(2), square(1)]):
        place = Locator(grids).place_of(edge)
        assert place is not None
        assert place.grid == f"{COMMUNITY}001"


def test_a_point_outside_every_grid_has_no_place() -> None:
    assert Locator([square(1)]).place_of(Point(121.0, 46.0)) is None
    assert Locator([]).place_of(Point(121.0, 46.0)) is None


def test_a_point_of_a_web_map_is_found_where_it_really_is() -> None:
    inside = Point(122.015, 46.005)
    place = Locator([square(1), square(2)]).place_of(inside.to(Crs.GCJ02))
    assert place is not None
    assert place.grid == f"{COMMUNITY}002"
    assert place.point.crs is Crs.CGCS2000


def test_a_void_grid_holds_no_point() -> None:
    register = GridRegister([square(1)]).with_void(f"{COMMUNITY}001", date(2026, 5, 1))
    assert Locator(register).place_of(Point(122.005, 46.005)) is None


@given(st.integers(0, 400), st.integers(0, 400))
def test_the_index_agrees_with_asking_every_grid(east: int, north: int) -> None:
    grids = [square(serial) for serial in range(1, 6)]
    point = Point(121.99 + east / 5000, 45.98 + north / 5000)
    holding = [grid.code for grid in grids if grid.boundary.intersects(box(point.lon, point.lat, point.lon, point.lat))]
    place = Locator(grids).place_of(point)
    assert (place.grid if place else None) == (min(holding) if holding else None)


def test_a_code_is_never_given_twice() -> None:
    with pytest.raises(TerritoryError) as refused:
        GridRegister([square(1), square(1)])
    assert refused.value.code == "code_taken"


def test_a_voided_code_stays_taken_and_the_next_is_above_it() -> None:
    register = GridRegister([square(1), square(2)]).with_void(f"{COMMUNITY}002", date(2026, 5, 1))
    with pytest.raises(TerritoryError, match="never used again"):
        register.with_grids([square(2)])
    assert register.next_code(COMMUNITY) == f"{COMMUNITY}003"
    assert register.next_code(OTHER) == f"{OTHER}001"
    assert GridRegister([square(5), square(2)]).next_code(COMMUNITY) == f"{COMMUNITY}006"
    assert [grid.code for grid in register.valid()] == [f"{COMMUNITY}001"]


def test_a_voided_grid_tells_since_when_and_what_replaced_it() -> None:
    register = GridRegister([square(1), square(2)])
    void = register.with_void(f"{COMMUNITY}001", date(2026, 5, 1), replaced_by=(f"{COMMUNITY}002",)).grid(
        f"{COMMUNITY}001"
    )
    assert (void.state, void.voided_on, void.replaced_by) == (GridState.VOID, date(2026, 5, 1), (f"{COMMUNITY}002",))
    assert register.grid(f"{COMMUNITY}001").state is GridState.VALID


def test_a_grid_is_voided_once_and_only_for_a_known_successor() -> None:
    register = GridRegister([square(1)])
    for successor in (f"{COMMUNITY}009", f"{COMMUNITY}001"):
        with pytest.raises(TerritoryError, match="no other unit grid") as refused:
            register.with_void(f"{COMMUNITY}001", date(2026, 5, 1), replaced_by=(successor,))
        assert refused.value.pointer == "/replaced_by/0"
    void = register.with_void(f"{COMMUNITY}001", date(2026, 5, 1))
    with pytest.raises(TerritoryError, match="void already"):
        void.with_void(f"{COMMUNITY}001", date(2026, 5, 2))


def test_a_grid_voided_by_mistake_comes_into_use_again() -> None:
    register = GridRegister([square(1), square(2)])
    void = register.with_void(f"{COMMUNITY}001", date(2026, 5, 1), replaced_by=(f"{COMMUNITY}002",))
    assert restored(void, f"{COMMUNITY}001").grid(f"{COMMUNITY}001") == square(1)
    with pytest.raises(TerritoryError, match="in use already"):
        restored(register, f"{COMMUNITY}001")


def test_a_grid_whose_ground_was_given_away_stays_void() -> None:
    void = GridRegister([square(1)]).with_void(f"{COMMUNITY}001", date(2026, 5, 1))
    given = void.with_grids([UnitGrid(f"{COMMUNITY}007", square(1).boundary)])
    with pytest.raises(TerritoryError, match=f"belongs to the grid {COMMUNITY}007") as refused:
        restored(given, f"{COMMUNITY}001")
    assert refused.value.code == "overlaps"


def test_after_999_grids_a_community_has_no_further_serial() -> None:
    register = GridRegister([UnitGrid(f"{COMMUNITY}999", Polygon(box(0, 0, 1, 1)))])
    with pytest.raises(TerritoryError) as refused:
        register.next_code(COMMUNITY)
    assert refused.value.code == "serials_used_up"


CITY = Division("152201000000", "乌兰浩特市")
STREET = Division("152201006000", "都林街道")
JIANXING = Division(COMMUNITY, "建兴社区")


def test_divisions_form_a_tree() -> None:
    tree = DivisionTree([CITY, STREET, JIANXING])
    assert tree.path(f"{COMMUNITY}017") == (CITY, STREET, JIANXING)
    assert tree.children(CITY.code) == (STREET,)
    assert tree.at_level(Level.COMMUNITY) == (JIANXING,)
    assert tree.name_of(STREET.code) == "都林街道"
    assert tree.name_of("999999999999") == "999999999999"


@pytest.mark.parametrize(
    ("divisions", "code"), [([CITY, CITY], "duplicate_code"), ([CITY, JIANXING], "no_parent"), ([STREET], "no_parent")]
)
def test_a_broken_tree_is_refused(divisions: list[Division], code: str) -> None:
    with pytest.raises(TerritoryError) as refused:
        DivisionTree(divisions)
    assert refused.value.code == code


def test_a_division_has_a_name() -> None:
    with pytest.raises(TerritoryError, match="no name"):
        Division("152201000000", "  ")


def test_mongolian_names_survive() -> None:
    assert Division("152201000000", "ᠤᠯᠠᠭᠠᠨᠬᠣᠲᠠ").name == "ᠤᠯᠠᠭᠠᠨᠬᠣᠲᠠ"
