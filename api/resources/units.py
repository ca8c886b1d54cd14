"""Units: departments, subdistricts, enterprises and centres."""

from __future__ import annotations

from typing import Annotated

import msgspec

from api.answers import answered
from api.commands import carry_out
from api.lists import List, Paging, Word, next_cursor, position, shown_items
from api.pages import matches, page_of
from api.parameters import etag, not_found
from api.register_routes import with_etag
from api.routes import Call, Match, Nothing, Reply, Resource, Route
from api.shapes import shown
from processes.access import Permission
from processes.organisation import SaveUnit, UnitEntry, UnitKind

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class UnitShown(msgspec.Struct, frozen=True, kw_only=True):
    """A unit."""

    code: str
    name: str
    name_en: str
    kind: UnitKind
    parent: str | None
    #: Units that ended are kept, because cases name them.
    is_valid: bool


class UnitDetail(UnitShown, frozen=True, kw_only=True):
    """A unit with its place in the organisation."""

    #: ``ETag``.
    version: int
    #: Codes of the units directly below it.
    below: list[str]


class UnitList(List, frozen=True, kw_only=True):
    """Units, by code."""

    items: list[UnitShown]
    count: int


class UnitFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which units."""

    kind: UnitKind | None = None
    parent: Word | None = None
    is_valid: bool | None = None
    #: In the code or a name.
    text: Word | None = None


class UnitBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a unit is to be."""

    name: Name
    name_en: Annotated[str, msgspec.Meta(max_length=200)] = ""
    kind: UnitKind
    parent: Annotated[str, msgspec.Meta(min_length=1, max_length=32)] | None = None
    is_valid: bool = True


class UnitSaved(msgspec.Struct, frozen=True, kw_only=True):
    """The unit as it is kept now."""

    code: str
    version: int


async def list_units(call: Call[UnitFilter, None]) -> Reply:
    """Answer units."""
    wanted = call.query
    units = call.platform.people.register.organisation.units.values()
    page = await page_of((unit for unit in units if _is_wanted(unit, wanted)), _code, position(call), wanted.limit)
    items = shown_items(page.items, UnitShown)
    return answered(UnitList(items=items, next=next_cursor(call, page), count=page.count))


async def get_unit(call: Call[Nothing, None]) -> Reply:
    """Answer a unit."""
    code = call.path["unit"]
    version = await call.platform.versions.version(f"unit:{code}")
    units = call.platform.people.register.organisation.units
    if code not in units:
        raise not_found()
    below = sorted(unit.code for unit in units.values() if unit.parent == code)
    return answered(shown(units[code], UnitDetail, version=version, below=below), headers={"etag": etag(version)})


async def put_unit(call: Call[Nothing, UnitBody]) -> Reply:
    """Make or change a unit."""
    body = call.body
    command = SaveUnit(
        actor=call.signed_in.actor,
        expected=call.expected,
        code=call.path["unit"],
        name=body.name,
        name_en=body.name_en,
        kind=body.kind,
        parent=body.parent,
        is_valid=body.is_valid,
    )
    return with_etag(await carry_out(call, command))


def _code(unit: UnitEntry) -> str:
    return unit.code


def _is_wanted(unit: UnitEntry, wanted: UnitFilter) -> bool:
    return (
        wanted.kind in (None, unit.kind)
        and wanted.parent in (None, unit.parent)
        and wanted.is_valid in (None, unit.is_valid)
        and matches(wanted.text, unit.code, unit.name, unit.name_en)
    )


RESOURCE = Resource(
    name="units",
    title_zh="单位",
    title_en="Units",
    routes=(
        Route(
            method="GET",
            path="/units",
            handler=list_units,
            summary_zh="单位列表",
            summary_en="Units",
            query=UnitFilter,
            answer=UnitList,
            permission=Permission.ORGANISATION_READ,
        ),
        Route(
            method="GET",
            path="/units/{unit}",
            handler=get_unit,
            summary_zh="单位",
            summary_en="A unit",
            answer=UnitDetail,
            permission=Permission.ORGANISATION_READ,
        ),
        Route(
            method="PUT",
            path="/units/{unit}",
            handler=put_unit,
            summary_zh="新建或修改单位",
            summary_en="Make or change a unit",
            body=UnitBody,
            answer=UnitSaved,
            also_status=201,
            match=Match.REQUIRED,
        ),
    ),
)
