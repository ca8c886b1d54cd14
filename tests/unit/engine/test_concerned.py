"""Events go only to the projections that say that they concern them, so what these fold they must have said."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from engine.event import Event
from engine.events import ENGINE_EVENTS, InstanceCompleted, Recorded, TokensMoved
from engine.projection import Concerned, Projection, Rows
from guiliu.rules import PROJECTIONS
from processes.cases import CASE_EVENTS
from processes.timekeeping import DEADLINE_EVENTS

#: Stands for every member of an event and for every row: whoever looks closer fails, and that is a fold too.
ANY = 1


def recorded(event: type[Event]) -> Recorded:
    members: dict[str, Any] = dict.fromkeys(event.__struct_fields__, ANY)
    return Recorded(
        tree=1,
        seq=1,
        at=datetime(2026, 1, 1, tzinfo=UTC),
        actor="user:1",
        event=event(**members),
        payload=b"",
        hash=b"",
    )


@pytest.mark.parametrize("projection", PROJECTIONS, ids=lambda projection: projection.table)
def test_what_does_not_concern_a_projection_changes_none_of_its_rows(projection: Projection[Any]) -> None:
    for event in (*ENGINE_EVENTS, *CASE_EVENTS, *DEADLINE_EVENTS):
        if not issubclass(event, projection.events):
            rows: Rows[Any] = Rows({ANY: ANY})
            projection.fold(rows, recorded(event))
            assert rows.changed() == [], event


def test_an_event_goes_to_those_it_concerns_in_their_order() -> None:
    concerned = Concerned(PROJECTIONS)
    assert [projection.table for projection in concerned[TokensMoved]] == ["case_media"]
    tables = [projection.table for projection in concerned[InstanceCompleted]]
    assert tables == ["instance", "procedure", "cases", "case_media"]
