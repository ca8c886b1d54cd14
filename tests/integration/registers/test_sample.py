"""The sample registers are put in once, by whoever comes first, and never overrule anybody."""

from __future__ import annotations

import asyncio

from engine.actors import SYSTEM
from engine.storage import Database
from processes.contents import RegisterName, coded_lines
from processes.registers import Reviews
from processes.sample import SEED, RegisterTools, seed_sample_registers
from processes.sample.units import unit_commands
from processes.territory import Division
from tests.integration.registers.house import House


async def seed(house: House) -> int:
    tools = RegisterTools(archive=house.archive, imports=house.imports)
    made = await seed_sample_registers(house.database, house.door, tools, by=SEED)
    await house.snapshot.refresh()
    return made


async def test_a_seeded_city_has_a_register_of_each_sort_and_seeding_again_does_nothing(house: House) -> None:
    made = await seed(house)
    in_force = house.live.in_force
    assert made == len(in_force.heads) == 11
    assert set(in_force.calendars) == {"standard", "seasonal"}
    assert (len(in_force.catalogue.subcategories), len(in_force.grids) > 700) == (107, True)
    assert await seed(house) == 0


async def test_the_sample_lists_leave_no_gap_and_name_only_sample_units(house: House) -> None:
    await seed(house)
    reviewed = await Reviews(house.live).review()
    units = {command.code for command in unit_commands(SYSTEM)}
    lists = house.live.in_force.lists
    assert (reviewed.gaps, reviewed.overlaps) == ((), ())
    assert {row.unit for row in lists.area} <= units
    assert {row.owner for row in lists.facility} <= units


async def test_what_a_city_has_imported_itself_stays(house: House) -> None:
    own = coded_lines([Division("152201000000", "自己的市")])
    await house.publish(RegisterName.DIVISIONS, own)
    await seed(house)
    assert [each.name for each in house.live.in_force.divisions] == ["自己的市"]


async def test_two_processes_seed_one_city(house: House, database: Database) -> None:
    other = House(database)
    await other.snapshot.load()
    try:
        made = await asyncio.gather(seed(house), seed(other))
    finally:
        await other.desk.close()
    assert sum(made) == 11
    assert await house.count("register_version") == 11
