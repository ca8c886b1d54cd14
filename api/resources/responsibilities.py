"""The three responsibility lists, row by row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import msgspec

from api.answers import answered
from api.lists import List, Paging, Word, next_cursor, position
from api.pages import matches, page_of
from api.parameters import etag, not_found
from api.register_routes import Exchange, exchange_routes
from api.resources.responsibility_names import area_names, boundary_names, facility_names
from api.routes import Call, Nothing, Reply, Resource, Route
from api.shapes import shown
from processes.contents import RegisterName
from processes.responsibility import AreaRow, BoundaryRow, FacilityRow, RowList, selectors_of
from processes.territory.shapes import geometry_of

AREA = Exchange(
    register=RegisterName.AREA_LIST, path="/responsibilities/area", name="area_list", zh="地域清单", en="the area list"
)
BOUNDARY = Exchange(
    register=RegisterName.BOUNDARY_LIST,
    path="/responsibilities/boundary",
    name="boundary_list",
    zh="边界清单",
    en="the boundary list",
)
FACILITY = Exchange(
    register=RegisterName.FACILITY_LIST,
    path="/responsibilities/facility",
    name="facility_list",
    zh="设施清单",
    en="the facility list",
)


class AreaRowShown(msgspec.Struct, frozen=True, kw_only=True):
    """In a place, a unit answers for a category."""

    key: str
    place: str
    category: str
    unit: str
    #: What the codes are called; a code by itself where nothing is known of it, nothing for all categories.
    unit_name: str
    place_name: str
    category_name: str
    note: str


class BoundaryRowShown(msgspec.Struct, frozen=True, kw_only=True):
    """Where areas meet or overlap, a unit prevails."""

    key: str
    category: str
    unit: str
    against: tuple[str, ...]
    reach_metres: float
    #: What the codes are called, as in the area list.
    unit_name: str
    category_name: str
    note: str
    #: GeoJSON in CGCS2000.
    geometry: dict[str, Any]


class FacilityRowShown(msgspec.Struct, frozen=True, kw_only=True):
    """Who owns, manages and maintains a component, or all of a category in a place."""

    key: str
    category: str
    component: str
    place: str
    owner: str
    manager: str
    maintainer: str
    #: What the codes are called, as in the area list; nothing where none is named.
    owner_name: str
    manager_name: str
    maintainer_name: str
    place_name: str
    category_name: str
    note: str


class AreaRowFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which rows of the area list."""

    unit: Word | None = None
    category: Word | None = None
    #: Rows about a sub-category whose cases run this process, begun by it or called.
    process: Word | None = None
    place: Word | None = None
    #: In the key or the note.
    text: Word | None = None


class BoundaryRowFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which rows of the boundary list."""

    unit: Word | None = None
    category: Word | None = None
    #: Rows about a sub-category whose cases run this process, begun by it or called.
    process: Word | None = None
    #: In the key or the note.
    text: Word | None = None


class FacilityRowFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which rows of the facility list."""

    #: As owner, manager or maintainer.
    unit: Word | None = None
    category: Word | None = None
    #: Rows about a sub-category whose cases run this process, begun by it or called.
    process: Word | None = None
    place: Word | None = None
    component: Word | None = None
    #: In the key or the note.
    text: Word | None = None


class AreaRowList(List, frozen=True, kw_only=True):
    """Rows of the area list, by key."""

    #: Number of the version; 0 before the first.
    version: int
    items: list[AreaRowShown]
    count: int


class BoundaryRowList(List, frozen=True, kw_only=True):
    """Rows of the boundary list, by key."""

    #: Number of the version; 0 before the first.
    version: int
    items: list[BoundaryRowShown]
    count: int


class FacilityRowList(List, frozen=True, kw_only=True):
    """Rows of the facility list, by key."""

    #: Number of the version; 0 before the first.
    version: int
    items: list[FacilityRowShown]
    count: int


class _Row(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def note(self) -> str: ...


class _Filter(Protocol):
    @property
    def category(self) -> str | None: ...
    @property
    def text(self) -> str | None: ...


async def list_area_rows(call: Call[AreaRowFilter, None]) -> Reply:
    """Answer rows of the area list."""
    wanted = call.query

    def is_wanted(row: AreaRow) -> bool:
        is_meant = wanted.unit in (None, row.unit) and wanted.place in (None, row.place)
        return is_meant and _speaks_of(row, wanted, *area_names(call.platform, row).values())

    is_reached = await _reached(call, wanted.process)
    rows = (row for row in call.platform.registers.in_force.lists.area if is_wanted(row) and is_reached(row))
    page = await page_of(rows, _key, position(call), wanted.limit)
    items = [_area_row(call, row) for row in page.items]
    version = _version(call, AREA)
    body = AreaRowList(items=items, next=next_cursor(call, page), count=page.count, version=version)
    return answered(body, headers={"etag": etag(version)})


async def list_boundary_rows(call: Call[BoundaryRowFilter, None]) -> Reply:
    """Answer rows of the boundary list."""
    wanted = call.query

    def is_wanted(row: BoundaryRow) -> bool:
        return wanted.unit in (None, row.unit, *row.against) and _speaks_of(
            row, wanted, *boundary_names(call.platform, row).values()
        )

    is_reached = await _reached(call, wanted.process)
    rows = (row for row in call.platform.registers.in_force.lists.boundary if is_wanted(row) and is_reached(row))
    page = await page_of(rows, _key, position(call), wanted.limit)
    items = [_boundary_row(call, row) for row in page.items]
    version = _version(call, BOUNDARY)
    body = BoundaryRowList(items=items, next=next_cursor(call, page), count=page.count, version=version)
    return answered(body, headers={"etag": etag(version)})


async def list_facility_rows(call: Call[FacilityRowFilter, None]) -> Reply:
    """Answer rows of the facility list."""
    wanted = call.query

    def is_wanted(row: FacilityRow) -> bool:
        return (
            wanted.unit in (None, row.owner, row.manager, row.maintainer)
            and wanted.place in (None, row.place)
            and wanted.component in (None, row.component)
            and _speaks_of(row, wanted, *facility_names(call.platform, row).values())
        )

    is_reached = await _reached(call, wanted.process)
    rows = (row for row in call.platform.registers.in_force.lists.facility if is_wanted(row) and is_reached(row))
    page = await page_of(rows, _key, position(call), wanted.limit)
    items = [_facility_row(call, row) for row in page.items]
    version = _version(call, FACILITY)
    body = FacilityRowList(items=items, next=next_cursor(call, page), count=page.count, version=version)
    return answered(body, headers={"etag": etag(version)})


async def get_area_row(call: Call[Nothing, None]) -> Reply:
    """Answer a row of the area list."""
    row = _row(call.platform.registers.in_force.lists.area, call.path["row"])
    return _one(call, AREA, _area_row(call, row))


async def get_boundary_row(call: Call[Nothing, None]) -> Reply:
    """Answer a row of the boundary list."""
    row = _row(call.platform.registers.in_force.lists.boundary, call.path["row"])
    return _one(call, BOUNDARY, _boundary_row(call, row))


async def get_facility_row(call: Call[Nothing, None]) -> Reply:
    """Answer a row of the facility list."""
    row = _row(call.platform.registers.in_force.lists.facility, call.path["row"])
    return _one(call, FACILITY, _facility_row(call, row))


def _row(rows: RowList[Any], key: str) -> Any:
    row = next((each for each in rows if each.key == key), None)
    if row is None:
        raise not_found()
    return row


def _one(call: Call[Any, Any], exchange: Exchange, body: Any) -> Reply:
    return answered(body, headers={"etag": etag(_version(call, exchange))})


def _version(call: Call[Any, Any], exchange: Exchange) -> int:
    return call.platform.registers.in_force.number(exchange.register)


def _key(row: _Row) -> str:
    return row.key


def _speaks_of(row: _Row, wanted: _Filter, *names: str) -> bool:
    return wanted.category in (None, row.category) and matches(wanted.text, row.key, row.note, *names)


async def _reached(call: Call[Any, Any], process: str | None) -> Callable[[_Row], bool]:
    """Whether a row is about a sub-category whose cases run the process; every one is when none is named."""
    if process is None:
        return lambda _: True
    handled = await call.platform.uses.handled(process)
    selectors = {selector for subcategory in handled for selector in selectors_of(subcategory)}
    return lambda row: row.category in selectors


def _area_row(call: Call[Any, Any], row: AreaRow) -> AreaRowShown:
    one: AreaRowShown = shown(row, AreaRowShown, **area_names(call.platform, row))
    return one


def _boundary_row(call: Call[Any, Any], row: BoundaryRow) -> BoundaryRowShown:
    geometry = geometry_of(row.shape)
    one: BoundaryRowShown = shown(row, BoundaryRowShown, geometry=geometry, **boundary_names(call.platform, row))
    return one


def _facility_row(call: Call[Any, Any], row: FacilityRow) -> FacilityRowShown:
    one: FacilityRowShown = shown(row, FacilityRowShown, **facility_names(call.platform, row))
    return one


def _single(exchange: Exchange, handler: Any, answer: Any) -> Route:
    return Route(
        method="GET",
        path=f"{exchange.path}/{{row}}",
        handler=handler,
        summary_zh=f"{exchange.zh}的一行",
        summary_en=f"A row of {exchange.en}",
        answer=answer,
    )


def _rows(exchange: Exchange, handler: Any, query: Any, answer: Any) -> Route:
    return Route(
        method="GET",
        path=exchange.path,
        handler=handler,
        summary_zh=exchange.zh,
        summary_en=exchange.en[0].upper() + exchange.en[1:],
        query=query,
        answer=answer,
    )


RESOURCE = Resource(
    name="responsibilities",
    title_zh="责任清单",
    title_en="Responsibility lists",
    routes=(
        _rows(AREA, list_area_rows, AreaRowFilter, AreaRowList),
        *exchange_routes(AREA),
        _single(AREA, get_area_row, AreaRowShown),
        _rows(BOUNDARY, list_boundary_rows, BoundaryRowFilter, BoundaryRowList),
        *exchange_routes(BOUNDARY),
        _single(BOUNDARY, get_boundary_row, BoundaryRowShown),
        _rows(FACILITY, list_facility_rows, FacilityRowFilter, FacilityRowList),
        *exchange_routes(FACILITY),
        _single(FACILITY, get_facility_row, FacilityRowShown),
    ),
)
