"""A city that has imported nothing yet refuses in words what it cannot do, and answers the rest."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from engine.actors import SYSTEM
from engine.errors import InvalidState, NotFound
from guiliu.platform import Platform, build_platform, open_platform
from processes.cases import Location, ReportCase
from processes.contents import RegisterName
from processes.files import FileFormat
from processes.registers import Asked
from processes.territory import Crs, Point
from tests.acceptance.conftest import settings_in


@pytest.fixture
async def empty(database_url: str, tmp_path: Path) -> AsyncIterator[Platform]:
    """A migrated house without a single row of configuration."""
    async with open_platform(build_platform(settings_in(tmp_path), database_url)) as opened:
        yield opened


async def test_nothing_is_reported_before_a_catalogue_is_imported(empty: Platform) -> None:
    report = ReportCase(
        actor=SYSTEM,
        tree=await empty.tree_ids.take(),
        subcategory="component-0101",
        channel="inspector",
        location=Location(lon=122.07, lat=46.08, crs="CGCS2000"),
        description="井盖缺失",
    )
    with pytest.raises(InvalidState) as refused:
        await empty.bus.handle(report)
    assert refused.value.code == "catalogue_empty"


async def test_no_unit_is_proposed_before_there_are_grids(empty: Platform) -> None:
    with pytest.raises(InvalidState) as refused:
        await empty.asking.ask(Asked(subcategory="component-0101", point=Point(122.07, 46.08)))
    assert refused.value.code == "territory_empty"


async def test_what_was_never_imported_cannot_be_exported(empty: Platform) -> None:
    with pytest.raises(NotFound) as refused:
        await empty.imports.export(RegisterName.GRIDS, FileFormat.GEOJSON, number=None, crs=Crs.CGCS2000)
    assert refused.value.code == "register_empty"


async def test_a_review_of_nothing_finds_nothing(empty: Platform) -> None:
    reviewed = await empty.reviews.review()
    assert (reviewed.gaps, reviewed.overlaps) == ((), ())
