"""Reporting a case and taking it through the house, on PostgreSQL."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.commands import IdempotencyKey
from engine.errors import Forbidden, Invalid, InvalidState, NotFound
from engine.events import ENGINE_EVENTS, Recorded
from engine.log import EventCatalogue
from engine.projection import Rows
from processes.cases import CASE_EVENTS, CaseProjection, Location, Reporter
from processes.cases.reporting import salted_hash
from processes.cases.tables import CaseTable, case_row
from processes.timekeeping import DEADLINE_EVENTS
from tests.integration.cases.house import ACCEPTOR, CLERK, DISPATCHER, LEAD, REPORTER, STRANGER, House, person


async def test_a_reported_case_has_a_number_a_row_and_a_first_task(house: House) -> None:
    body = await house.reported()
    assert re.fullmatch(r"152201\d{8}\d{5}", body["number"])
    assert body["stage"] == "acceptance"
    assert [task["groups"] for task in body["opened"]] == [["acceptor"]]
    detail = await house.cases.detail(REPORTER, body["case"])
    assert (detail.number, detail.stage, detail.is_open) == (body["number"], "acceptance", True)
    assert detail.facts["urgency"] == "normal"


async def test_a_case_walks_from_report_to_closure(house: House) -> None:
    case = await house.close(await house.report())
    detail = await house.cases.detail(REPORTER, case)
    assert (detail.stage, detail.end, detail.is_open) == ("closed", "closed", False)
    assert detail.filed_at is not None
    assert detail.closed_at == detail.ended_at
    assert detail.facts["disposal_measures"] == "补装井盖"
    assert await house.cases.waits(REPORTER, case) == []


async def test_the_stored_row_follows_from_the_log_alone(house: House) -> None:
    case = await house.close(await house.report(reporter=Reporter(name="李四", phone="13800000000")))
    catalogue = EventCatalogue((*ENGINE_EVENTS, *CASE_EVENTS, *DEADLINE_EVENTS))
    rows: Rows[Any] = Rows()
    for row in await house.database.fetch("select * from event where tree = $1 order by seq", case):
        event = catalogue.decode(row["type"], row["version"], row["payload"].encode())
        payload = row["payload"].encode()
        recorded = Recorded(
            tree=case, seq=row["seq"], at=row["at"], actor=row["actor"], event=event, payload=payload, hash=row["hash"]
        )
        CaseProjection().fold(rows, recorded)
    stored = await house.database.fetchrow(CaseTable.load, case)
    assert stored is not None
    assert dict(rows.items()) == {0: case_row(tuple(stored))}


async def test_one_report_sent_twenty_times_is_one_case(house: House) -> None:
    key = IdempotencyKey(actor=REPORTER.id, key="k", fingerprint=b"same")
    bodies = await asyncio.gather(*(house.reported(key=key) for _ in range(20)))
    assert len({body["case"] for body in bodies}) == 1
    assert await house.database.fetchval("select count(*) from cases") == 1


async def test_the_log_holds_hashes_and_the_side_table_the_person(house: House) -> None:
    reporter = Reporter(name="李四", phone="13800000000")
    case = await house.report(reporter=reporter)
    log = await house.database.fetchval("select string_agg(payload, '') from event where tree = $1", case)
    assert "李四" not in log
    assert "13800000000" not in log
    assert reporter.salt.hex() not in log
    assert salted_hash(reporter.salt, "李四") in log
    stored = await house.database.fetch("select field, value, salt from personal where tree = $1 order by field", case)
    assert [tuple(row) for row in stored] == [(1, "李四", reporter.salt), (2, "13800000000", reporter.salt)]
    history = await house.cases.history(REPORTER, case, None, 100)
    assert all("personal" not in entry.payload for entry in history.items)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"subcategory": "component-9999"}, "/subcategory"),
        ({"condition": "component-0102-01"}, "/condition"),
        ({"channel": "rumour"}, "/channel"),
        ({"location": Location(lon=122.0, lat=91.0, crs="CGCS2000")}, "/location/lat"),
        ({"location": Location(lon=float("nan"), lat=46.0, crs="CGCS2000")}, "/location/lon"),
        ({"location": Location(lon=122.0, lat=46.0, crs="EPSG:4326")}, "/location/crs"),
    ],
)
async def test_a_report_that_names_the_unknown_is_refused_at_the_place(
    house: House, changes: dict[str, Any], pointer: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await house.report(**changes)
    assert refused.value.pointer == pointer
    assert await house.database.fetchval("select count(*) from tree") == 0


async def test_a_position_is_stored_in_the_national_system(house: House) -> None:
    case = await house.report(location=Location(lon=122.093123, lat=46.072731, crs="gcj02"))
    detail = await house.cases.detail(REPORTER, case)
    assert detail.given_crs == "GCJ-02"
    assert 0.0001 < abs(detail.lon - 122.093123) < 0.02


async def test_reporting_needs_the_permission(house: House) -> None:
    with pytest.raises(Forbidden):
        await house.report(replace(REPORTER, permissions=frozenset()))


async def test_a_form_with_errors_changes_nothing(house: House) -> None:
    case = await house.file(await house.report())
    with pytest.raises(Invalid) as refused:
        await house.perform(case, DISPATCHER, decision="dispatch", responsible_unit="U99", stage="closed")
    assert refused.value.code == "form_invalid"
    assert [error["pointer"] for error in refused.value.details["errors"]] == ["/data/stage"]
    assert (await house.cases.detail(REPORTER, case)).stage == "dispatch"


async def test_a_unit_that_does_not_exist_is_refused_at_its_field(house: House) -> None:
    case = await house.file(await house.report())
    with pytest.raises(Invalid) as refused:
        await house.perform(case, DISPATCHER, decision="dispatch", responsible_unit="U99")
    assert [error["pointer"] for error in refused.value.details["errors"]] == ["/data/responsible_unit"]


async def test_a_form_that_is_not_published_is_said_so(house: House) -> None:
    with pytest.raises(InvalidState) as refused:
        house.forms.accept("absent", 1, {}, datetime(2026, 5, 1, tzinfo=UTC))
    assert refused.value.code == "form_not_published"


async def test_a_command_on_a_case_out_of_scope_is_answered_as_if_there_were_none(house: House) -> None:
    case = await house.report()
    with pytest.raises(NotFound):
        await house.perform(case, STRANGER, decision="accept")


async def test_whoever_disposed_may_not_verify(house: House) -> None:
    case = await house.dispatch(await house.report())
    both = person(6, "clerk@U12", "inspector", unit="U12")
    await house.perform(case, both, result="fixed", measures="补装")
    with pytest.raises(Forbidden):
        await house.perform(case, both, result="passed")


async def test_photos_that_someone_else_uploaded_cannot_be_linked(house: House) -> None:
    with pytest.raises(InvalidState):
        await house.report(media=(4711,))
    assert await house.database.fetchval("select count(*) from cases") == 0


async def test_history_tells_who_did_what_in_pages(house: House) -> None:
    case = await house.dispatch(await house.report())
    whole = await house.cases.history(CLERK, case, None, 200)
    assert whole.next is None
    assert [entry.seq for entry in whole.items] == list(range(1, len(whole.items) + 1))
    assert [entry.actor for entry in whole.items if entry.type == "TaskCompleted"] == [
        ACCEPTOR.id,
        LEAD.id,
        DISPATCHER.id,
    ]
    first = await house.cases.history(CLERK, case, None, 5)
    second = await house.cases.history(CLERK, case, first.next, 200)
    assert [*first.items, *second.items] == whole.items
