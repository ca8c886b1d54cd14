"""The row of a case, event by event."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from engine.event import Event
from engine.events import (
    FactsChanged,
    InstanceCancelled,
    InstanceCompleted,
    InstanceStarted,
    Recorded,
    StageEntered,
    TaskCompleted,
    TaskOpened,
)
from engine.projection import Rows
from processes.cases import CaseProjection, CaseReported, CaseRow

BEGIN = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
REPORTED = CaseReported(
    number="1522012026070100042",
    subcategory="component-0101",
    condition=None,
    channel="hotline",
    description="井盖缺失",
    lon=122.07,
    lat=46.08,
    given_crs="CGCS2000",
    address="",
    grid="",
    community="",
    street="",
    media=[],
)
STARTED = InstanceStarted(instance=1, definition_key="case", definition_sha="00")


def folded(*events: Event, actor: str = "user:1") -> CaseRow:
    rows: Rows[CaseRow] = Rows()
    for seq, event in enumerate(events, 1):
        at = BEGIN + timedelta(minutes=seq)
        recorded = Recorded(tree=1, seq=seq, at=at, actor=actor, event=event, payload=b"", hash=b"")
        CaseProjection().fold(rows, recorded)
    return rows[0]


def opened(task: int, *groups: str, assignee: str | None = None) -> TaskOpened:
    return TaskOpened(task=task, instance=1, element="e", name="n", groups=list(groups), assignee=assignee)


def test_the_stage_is_the_one_last_entered_by_the_cases_own_instance() -> None:
    row = folded(
        REPORTED,
        STARTED,
        StageEntered(instance=1, element="a", stage="任意"),
        InstanceStarted(instance=5, definition_key="extension", definition_sha="00"),
        StageEntered(instance=5, element="b", stage="approval"),
    )
    assert (row.stage, row.instance) == ("任意", 1)


def test_only_the_cases_own_instance_ends_it() -> None:
    other = InstanceCompleted(instance=5, ends=["done"])
    assert folded(REPORTED, STARTED, other).is_open
    ended = folded(REPORTED, STARTED, InstanceCompleted(instance=1, ends=["closed"]))
    assert (ended.is_open, ended.end, ended.ended_at) == (False, "closed", BEGIN + timedelta(minutes=3))


def test_a_case_that_is_cancelled_has_ended() -> None:
    row = folded(REPORTED, STARTED, InstanceCancelled(instance=1, reason="x"))
    assert (row.is_open, row.end) == (False, "cancelled")


def test_keys_are_added_to_the_audience_and_never_taken_away() -> None:
    row = folded(
        REPORTED,
        STARTED,
        opened(2, "acceptor", "clerk@U12"),
        opened(3, assignee="user:9"),
        FactsChanged(instance=1, element="e", facts={"responsible_unit": "U12"}),
        FactsChanged(instance=1, element="e", facts={"responsible_unit": "U13"}),
        FactsChanged(instance=1, element="e", facts={"responsible_unit": None}),
    )
    assert row.audience == (
        "group:acceptor",
        "group:clerk@U12",
        "unit:U12",
        "unit:U13",
        "user:1",
        "user:9",
    )
    assert row.unit is None


def test_whoever_completes_a_task_sees_the_case() -> None:
    done = TaskCompleted(task=2, instance=1, element="e", data={})
    assert folded(REPORTED, done, actor="key:3").audience == ("key:3",)


def test_facts_that_lists_look_at_are_columns_too() -> None:
    facts = {"filed_at": "2026-07-01T16:30:00+08:00", "condition": "incident-0203-01", "urgency": "urgent"}
    row = folded(REPORTED, FactsChanged(instance=1, element="e", facts=facts))
    assert row.filed_at == datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
    assert (row.condition, row.subcategory) == ("incident-0203-01", "incident-0203")
    assert row.facts == {"rework_count": 0, "return_count": 0, "urge_count": 0, "catalogue_version": 0, **facts}


def test_events_before_the_report_make_no_row() -> None:
    rows: Rows[CaseRow] = Rows()
    recorded = Recorded(tree=1, seq=1, at=BEGIN, actor="user:1", event=STARTED, payload=b"", hash=b"")
    CaseProjection().fold(rows, recorded)
    assert dict(rows.items()) == {}
