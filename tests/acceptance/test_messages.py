"""Messages over HTTP: taken in once, kept, found again by their sender and by nobody else."""

from __future__ import annotations

import pytest

from tests.acceptance.city import City
from tests.unit.spiff.drawing import (
    ad_hoc,
    all_of,
    boundary,
    catch,
    chain,
    document,
    escalation,
    event_based,
    message,
    of_condition,
    of_message,
    of_signal,
    outside,
    parallel,
    receive,
    signal,
    start,
    sub,
    throw,
    timer,
    user,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

PAID = {"name": "paid", "correlation_key": "A-1", "variables": {"amount": 12}}


WAITING = document(
    message("m", "ready", "K-7"), start(), receive("r", "m"), user("work"), chain("start", "r", "work"), key="case"
)


#: Four branches, of which one waits for whichever of two comes first.
EVERYTHING = document(
    message("m", "reply", "K-8"),
    signal("s", "alarm"),
    start(),
    parallel("all"),
    event_based("either"),
    catch("late", timer("timeDuration", "PT1H")),
    catch("reply", of_message("m")),
    catch("alarm", of_signal("s")),
    outside("tell", "report", target="sewers"),
    user("work", groups="acceptor"),
    chain("start", "all", "either", "late"),
    chain("either", "reply"),
    *(chain("all", wait) for wait in ("alarm", "tell", "work")),
    key="case",
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


#: Two messages that are to come before anything happens, in either order.
BOTH = document(
    message("m1", "half", "K-8"), message("m2", "other half", "K-9"),
    start(), all_of(catch("both", of_message("m1") + of_message("m2"))), user("work"),
    chain("start", "both", "work"), key="case",
)  # fmt: skip


async def test_a_case_that_waits_for_both_of_two_says_which_has_come(city: City) -> None:
    await city.publish("case", BOTH)
    sender, reported, lead = await city.person("integrator"), await city.report(), await city.person("shift-lead")
    waits = f"/cases/{reported['case']}/waits"
    before = (await lead.get(waits)).body["items"]
    assert [[cause["at"] for cause in wait["causes"]] for wait in before] == [[None, None], [None, None]]
    assert (await sender.post("/messages", {"name": "other half", "correlation_key": "K-9"})).status == 200
    (wait,) = (await lead.get(waits)).body["items"]
    assert (wait["element"], wait["message"]) == ("both", "half")
    assert [(cause["name"], cause["key"], cause["at"] is None) for cause in wait["causes"]] == [
        ("half", "K-8", True),
        ("other half", "K-9", False),
    ]
    assert wait["who_zh"] == "等齐后自动继续。已到：消息“other half”（关联键 K-9）；还等：消息“half”（关联键 K-8）"
    assert (await sender.post("/messages", {"name": "half", "correlation_key": "K-8"})).status == 200
    assert [each["element"] for each in (await lead.get(waits)).body["items"]] == ["work"]


#: A message, and an escalation that is thrown inside, end the work together.
PAID_AND_LATE = document(
    message("m", "half", "K-8"), start(),
    sub("part", start("s"), user("work"), throw("x", escalation("late")), chain("s", "work", "x")),
    all_of(boundary("both", "part", of_message("m") + escalation("late"))), user("after"),
    chain("start", "part"), chain("both", "after"), key="case",
)  # fmt: skip


async def test_a_case_that_only_lacks_an_escalation_says_so(city: City) -> None:
    await city.publish("case", PAID_AND_LATE)
    sender, reported, lead = await city.person("integrator"), await city.report(), await city.person("shift-lead")
    waits = f"/cases/{reported['case']}/waits"
    assert {wait["kind"] for wait in (await lead.get(waits)).body["items"]} == {"task", "message"}
    assert (await sender.post("/messages", {"name": "half", "correlation_key": "K-8"})).status == 200
    task, wait = (await lead.get(waits)).body["items"]
    assert (task["kind"], wait["kind"], wait["element"], wait["actions"]) == ("task", "escalation", "both", [])
    assert (wait["instance"], wait["calls"]) == (task["instance"], task["calls"])
    assert wait["who_zh"] == "等齐后自动继续。已到：消息“half”（关联键 K-8）；还等：升级“late”"
    assert [(cause["kind"], cause["at"] is None) for cause in wait["causes"]] == [
        ("message", False),
        ("escalation", True),
    ]


async def test_a_case_says_of_everything_what_it_waits_for_and_since_when(city: City) -> None:
    await city.publish("case", EVERYTHING)
    reported, lead = await city.report(), await city.person("shift-lead")
    waits = (await lead.get(f"/cases/{reported['case']}/waits")).body["items"]
    assert {(wait["kind"], wait["element"]) for wait in waits} == {
        ("timer", "late"),
        ("message", "reply"),
        ("signal", "alarm"),
        ("delivery", "tell"),
        ("task", "work"),
    }
    told = {wait["kind"]: wait for wait in waits}
    assert all(wait["who_zh"] and wait["who_en"] and wait["since"] and not wait["actions"] for wait in waits)
    assert (told["message"]["message"], told["message"]["key"]) == ("reply", "K-8")
    assert (told["signal"]["message"], told["signal"]["key"]) == ("alarm", None)
    assert told["timer"]["due_at"] > told["timer"]["since"]
    assert told["delivery"]["who_zh"] == "待发往“sewers”"

    sender = await city.person("integrator")
    assert (await sender.post("/messages", {"name": "reply", "correlation_key": "K-8"})).status == 200
    left = {wait["kind"] for wait in (await lead.get(f"/cases/{reported['case']}/waits")).body["items"]}
    assert left == {"signal", "delivery", "task"}


OFFERING = document(
    start(),
    ad_hoc("free", user("ask", groups="verifier"), user("look", groups="acceptor"), until="= true"),
    user("work", groups="acceptor"),
    chain("start", "free", "work"),
    key="case",
)


async def test_what_is_offered_is_begun_by_those_it_is_offered_to(city: City) -> None:
    await city.publish("case", OFFERING)
    case = (await city.report())["case"]
    acceptor = await city.person("acceptor")
    look, ask = sorted(
        (await acceptor.get(f"/cases/{case}/waits")).body["items"], key=lambda wait: str(wait["element"]), reverse=True
    )
    assert (ask["kind"], ask["element"], ask["actions"]) == ("activity", "ask", [])
    (begin,) = look["actions"]
    assert "begin it" in look["who_en"]
    refused = await acceptor.post(f"/cases/{case}/activities/{ask['subscription']}")
    assert (refused.status, refused.body["code"]) == (403, "not_a_candidate")
    begun = await acceptor.post(begin["path"])
    assert (begun.status, begun.body["element"], begun.body["opened"][0]["element"]) == (200, "look", "look")
    assert (await acceptor.post(begin["path"])).body["code"] == "activity_not_offered"
    done = await acceptor.perform(begun.body["opened"][0]["id"], {})
    assert [task["element"] for task in done.body["opened"]] == ["work"]
    assert [wait["kind"] for wait in (await acceptor.get(f"/cases/{case}/waits")).body["items"]] == ["task"]
