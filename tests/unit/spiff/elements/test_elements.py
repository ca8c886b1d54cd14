"""Each element that is executed, in each of the surroundings, straight and stored and loaded after every step."""

from __future__ import annotations

import pytest

from engine.definition import Severity
from engine.event import Event
from engine.events import TaskCompleted, TaskOpened, TaskWithdrawn, TimerArmed, TimerCancelled, TimerFired
from engine.message_events import SubscriptionClosed, SubscriptionCorrelated, SubscriptionOpened
from tests.unit.spiff.driving import Case
from tests.unit.spiff.elements.part import Part
from tests.unit.spiff.elements.surroundings import SURROUNDINGS
from tests.unit.spiff.elements.table import PARTS

#: Whatever is begun is ended, once, in one of these ways.
ENDINGS: dict[type[Event], tuple[type[Event], ...]] = {
    TaskOpened: (TaskCompleted, TaskWithdrawn),
    TimerArmed: (TimerFired, TimerCancelled),
    SubscriptionOpened: (SubscriptionCorrelated, SubscriptionClosed),
}


@pytest.mark.parametrize("surroundings", SURROUNDINGS)
@pytest.mark.parametrize("name", PARTS)
def test_an_element_does_the_same_wherever_it_stands(name: str, surroundings: str) -> None:
    part, play = PARTS[name], SURROUNDINGS[surroundings]
    straight, reloaded = play(part, reloads=False), play(part, reloads=True)
    assert straight.events == reloaded.events
    _check(straight, part)


def _check(case: Case, part: Part) -> None:
    assert not case.fault_codes
    assert not [one for one in case.definition.view.findings if one.severity is not Severity.NOTE]
    assert part.first in case.path
    for begun, ended in ENDINGS.items():
        assert len(case.of(begun)) == sum(len(case.of(one)) for one in ended)
