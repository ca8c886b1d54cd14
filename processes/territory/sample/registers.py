"""Made-up duty grids, evaluation grids, components and cameras over the sample grid."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, time

import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from processes.territory.cameras import Camera, CameraRegister
from processes.territory.codes import community_of, county_of, street_of
from processes.territory.components import Component, ComponentRegister, ComponentState
from processes.territory.divisions import DivisionTree
from processes.territory.duty import DutyGrid, DutyRoster, Shift
from processes.territory.grids import UnitGrid
from processes.territory.layers import Area, Layer, evaluation_layer
from processes.territory.points import Crs, Point
from processes.territory.shapes import area_of, geometry_of

#: Sub-categories of the sample components with their name, owner, manager and maintainer.
_KINDS_OF_COMPONENT = (
    ("0101", "上水井盖", "water_company", "housing_construction", "water_company"),
    ("0104", "雨水箅子", "drainage_company", "housing_construction", "drainage_company"),
    ("0137", "路灯", "urban_management", "urban_management", "street_lighting"),
    ("0305", "垃圾箱", "urban_management", "urban_management", "sanitation"),
    ("0402", "行道树", "forestry", "forestry", "landscaping"),
)
_RECORDED_ON = date(2025, 6, 1)
#: Every so many grids one camera.
_GRIDS_PER_CAMERA = 25
#: The one inspector with an account in the sample city, and the community where he walks the early shift.
_SAMPLE_INSPECTOR = "inspector"
_WALKED = "152201001003"


def sample_roster(grids: Iterable[UnitGrid], divisions: DivisionTree) -> DutyRoster:
    """One duty grid per community with an early and a late shift."""
    members: dict[str, set[str]] = {}
    for grid in grids:
        members.setdefault(community_of(grid.code), set()).add(grid.code)
    return DutyRoster(
        DutyGrid(f"D{community}", f"{divisions.name_of(community)}样例责任网格", frozenset(codes), _shifts(community))
        for community, codes in sorted(members.items())
    )


def sample_evaluation_layer(grids: Iterable[UnitGrid], divisions: DivisionTree) -> Layer:
    """One evaluation grid per subdistrict."""
    shapes: dict[str, list[Polygon]] = {}
    for grid in grids:
        shapes.setdefault(street_of(grid.code), []).append(grid.boundary)
    areas = (
        Area(f"E{street}", f"{divisions.name_of(street)}样例评价网格", _as_written(MultiPolygon(_parts(parts))))
        for street, parts in sorted(shapes.items())
    )
    return evaluation_layer(areas)


def sample_components(grids: Iterable[UnitGrid]) -> ComponentRegister:
    """One component in every grid, of the five sorts in turn; every twentieth is damaged."""
    return ComponentRegister(_components(sorted(grids, key=lambda grid: grid.code)))


def sample_cameras(grids: Iterable[UnitGrid]) -> CameraRegister:
    """A camera in the middle of every twenty-fifth grid."""
    ordered = sorted(grids, key=lambda grid: grid.code)[::_GRIDS_PER_CAMERA]
    return CameraRegister(
        Camera(
            f"{grid.code[:6]}0000132{number:07d}", f"样例摄像机 {number}", _middle(grid), "public_security", grid.code
        )
        for number, grid in enumerate(ordered, start=1)
    )


def _as_written(shape: MultiPolygon) -> BaseGeometry:
    """The shape as it comes back from a file, so that an export of the sample changes nothing."""
    return area_of(json.loads(json.dumps(geometry_of(shape))), crs=Crs.CGCS2000, pointer="")


def _parts(shapes: list[Polygon]) -> list[Polygon]:
    """The polygons of the union of shapes."""
    return [part for part in shapely.get_parts(shapely.union_all(shapes)) if isinstance(part, Polygon)]


def _components(grids: Iterable[UnitGrid]) -> Iterator[Component]:
    for number, grid in enumerate(grids):
        code, name, owner, manager, maintainer = _KINDS_OF_COMPONENT[number % len(_KINDS_OF_COMPONENT)]
        yield Component(
            f"{county_of(grid.code)[:6]}{code}{number // len(_KINDS_OF_COMPONENT) + 1:06d}",
            name,
            _middle(grid),
            grid.code,
            state=ComponentState.DAMAGED if number % 20 == 19 else ComponentState.INTACT,
            owner=owner,
            manager=manager,
            maintainer=maintainer,
            recorded_on=_RECORDED_ON,
            source="样例",
        )


def _shifts(community: str) -> tuple[Shift, ...]:
    early, late = (f"inspector_{community[6:]}_{number}" for number in (1, 2))
    walking = (_SAMPLE_INSPECTOR,) if community == _WALKED else ()
    return (
        Shift("早班", time(7, 30), time(14, 30), (early, *walking)),
        Shift("晚班", time(14, 30), time(21, 30), (late,)),
    )


def _middle(grid: UnitGrid) -> Point:
    middle = grid.boundary.centroid
    return Point(round(middle.x, 7), round(middle.y, 7))
