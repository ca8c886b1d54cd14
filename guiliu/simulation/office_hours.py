"""When work that was begun will be done, in the city's office hours or around the clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from guiliu.simulation.habits import Habit
from processes.calendars import CompiledCalendar, from_seconds, to_seconds
from processes.catalogue import TimeLimit
from processes.deadlines import due_at, time_limit


class OfficeHours:
    """Counts working time over the city's calendar."""

    def __init__(self, calendar: CompiledCalendar, random: Random) -> None:
        self._calendar = calendar
        self._random = random

    def done_at(self, habit: Habit, begun_at: datetime) -> datetime:
        """When somebody who begins now has worked as long as this takes."""
        minutes = self._random.uniform(*habit.minutes)
        if habit.around_the_clock:
            return begun_at + timedelta(seconds=int(minutes * 60))
        return self._moment(self._calendar.moment_after_work(to_seconds(begun_at), int(minutes * 60)))

    def answered_at(self, habit: Habit, offered_at: datetime, limit: TimeLimit) -> datetime:
        """When it is answered by those who look at its limit; the moment itself when the habit does not."""
        if habit.share_of_limit is None:
            return offered_at
        least, usual, most = habit.share_of_limit
        share = self._random.triangular(least, most, usual)
        whole = due_at(self._calendar, offered_at, time_limit(limit.amount, limit.unit)) - offered_at
        reached = offered_at + timedelta(seconds=int(whole.total_seconds() * share))
        return self._moment(self._calendar.when_work_goes_on(to_seconds(reached)))

    def _moment(self, seconds: int) -> datetime:
        return from_seconds(seconds, self._calendar.zone)
