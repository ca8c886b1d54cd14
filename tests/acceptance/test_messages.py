"""Messages over HTTP: taken in once, kept, found again by their sender and by nobody else."""

from __future__ import annotations

import pytest

from tests.acceptance.city import City
from tests.unit.spiff.drawing import catch, chain, document, message, of_condition, parallel, receive, start, user

pytestmark = pytest.mark.asyncio(loop_scope="module")

PAID = {"name": "paid", "correlation_key": "A-1", "variables": {"amount": 12}}


WAITING = document(
    message("m", "ready", "K-7"), start(), receive("r", "m"), user("work"), chain("start", "r", "work"), key="case"
)


async def test_a_message_is_taken_once_and_kept_until_somebody_waits(city: City) -> None:
    sender = await city.person("integrator")
    bill = {**PAID, "message_id": "bill-1"}
    first = await sender.post("/messages", bill)
    assert first.body["is_new"]
    again = await sender.post("/messages", bill)
    assert (again.body["is_new"], again.body["message"]) == (False, first.body["message"])
    told = await sender.get(f"/messages/{first.body['message']}")
    assert (told.status, told.body["state"], told.body["key"]) == (200, "open", "A-1")


async def test_what_nobody_waits_for_and_is_not_kept_is_refused(city: City) -> None:
    sender = await city.person("integrator")
    refused = await sender.post("/messages", {**PAID, "correlation_key": "none", "time_to_live": "PT0S"})
    assert (refused.status, refused.body["code"]) == (409, "message_without_receiver")


async def test_a_time_to_live_beyond_a_month_and_a_name_with_a_meaning_are_refused_with_their_place(city: City) -> None:
    sender = await city.person("integrator")
    late = await sender.post("/messages", {**PAID, "time_to_live": "P99D"})
    assert (late.status, late.body["code"], late.body["pointer"]) == (422, "time_to_live", "/time_to_live")
    taken = await sender.post("/messages", {**PAID, "variables": {"case": 1}})
    assert (taken.status, taken.body["code"]) == (422, "reserved_name")


async def test_a_case_that_waits_is_seen_to_wait_and_moves_when_its_message_comes(city: City) -> None:
    await city.publish("case", WAITING)
    sender, reported, lead = await city.person("integrator"), await city.report(), await city.person("shift-lead")
    (wait,) = (await lead.get(f"/cases/{reported['case']}/waits")).body["items"]
    assert (wait["kind"], wait["message"], wait["key"]) == ("message", "ready", "K-7")
    sent = await sender.post("/messages", {"name": "ready", "correlation_key": "K-7"})
    assert (await sender.get(f"/messages/{sent.body['message']}")).body["state"] == "consumed"
    (wait,) = (await lead.get(f"/cases/{reported['case']}/waits")).body["items"]
    assert (wait["kind"], wait["element"]) == ("task", "work")


UNTIL_SEEN = document(
    start(), parallel("f"), user("look"), catch("seen", of_condition("= seen")), user("work"),
    chain("start", "f", "look"), chain("f", "seen", "work"), key="case",
)  # fmt: skip


async def test_a_case_that_waits_for_a_condition_says_so_and_nobody_can_send_it(city: City) -> None:
    await city.publish("case", UNTIL_SEEN)
    reported, lead, admin = await city.report(), await city.person("shift-lead"), await city.person("admin")
    waits = f"/cases/{reported['case']}/waits"
    _, wait = (await lead.get(waits)).body["items"]
    assert (wait["kind"], wait["element"], wait["message"]) == ("condition", "seen", None)
    sender = await city.person("integrator")
    sent = await sender.post("/messages", {"name": "seen", "correlation_key": "-", "time_to_live": "PT0S"})
    assert (sent.status, sent.body["code"]) == (409, "message_without_receiver")
    instance = (await admin.get(f"/cases/{reported['case']}/diagram")).body["items"][0]["instance"]
    corrected = await admin.post(f"/instances/{instance}/variables", {"values": {"seen": True}, "reason": "已到现场"})
    assert corrected.status == 200, corrected
    assert [each["element"] for each in (await lead.get(waits)).body["items"]] == ["look", "work"]
