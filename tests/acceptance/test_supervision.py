"""Escalations, supervision orders and urging over HTTP: told to those above, answered by those below."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from guiliu.platform import Platform
from tests.acceptance.city import UNIT, City, Client
from tests.acceptance.later import let_escalate

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def escalations(person: Client, case: int, **wanted: Any) -> list[dict[str, Any]]:
    page = await person.get("/supervision/escalations", **wanted)
    assert page.status == 200, page
    return [item for item in page.body["items"] if item["case"] == case]


async def test_whoever_is_above_is_told_and_takes_notice(city: City, platform: Platform) -> None:
    in_time, task = await city.walk(until="dispose")
    clerk, head, leader = await city.person("clerk"), await city.person("head"), await city.person("leader")
    assert (await clerk.perform(task, {"result": "fixed", "measures": "补装井盖"})).status == 200
    case, _ = await city.walk(until="dispose")
    elsewhere, _ = await city.walk(until="accept")
    assert await escalations(leader, case, state="all") == []
    await let_escalate(platform, timedelta(days=60))

    told = [item for item in await escalations(leader, case) if item["name"] == "disposal"]
    assert [(item["level"], item["groups"]) for item in told] == [
        ("prolonged", ["leading-group-office"]),
        ("overdue", ["shift-lead"]),
        ("warning", [f"head@{UNIT}"]),
    ]
    warning = told[-1]
    assert (warning["name"], warning["unit"], warning["state"]) == ("disposal", UNIT, "open")
    assert warning["unit_name"]
    assert warning["told_zh"].endswith("部门负责人")
    assert warning["reason_zh"] == "时限已到预警时刻，尚未办结"
    assert {item["name"] for item in await escalations(leader, in_time)} <= {"case", "verification"}

    mine = await escalations(head, case, mine="true")
    assert [item["id"] for item in mine] == [warning["id"]]
    assert await escalations(head, elsewhere) == []
    assert len(await escalations(leader, elsewhere, level="overdue")) == 1
    facets = (await leader.get("/supervision/escalations", unit=UNIT)).body["facets"]
    assert facets["state"] == {"open": 3}
    assert facets["level"] == {"overdue": 1, "prolonged": 1, "warning": 1}

    address = f"/supervision/escalations/{warning['id']}/acknowledge"
    assert (await clerk.post(address, {})).code == "not_a_candidate"
    assert (await head.post(address, {"note": "今日办结", "more": 1})).status == 422
    assert (await head.post(address, {"note": "今日办结"})).body["escalation"] == warning["id"]
    assert (await head.post(address, {})).code == "escalation_not_open"
    (known,) = await escalations(leader, case, state="acknowledged")
    assert (known["note"], known["acknowledged_by"]) == ("今日办结", head.id)
    assert known["acknowledged_by_name"]
    left = [(item["name"], item["level"]) for item in await escalations(leader, case)]
    assert sorted(left) == [
        ("case", "overdue"),
        ("case", "prolonged"),
        ("case", "warning"),
        ("disposal", "overdue"),
        ("disposal", "prolonged"),
    ]


async def test_what_is_done_needs_no_notice_any_more(city: City, platform: Platform) -> None:
    case, task = await city.walk(until="accept")
    lead = await city.person("shift-lead")
    await let_escalate(platform, timedelta(minutes=13))
    (warning,) = await escalations(lead, case, mine="true")
    assert (await lead.get(f"/tasks/{warning['id']}")).body["form"]["key"] == "escalation_acknowledgement"
    await (await city.person("acceptor")).perform(task, {"decision": "accept"})
    assert await escalations(lead, case) == []
    (moot,) = await escalations(lead, case, state="moot")
    assert moot["id"] == warning["id"]
    assert (await lead.post(f"/supervision/escalations/{warning['id']}/acknowledge", {})).code == "escalation_not_open"
    assert (await lead.post(f"/supervision/escalations/{case}.9999/acknowledge", {})).code == "escalation_not_found"


async def test_escalations_come_page_by_page_the_latest_first(city: City) -> None:
    leader = await city.person("leader")
    whole = (await leader.get("/supervision/escalations", state="all")).body
    seen: list[dict[str, Any]] = []
    page: dict[str, Any] = {"next": ""}
    while page["next"] is not None:
        more = {"cursor": page["next"]} if page["next"] else {}
        page = (await leader.get("/supervision/escalations", state="all", limit=2, **more)).body
        seen += page["items"]
    assert seen == whole["items"]
    assert len(seen) == whole["count"] == sum(whole["facets"]["state"].values())
    raised = [item["raised_at"] for item in seen]
    assert raised == sorted(raised, reverse=True)
    nothing = await leader.get("/supervision/escalations", state="all", raised_before="2020-01-01T00:00:00+08:00")
    assert (nothing.body["items"], nothing.body["count"]) == ([], 0)


async def test_an_order_is_answered_by_the_unit_and_lifted_by_who_supervises(city: City) -> None:
    case, _ = await city.walk(until="dispose")
    leader, clerk = await city.person("leader"), await city.person("clerk")
    used = await leader.post(f"/cases/{case}/verbs/supervise", {"data": {"kind": "leader", "opinion": "限期办结"}})
    order = used.body["procedure"]

    async def shown(**wanted: str) -> list[dict[str, Any]]:
        return [
            item for item in (await leader.get("/supervision/orders", **wanted)).body["items"] if item["id"] == order
        ]

    (listed,) = await shown()
    assert (listed["case"], listed["unit"], listed["state"], listed["awaits"]) == (case, UNIT, "open", "answer")
    assert (listed["starter"], listed["data"]["opinion"]) == (leader.id, "限期办结")
    address = f"/supervision/orders/{order}"
    assert (await leader.post(f"{address}/lift", {"data": {"decision": "approve"}})).code == "order_step_not_open"
    assert (await leader.post(f"{address}/answer", {"data": {"answer": "x"}})).code == "not_a_candidate"
    assert (await clerk.post(f"{address}/answer", {"data": {}})).status == 422
    answered = await clerk.post(f"{address}/answer", {"data": {"answer": "今日办结"}})
    assert (answered.status, answered.body["state"]) == (200, "open")
    assert (await shown())[0]["awaits"] == "lift"
    assert (await leader.get("/supervision/orders")).body["facets"]["awaits"] == {"lift": 1}
    again = await leader.post(f"{address}/lift", {"data": {"decision": "reject", "opinion": "写明时间"}})
    assert (again.body["state"], (await shown())[0]["awaits"]) == ("open", "answer")
    await clerk.post(f"{address}/answer", {"data": {"answer": "18 时前办结"}})
    assert (await leader.post(f"{address}/lift", {"data": {"decision": "approve"}})).body["state"] == "completed"
    assert await shown() == []
    (lifted,) = await shown(state="completed")
    assert (lifted["awaits"], lifted["task"]) == ("", None)
    assert (await leader.post(f"{address}/lift", {"data": {"decision": "approve"}})).code == "order_not_open"


async def test_many_are_urged_each_with_its_own_answer(city: City, platform: Platform) -> None:
    here, _ = await city.walk(until="dispose")
    supervisor, clerk = await city.person("supervisor"), await city.person("clerk")
    begun = await supervisor.post("/supervision/urge", {"opinion": "请抓紧", "cases": [here, 999999999]})
    assert (begun.status, begun.body["total"]) == (202, 2)
    batch = begun.body["batch"]
    await platform.batch_runner.run(batch)
    items = (await supervisor.get(f"/batches/{batch}/items")).body["items"]
    assert [item["state"] for item in items] == ["done", "refused"]
    assert (items[0]["answer"]["verb"], items[1]["answer"]["code"]) == ("urge", "not_found")
    assert (await supervisor.get(f"/cases/{here}")).body["facts"]["urge_count"] == 1

    found = (await supervisor.get("/cases", stage="disposal", open="true")).body["count"]
    begun = await supervisor.post("/supervision/urge", {"opinion": "请抓紧", "filter": {"stage": "disposal"}})
    assert begun.body["total"] == found
    refused = await clerk.post("/supervision/urge", {"opinion": "请抓紧", "cases": [here]})
    await platform.batch_runner.run(refused.body["batch"])
    (item,) = (await clerk.get(f"/batches/{refused.body['batch']}/items")).body["items"]
    assert item["answer"]["code"] == "verb_of_others"


async def test_a_verb_is_used_on_many_with_what_its_form_asks(city: City, platform: Platform) -> None:
    here, _ = await city.walk(until="dispose")
    before, _ = await city.walk(until="accept")
    lead = await city.person("shift-lead")
    taken_back = {"verb": "redispatch", "data": {"reason": "改由水务"}, "cases": [here, before]}
    batch = (await lead.post("/cases/bulk", taken_back)).body["batch"]
    await platform.batch_runner.run(batch)
    items = (await lead.get(f"/batches/{batch}/items")).body["items"]
    assert [item["state"] for item in items] == ["done", "refused"]
    assert (await lead.get(f"/cases/{here}")).body["stage"] == "dispatch"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"opinion": "x"}, "/cases"),
        ({"opinion": "x", "cases": [1], "filter": {}}, "/cases"),
        ({"opinion": "x", "cases": [1, 1]}, "/cases/1"),
        ({"opinion": "x", "filter": {"stage": "nowhere"}}, "/filter"),
        ({"opinion": "", "cases": [1]}, "/opinion"),
    ],
)
async def test_urging_nobody_in_particular_is_refused_whole(city: City, body: object, pointer: str) -> None:
    refused = await (await city.person("supervisor")).post("/supervision/urge", body)
    assert (refused.status, refused.body["pointer"]) == (422, pointer)
