"""Playing city days: hire people, draw what is reported, let it all happen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from engine.clock import VirtualClock
from engine.errors import Stale
from guiliu.platform import Platform, build_platform, open_platform
from guiliu.settings import Settings
from guiliu.simulation.habits import Habits, shipped_habits
from guiliu.simulation.office_hours import OfficeHours
from guiliu.simulation.plan import CityDays, arrivals
from guiliu.simulation.solitude import SIMULATION, alone_on
from guiliu.simulation.tally import Tally, tally
from guiliu.simulation.town import Town, actors_of
from guiliu.simulation.workforce import Hand, Place, Workforce, hands, hiring
from processes.sample import CENTRE
from processes.timekeeping import USUAL_CALENDAR


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far the days have gone by."""

    now: datetime
    commands: int
    #: Refusals by code, of commands that came too late or met a rule.
    refused: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of the days."""

    progress: Progress
    tally: Tally
    #: Names of classes and units, by key.
    names: Mapping[str, str]


async def simulate(
    settings: Settings, url: str, played: CityDays, tell: Callable[[Progress], None] = lambda _: None
) -> Outcome:
    """Play the days in a city that holds the sample registers. Raises ``InUse`` while anybody else works on it."""
    clock = VirtualClock(now=played.start)
    platform = build_platform(settings, url, clock=clock, pool=SIMULATION)
    async with alone_on(url), open_platform(platform):
        town = await _town(platform, clock, played, shipped_habits())
        while (at := await town.play_until(played.end)) is not None:
            tell(_progress(at, town))
        found = await tally(platform.database, played.start, played.end)
        return Outcome(progress=_progress(played.end, town), tally=found, names=_names(platform))


def _names(platform: Platform) -> Mapping[str, str]:
    classes = {each.key: each.name for each in platform.registers.in_force.catalogue.classes}
    return {**classes, **{code: unit.name for code, unit in platform.people.register.organisation.units.items()}}


def _progress(at: datetime, town: Town) -> Progress:
    return Progress(now=at, commands=town.commands, refused=dict(town.refused))


async def _town(platform: Platform, clock: VirtualClock, played: CityDays, habits: Habits) -> Town:
    workforce = await _hired(platform, habits, played)
    in_force = platform.registers.in_force
    random = Random(played.seed + 1)  # noqa: S311 - the same seed has to give the same city
    town = Town(
        platform=platform,
        clock=clock,
        habits=habits,
        workforce=workforce,
        hours=OfficeHours(in_force.calendars[USUAL_CALENDAR], random),
        random=random,
    )
    town.expect(arrivals(played, habits, in_force.catalogue, in_force.grids.valid()))
    return town


async def _hired(platform: Platform, habits: Habits, played: CityDays) -> Workforce:
    units = platform.people.register.organisation.units
    hired = list(hands(habits, played.cases / played.days, sorted(units), CENTRE))
    await _make_accounts(platform, hired)
    await platform.snapshot.load()
    return Workforce([Place(actor, played.start) for actor in actors_of(platform, [hand.username for hand in hired])])


async def _make_accounts(platform: Platform, hired: Sequence[Hand]) -> None:
    for command in hiring(hired):
        try:
            await platform.bus.handle(command)
        except Stale:
            # Hired by an earlier simulation.
            continue
