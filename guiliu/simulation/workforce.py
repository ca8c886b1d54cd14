"""The people who work in the simulated city: accounts enough for every post and every unit.

Each account is a place at which one task is worked on at a time; who is free first takes what comes next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from engine.actors import Actor
from engine.configuration import ConfigurationCommand
from guiliu.simulation.habits import Habits
from processes.organisation import AssignPosts, PostHeld, SaveAccount
from processes.sample import SEED

#: The post whose people work for the unit that is held responsible; its groups are told apart by unit.
UNIT_POST = "clerk"


@dataclass(frozen=True, kw_only=True)
class Hand:
    """One person to be."""

    username: str
    name: str
    post: str
    unit: str


def hands(habits: Habits, cases_a_day: float, units: Iterable[str], centre: str) -> Iterator[Hand]:
    """Everybody who works in a city of so many cases, in the centre and in the units with these codes."""
    names, crowd = habits.names(), max(1.0, cases_a_day / habits.cases_a_day)
    for post, places in habits.places.items():
        for number in range(1, ceil(places * crowd) + 1):
            yield Hand(username=f"{post}-{number}", name=next(names), post=post, unit=centre)
    for unit in units:
        for number in range(1, ceil(habits.places_of_a_unit * crowd) + 1):
            username = f"{UNIT_POST}-{unit}-{number}".replace("_", "-")
            yield Hand(username=username, name=next(names), post=UNIT_POST, unit=unit)


def hiring(hired: Iterable[Hand]) -> Iterator[ConfigurationCommand]:
    """The commands that make their accounts; without passwords, so that nobody signs in as one of them."""
    for hand in hired:
        yield SaveAccount(actor=SEED, expected=0, username=hand.username, name=hand.name)
        posts = (PostHeld(post=hand.post, unit=hand.unit),)
        yield AssignPosts(actor=SEED, expected=0, username=hand.username, posts=posts)


@dataclass
class Place:
    """Where one person works."""

    actor: Actor
    #: When the work in hand will be done.
    free_at: datetime


@dataclass
class Workforce:
    """All places, found by the groups that a task is offered to."""

    places: Sequence[Place]
    _of_group: dict[str, list[Place]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place in self.places:
            for group in sorted(place.actor.groups):
                self._of_group.setdefault(group, []).append(place)

    def free_first(self, groups: Sequence[str]) -> Place | None:
        """Who of the groups has time first; ``None`` when it is offered to nobody here."""
        offered = [place for group in groups for place in self._of_group.get(group, ())]
        return min(offered, key=lambda place: place.free_at, default=None)
