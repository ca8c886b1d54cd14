"""The days as they go by: what falls due first happens first, each as a command through the bus.

Nothing here knows the way of a case. Whoever is asked answers the form that lies before him, and what opens next is
up to the diagrams.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

import msgspec

from engine.actors import Actor
from engine.clock import VirtualClock
from engine.commands import ClaimTask, CompleteTask
from engine.errors import Refusal
from engine.storage.tables import split
from engine.timers import TimerClaims, TimerWorker
from guiliu.platform import Platform
from guiliu.simulation.answers import SOON, by_habit, by_schema, filled
from guiliu.simulation.habits import Habits, Usage
from guiliu.simulation.office_hours import OfficeHours
from guiliu.simulation.plan import Arrival
from guiliu.simulation.workforce import Place, Workforce
from processes.cases import Location, ReportCase
from processes.catalogue import FilingCondition
from processes.escalations import DeadlineWatch, WarningClaims
from processes.registers import Asked
from processes.territory import Point
from processes.verbs import UseVerb

#: The group whose people bring in what nobody else does.
REPORTERS = ("acceptor",)
_OPENED_SINCE = """
select tree, id, form, queue from task where state = 'open' and opened_at >= $1 order by tree, id
"""


@dataclass(frozen=True, kw_only=True)
class Story:
    """What those who work on a case know of it."""

    condition: FilingCondition
    #: Code of the unit that the lists propose.
    unit: str


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A task that somebody has taken in hand."""

    tree: int
    task: int
    form: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A verb that somebody is about to use on a case, or on a task of it."""

    tree: int
    task: int | None
    usage: Usage
    place: Place


Doing = Arrival | Offered | Wanted


@dataclass
class Town:
    """One city on a virtual clock."""

    platform: Platform
    clock: VirtualClock
    habits: Habits
    workforce: Workforce
    hours: OfficeHours
    random: Random
    #: Commands that were refused, by code; a withdrawn task is nobody's mistake.
    refused: Counter[str] = field(default_factory=Counter)
    commands: int = 0
    _due: list[tuple[datetime, int, Doing]] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)
    _stories: dict[int, Story] = field(default_factory=dict)
    _taken: set[tuple[int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._claims = TimerClaims(self.platform.database, self.clock)
        self._timers = TimerWorker(self.platform.bus, self._claims)
        self._warning_claims = WarningClaims(self.platform.database, self.clock)
        self._warnings = DeadlineWatch(self.platform.bus, self._warning_claims)

    def expect(self, arrivals: Sequence[Arrival]) -> None:
        """Let these be reported when their time has come."""
        for arrival in arrivals:
            self._put(arrival.at, arrival)

    async def play_until(self, end: datetime) -> datetime | None:
        """Let the next thing happen that falls due before ``end``; when it did, or ``None`` when nothing is left."""
        if not self._due or self._due[0][0] > end:
            await self._pass_time(end)
            if not self._due or self._due[0][0] > end:
                return None
        at, _, doing = heapq.heappop(self._due)
        await self._pass_time(at)
        match doing:
            case Arrival():
                await self._report(doing)
            case Offered():
                await self._perform(doing)
            case Wanted():
                await self._use(doing)
        return at

    async def _pass_time(self, until: datetime) -> None:
        """Move the clock, stopping wherever a deadline warns or a timer is due."""
        while (wait := await self._next_due()) is not None and self.clock.now + wait <= until:
            self.clock.now += max(wait, timedelta())
            moved = await self._warnings.warn_due() + await self._timers.fire_due()
            self.commands += moved
            if not moved:
                break
            await self._take_up_since(self.clock.now)
        self.clock.now = max(self.clock.now, until)

    async def _next_due(self) -> timedelta | None:
        waits = (await self._warning_claims.next_due(), await self._claims.next_due())
        return min((wait for wait in waits if wait is not None), default=None)

    async def _report(self, arrival: Arrival) -> None:
        place = self.workforce.free_first([arrival.channel]) or self.workforce.free_first(REPORTERS)
        assert place is not None, "every city has someone who takes reports"  # noqa: S101 - see ``habits.json``
        tree = await self.platform.tree_ids.take()
        answer = await self._handle(
            ReportCase(
                actor=place.actor,
                tree=tree,
                subcategory=arrival.condition.subcategory,
                channel=arrival.channel,
                location=Location(lon=arrival.lon, lat=arrival.lat, crs="CGCS2000"),
                description=arrival.description,
            )
        )
        if answer is not None:
            self._stories[tree] = Story(condition=arrival.condition, unit=await self._proposed(arrival))
            self._take_up(answer)
            self._watch(tree)

    async def _proposed(self, arrival: Arrival) -> str:
        point = Point(arrival.lon, arrival.lat)
        asked = Asked(subcategory=arrival.condition.subcategory, point=point)
        return (await self.platform.asking.ask(asked)).proposal.unit

    async def _perform(self, offered: Offered) -> None:
        actor = offered.place.actor
        claimed = ClaimTask(actor=actor, tree=offered.tree, task=offered.task)
        if await self._handle(claimed) is None:
            return
        data = await self._answer(offered)
        answer = await self._handle(CompleteTask(actor=actor, tree=offered.tree, task=offered.task, data=data))
        if answer is not None:
            self._take_up(answer)

    async def _answer(self, offered: Offered) -> dict[str, Any]:
        story = self._stories[offered.tree]
        habit = self.habits.habit_of(offered.form)
        if habit.answers:
            return by_habit(habit, self._known(story), self.random)
        if not offered.form:
            return {}
        detail = await self.platform.tasks.detail(offered.place.actor, offered.tree, offered.task)
        return by_schema((detail.form or {}).get("schema", {}), self.random)

    def _known(self, story: Story) -> Mapping[str, str]:
        soon = (self.clock.now + SOON).isoformat(timespec="seconds")
        return {"condition": story.condition.key, "unit": story.unit, "soon": soon}

    async def _use(self, wanted: Wanted) -> None:
        command = UseVerb(
            actor=wanted.place.actor,
            tree=wanted.tree,
            verb=wanted.usage.verb,
            task=wanted.task,
            data=filled(wanted.usage.data, self._known(self._stories[wanted.tree])),
        )
        answer = await self._handle(command)
        if answer is not None:
            self._take_up(answer)

    def _watch(self, tree: int) -> None:
        """Let those who watch over cases do something with this one in its time, if they ever do."""
        for usage in self.habits.watching:
            if self.random.random() < usage.chance and (place := self.workforce.free_first(usage.by)):
                hours = self.random.uniform(*self.habits.watched_within)
                wanted = Wanted(tree=tree, task=None, usage=usage, place=place)
                self._put(self.clock.now + timedelta(seconds=int(hours * 3600)), wanted)

    def _take_up(self, answer: Mapping[str, Any]) -> None:
        for opened in answer["opened"]:
            tree, _, task = opened["id"].partition(".")
            self._offer(int(tree), int(task), opened["form"], opened["groups"])

    async def _take_up_since(self, moment: datetime) -> None:
        """What timers have opened: their answers are nobody's."""
        for tree, task, form, queue in await self.platform.database.fetch(_OPENED_SINCE, moment):
            if tree in self._stories:
                self._offer(tree, task, form, split(queue))

    def _offer(self, tree: int, task: int, form: str, groups: Sequence[str]) -> None:
        place = self.workforce.free_first(groups)
        if place is None or (tree, task) in self._taken:
            return
        self._taken.add((tree, task))
        habit, now = self.habits.habit_of(form), self.clock.now
        done = self.hours.done_at(habit, max(now, place.free_at))
        place.free_at = done
        at = max(done, self.hours.answered_at(habit, now, self._stories[tree].condition.limit))
        if usage := habit.usage(self.random):
            self._put(done, Wanted(tree=tree, task=task, usage=usage, place=place))
            at = max(at, done + timedelta(seconds=1)) + timedelta(days=usage.waits)
        self._put(at, Offered(tree=tree, task=task, form=form, place=place))

    def _put(self, at: datetime, doing: Doing) -> None:
        heapq.heappush(self._due, (at, next(self._numbers), doing))

    async def _handle(self, command: Any) -> Mapping[str, Any] | None:
        self.commands += 1
        try:
            answer = await self.platform.bus.handle(command)
        except Refusal as refusal:
            self.refused[refusal.code] += 1
            return None
        body: Mapping[str, Any] = msgspec.json.decode(answer.body)
        return body


def actors_of(platform: Platform, usernames: Sequence[str]) -> list[Actor]:
    """The actors of accounts, in the order given."""
    organisation = platform.people.register.organisation
    by_name = {entry.username: account for account, entry in organisation.accounts.items()}
    found = (platform.people.actor(by_name[username]) for username in usernames)
    return [actor for actor in found if actor is not None]
