"""What changed from one version of the catalogue to another."""

from __future__ import annotations

import asyncio
from typing import Annotated

import msgspec

from api.answers import answered
from api.parameters import LARGEST_SMALL_ID
from api.routes import Call, Reply, Resource, Route
from processes.catalogue import Difference, differences_between
from processes.contents import Lines, RegisterName, catalogue_of


class Against(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The version to compare with."""

    #: The one before when none is named; 0 is the empty catalogue.
    against: Annotated[int, msgspec.Meta(ge=0, le=LARGEST_SMALL_ID)] | None = None


class CatalogueDifferences(msgspec.Struct, frozen=True, kw_only=True):
    """What was added, removed and changed."""

    version: int
    against: int
    differences: tuple[Difference, ...]


async def get_catalogue_differences(call: Call[Against, None]) -> Reply:
    """Answer the differences of two versions, entry by entry and field by field."""
    version: int = call.path["version"]
    against = version - 1 if call.query.against is None else call.query.against
    archive = call.platform.archive
    after = await archive.lines_of_version(RegisterName.CATALOGUE, version)
    before = await archive.lines_of_version(RegisterName.CATALOGUE, against) if against else ()
    found = await asyncio.to_thread(_differences, before, after)
    return answered(CatalogueDifferences(version=version, against=against, differences=found))


def _differences(before: Lines, after: Lines) -> tuple[Difference, ...]:
    return differences_between(catalogue_of(before), catalogue_of(after))


RESOURCE = Resource(
    name="catalogue-differences",
    title_zh="立案标准的变化",
    title_en="Changes of the catalogue",
    routes=(
        Route(
            method="GET",
            path="/catalogue/versions/{version}/differences",
            handler=get_catalogue_differences,
            summary_zh="立案标准两个版本之间的变化",
            summary_en="What changed from one version of the catalogue to another",
            query=Against,
            answer=CatalogueDifferences,
        ),
    ),
)
