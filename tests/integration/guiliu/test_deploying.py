"""What deploying gives a city that has nothing yet."""

from __future__ import annotations

from pathlib import Path

from guiliu.deploying import provide_calendar
from guiliu.platform import build_platform, open_platform
from guiliu.settings import read_settings
from processes.timekeeping import USUAL_CALENDAR


async def test_a_city_without_a_calendar_gets_the_shipped_one_once(database_url: str, tmp_path: Path) -> None:
    settings = read_settings({"GUILIU_HOME": str(tmp_path)})
    async with open_platform(build_platform(settings, database_url)) as platform:
        assert await provide_calendar(platform)
        assert not await provide_calendar(platform)
    async with open_platform(build_platform(settings, database_url)) as platform:
        assert USUAL_CALENDAR in platform.registers.in_force.calendars
