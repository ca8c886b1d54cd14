"""Events are known by name and version, and by nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.event import Event
from engine.events import ENGINE_EVENTS, FactsChanged, TaskOpened
from engine.jsontext import json_text
from engine.log import EventCatalogue, UnknownEvent


class Reported(Event, frozen=True, kw_only=True):
    title: str


def test_an_event_is_read_back_with_exact_numbers() -> None:
    catalogue = EventCatalogue((*ENGINE_EVENTS, Reported))
    event = FactsChanged(instance=1, element="a", facts={"cost": Decimal("0.10"), "count": 3})
    again = catalogue.decode("FactsChanged", 1, json_text(event))
    assert again == event
    assert json_text(again) == json_text(event)


def test_members_left_out_take_their_defaults() -> None:
    opened = EventCatalogue(ENGINE_EVENTS).decode("TaskOpened", 1, b'{"task":1,"instance":1,"element":"e","name":"n"}')
    assert isinstance(opened, TaskOpened)
    assert (opened.groups, opened.priority) == ([], 50)


@pytest.mark.parametrize(("type_", "version"), [("TaskOpened", 2), ("TaskLost", 1)])
def test_an_unknown_event_is_an_error(type_: str, version: int) -> None:
    with pytest.raises(UnknownEvent, match=type_):
        EventCatalogue(ENGINE_EVENTS).decode(type_, version, b"{}")


def test_two_events_cannot_share_an_identity() -> None:
    with pytest.raises(ValueError, match="Reported"):
        EventCatalogue((Reported, Reported))
