"""What is in force in memory: one consistent picture, read again only where it changed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.actors import SYSTEM
from engine.errors import Invalid
from engine.storage import Database
from processes.calendars import calendar_to_json, sample_calendars
from processes.catalogue.sample import sample_sheet
from processes.contents import (
    RegisterName,
    calendar_lines,
    calendar_register,
    coded_lines,
    deadline_settings_lines,
    lines_of,
    rows_of,
)
from processes.deadlines import DeadlineSettings
from processes.files import Mode
from processes.registers import SentFile, judged_calendar, live
from processes.responsibility import AreaRow, Question
from processes.territory import Division, Point, UnitGrid
from processes.territory.sample import sample_grids
from tests.integration.registers.house import House

GRIDS = coded_lines(sample_grids())


async def save_calendar(house: House, key: str, *, expected: int, **changes: object) -> None:
    rows = {**calendar_to_json(sample_calendars()["standard"]), **changes}
    lines = calendar_lines(judged_calendar(key, rows).rows)
    edited = await house.editing.edited(calendar_register(key), lambda _: lines, expected=expected)
    await house.door.handle(await house.editing.command(edited, actor=SYSTEM))
    await house.snapshot.refresh()


async def test_before_the_first_import_everything_is_empty_and_answers(house: House) -> None:
    in_force = house.live.in_force
    assert (in_force.catalogue.subcategories, dict(in_force.calendars), len(in_force.grids)) == ((), {}, 0)
    assert in_force.number("catalogue") == 0


async def test_a_city_has_the_usual_settings_of_deadlines_until_it_publishes_others(house: House) -> None:
    assert house.live.in_force.deadline_settings == DeadlineSettings()
    strict = DeadlineSettings(warn_share=Decimal("0.5"), most_extensions=0)
    await house.publish(RegisterName.DEADLINE_SETTINGS, deadline_settings_lines(strict))
    assert house.live.in_force.deadline_settings == strict


async def test_another_process_sees_a_version_with_the_epoch_that_brought_it(house: House, database: Database) -> None:
    other = House(database)
    await other.snapshot.load()
    await house.publish(RegisterName.GRIDS, GRIDS)
    assert len(other.live.in_force.grids) == 0
    await other.snapshot.refresh()
    (grid,) = rows_of(GRIDS[:1], UnitGrid)
    point = grid.boundary.representative_point()
    place = other.live.in_force.locator.place_of(Point(point.x, point.y))
    assert len(other.live.in_force.grids) == len(GRIDS)
    assert place is not None
    assert place.grid == grid.code


async def test_an_epoch_that_changed_something_else_reads_no_content_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.publish(RegisterName.GRIDS, GRIDS)
    await house.publish(RegisterName.AREA_LIST, lines_of([AreaRow("a", "152201000000", "*", "u")]))
    await save_calendar(house, "one", expected=0)
    before = house.live.in_force
    read: list[bytes] = []
    lines_of_content = live.lines_of_content

    async def lines_noted(reader: live.Reader, digest: bytes) -> tuple[str, ...]:
        read.append(digest)
        return await lines_of_content(reader, digest)

    monkeypatch.setattr(live, "lines_of_content", lines_noted)
    await save_calendar(house, "two", expected=0)
    after = house.live.in_force
    assert read == [after.digest("calendar:two")]
    assert (after.grids, after.locator, after.responsibility) == (
        before.grids,
        before.locator,
        before.responsibility,
    )
    assert after.calendars["one"] is before.calendars["one"]
    assert set(after.calendars) == {"one", "two"}


async def test_a_list_changed_alone_keeps_the_others(house: House) -> None:
    await house.publish(RegisterName.GRIDS, GRIDS)
    await house.publish(RegisterName.AREA_LIST, lines_of([AreaRow("a", "152201000000", "*", "u")]))
    area = house.live.in_force.lists.area
    await house.publish(RegisterName.DIVISIONS, coded_lines([Division("152201000000", "市")]))
    grid = rows_of(GRIDS[:1], UnitGrid)[0]
    point = grid.boundary.representative_point()
    in_force = house.live.in_force
    place = in_force.locator.place_of(Point(point.x, point.y))
    assert place is not None
    assert in_force.lists.area is area
    assert in_force.responsibility.propose(Question("incident-0101", place)).unit == "u"


async def test_a_calendar_that_cannot_count_is_refused_with_every_place_before_anything_is_stored(
    house: House,
) -> None:
    with pytest.raises(Invalid) as refused:
        await save_calendar(house, "bad", expected=0, zone="Mars", working_weekdays=[8])
    pointers = {error["pointer"] for error in refused.value.details["errors"]}
    assert {"/zone", "/working_weekdays/0"} <= pointers
    assert await house.count("register_content") == 0


async def test_numbers_of_conditions_are_kept_over_imports(house: House) -> None:
    first = await house.imports.stage(RegisterName.CATALOGUE, SentFile(content=sample_sheet()), SYSTEM)
    await house.apply(RegisterName.CATALOGUE, first.id)
    rows = sample_sheet().decode("utf-8-sig").splitlines()
    shorter = "\n".join((rows[0], *rows[2:])).encode()
    second = await house.imports.stage(RegisterName.CATALOGUE, SentFile(content=shorter), SYSTEM)
    await house.apply(RegisterName.CATALOGUE, second.id)
    await house.snapshot.refresh()
    before = await house.archive.lines_of_version(RegisterName.CATALOGUE, 1)
    after = await house.archive.lines_of_version(RegisterName.CATALOGUE, 2)
    assert set(after) < set(before)
    assert len(before) - len(after) == 1


async def test_a_merged_file_leaves_the_rows_that_it_does_not_name(house: House) -> None:
    await house.publish(RegisterName.DIVISIONS, coded_lines([Division("152201000000", "市")]))
    file = SentFile(content="代码,名称\n152201001000,街道\n".encode(), mode=Mode.MERGE)
    staged = await house.imports.stage(RegisterName.DIVISIONS, file, SYSTEM)
    await house.apply(RegisterName.DIVISIONS, staged.id)
    await house.snapshot.refresh()
    assert [each.name for each in house.live.in_force.divisions] == ["市", "街道"]
