"""What people in the simulated city usually do. Data (``habits.json``): no word here about which step follows which.

A habit belongs to a form: how long it takes to fill it in, and what is usually answered. A form that nobody has
habits for is filled in by its schema, so a step that a designer adds is worked on as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import cycle
from random import Random
from typing import Any

import msgspec


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One way to fill in a form. Texts that begin with ``$`` stand for what is known of the case."""

    weight: float
    data: dict[str, Any]


class Usage(msgspec.Struct, frozen=True, kw_only=True):
    """A verb that is used now and then. Texts that begin with ``$`` stand for what is known of the case."""

    verb: str
    chance: float
    data: dict[str, Any]
    #: Groups whose people use it; empty when it is whoever works on the task.
    by: list[str] = []
    #: Days for which the work itself is put off.
    waits: float = 0


class Habit(msgspec.Struct, frozen=True, kw_only=True):
    """How a form is worked on."""

    #: Minutes of work, least and most.
    minutes: tuple[float, float]
    answers: list[Answer]
    #: Share of the case's own limit after which it is answered, least, usual and most; none when it is only the work.
    share_of_limit: tuple[float, float, float] | None = None
    #: Whether it is worked on at night and on days off too.
    around_the_clock: bool = False
    #: What is asked for by verbs before the work is done; one of them at most.
    verbs: list[Usage] = []

    def usage(self, random: Random) -> Usage | None:
        """The verb that is used this time; mostly none."""
        drawn = random.random()
        for usage in self.verbs:
            if drawn < usage.chance:
                return usage
            drawn -= usage.chance
        return None


class Burst(msgspec.Struct, frozen=True, kw_only=True):
    """Some hours in which much more is reported, and of certain classes."""

    name: str
    #: That it happens in the days that are played.
    chance: float
    hours: int
    factor: float
    #: Beginnings of sub-category keys.
    classes: tuple[str, ...]


class Habits(msgspec.Struct, frozen=True, kw_only=True):
    """All habits of a city."""

    #: How busy each hour of a work day is, from midnight.
    hours: Sequence[float]
    #: The same for a day off, as a factor.
    weekend: float
    channels: Mapping[str, float]
    descriptions: Sequence[str]
    bursts: Sequence[Burst]
    #: Share of the reports within a burst that are about it.
    burst_share: float
    #: As many as the people below can just bear; a city with more has more people.
    cases_a_day: float
    #: People of a post who share its work, by the group that is asked.
    places: Mapping[str, int]
    #: People of each unit who share the unit's work.
    places_of_a_unit: int
    #: What people are called: a letter each, and words.
    surnames: str
    given_names: str
    forms: Mapping[str, Habit]
    other_forms: Habit
    #: Verbs that those use who watch over cases, and hours after its report within which they do.
    watching: Sequence[Usage]
    watched_within: tuple[float, float]

    def names(self) -> Iterator[str]:
        """What people are called, one after the other, each another: both parts come around at their own pace."""
        return map("".join, zip(cycle(self.surnames), cycle(self.given_names.split())))

    def habit_of(self, form: str) -> Habit:
        """How a form is worked on, also one that nobody has habits for."""
        return self.forms.get(form, self.other_forms)


def shipped_habits() -> Habits:
    """The habits of the sample city."""
    return msgspec.json.decode(files(__package__).joinpath("habits.json").read_bytes(), type=Habits)
