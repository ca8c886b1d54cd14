"""Following a case: history, diagram, waits, board, events, audit."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from tests.acceptance.city import UNIT, City, Client

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_history_is_gone_through_page_by_page(city: City) -> None:
    case, _ = await city.walk()
    leader = await city.person("leader")
    whole = (await leader.get(f"/cases/{case}/history", limit=200)).body["items"]
    gone: list[Any] = []
    query: dict[str, Any] = {"limit": 7}
    while True:
        page = (await leader.get(f"/cases/{case}/history", **query)).body
        gone += page["items"]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    assert gone == whole
    assert [entry["seq"] for entry in whole] == list(range(1, len(whole) + 1))
    assert (whole[0]["type"], whole[-1]["type"]) == ("CaseReported", "InstanceCompleted")


async def test_who_reported_stays_out_of_the_history(city: City) -> None:
    case = (await city.report(reporter={"name": "王五", "phone": "13800000000"}))["case"]
    leader = await city.person("leader")
    told = json.dumps((await leader.get(f"/cases/{case}/history")).body, ensure_ascii=False)
    assert "王五" not in told
    assert "13800000000" not in told


async def test_a_case_is_shown_on_its_diagram(city: City) -> None:
    case, _ = await city.walk(until="dispatch_case")
    frame, filing, dispatch = (await (await city.person("leader")).get(f"/cases/{case}/diagram")).body["items"]
    assert frame["passed"]["filing"] == filing["passed"]["accept"] == 1
    assert (frame["waiting"], filing["waiting"], dispatch["waiting"]) == ({"dispatch": 1}, {}, {"dispatch_case": 1})
    assert 'id="dispatch_case"' in dispatch["source"]


async def test_a_case_says_what_it_waits_for_and_who_can_act(city: City) -> None:
    case, task = await city.walk(until="dispatch_case")
    leader = await city.person("leader")
    (wait,) = (await leader.get(f"/cases/{case}/waits")).body["items"]
    assert (wait["kind"], wait["element"], wait["task"]) == ("task", "dispatch_case", task)
    instance = (await leader.get(f"/instances/{wait['instance']}")).body
    assert (wait["calls"], instance["definition_key"]) == (["dispatch"], "dispatch")
    assert "派遣员" in wait["who_zh"]
    assert wait["who_en"]


async def test_tasks_of_a_case_are_shown_open_and_closed(city: City) -> None:
    case, task = await city.walk(until="file")
    acceptor, lead = await city.person("acceptor"), await city.person("shift-lead")
    accepted, filing = (await lead.get(f"/cases/{case}/tasks")).body["items"]
    assert (accepted["state"], accepted["performer"]) == ("completed", acceptor.id)
    assert (filing["id"], filing["state"]) == (task, "open")


async def test_the_board_counts_open_cases_where_they_stand(city: City) -> None:
    leader = await city.person("leader")

    async def count() -> int:
        cells = (await leader.get("/supervision/board")).body["cells"]
        return sum(cell["count"] for cell in cells if (cell["stage"], cell["unit"]) == ("disposal", UNIT))

    before = await count()
    await city.walk(until="dispose")
    assert await count() == before + 1


async def test_an_instance_shows_which_version_it_runs(city: City) -> None:
    case, _ = await city.walk(until="accept")
    leader = await city.person("leader")
    name = (await leader.get(f"/cases/{case}/diagram")).body["items"][0]["instance"]
    instance = (await leader.get(f"/instances/{name}")).body
    assert (instance["definition_key"], instance["definition_number"], instance["faults"]) == ("case", 1, [])
    lead = await city.person("shift-lead")
    assert (await lead.post(f"/instances/{name}/retry", {"fault": 1})).status == 404


async def test_lists_are_filtered_and_counted(city: City) -> None:
    case, _ = await city.walk(until="dispose")
    leader = await city.person("leader")
    page = (await leader.get("/cases", stage="disposal", unit=UNIT, category="component", limit=1)).body
    assert page["items"][0]["id"] == case
    assert page["count"] == page["facets"]["stage"]["disposal"]
    clerk = await city.person("clerk")
    mine = await clerk.get("/tasks", mine="true")
    assert mine.body["items"] == []
    offered = await clerk.get("/tasks", unit=UNIT, group=f"clerk@{UNIT}")
    assert case in [item["case"] for item in offered.body["items"]]


class Stream:
    """Events as they come to one person."""

    def __init__(self, person: Client) -> None:
        self._asking = person.session.get("/api/v1/events")

    async def __aenter__(self) -> Stream:
        self._answer = await self._asking.__aenter__()
        assert self._answer.status == 200
        return self

    async def __aexit__(self, *error: Any) -> None:
        await self._asking.__aexit__(*error)

    async def until(self, case: int, type_: str) -> list[dict[str, Any]]:
        """What was told up to an event of a case."""
        told: list[dict[str, Any]] = []
        async with asyncio.timeout(60):
            async for line in self._answer.content:
                if line.startswith(b"data: {"):
                    told.append(json.loads(line[6:]))
                    if (told[-1].get("case"), told[-1].get("type")) == (case, type_):
                        return told
        raise AssertionError(told)


async def test_a_commit_is_told_to_those_who_may_see_the_case(city: City) -> None:
    leader, clerk = await city.person("leader"), await city.person("clerk")
    async with Stream(leader) as leaders, Stream(clerk) as clerks:
        hidden = (await city.report())["case"]
        case, task = await city.walk(until="dispose")
        await clerk.perform(task, {"result": "fixed", "measures": "补装井盖"})
        seen = await leaders.until(case, "TaskCompleted")
        told = await clerks.until(case, "TaskCompleted")
    assert hidden in {event["case"] for event in seen}
    assert {event["case"] for event in told} == {case}


async def test_both_chains_hold(city: City) -> None:
    case, _ = await city.walk()
    supervisor = await city.person("supervisor")
    assert (await supervisor.get("/audit/verify", case=case)).body == {"holds": True, "broken": []}
    assert (await supervisor.get("/audit/verify")).body == {"holds": True, "broken": []}


async def test_the_audit_tells_who_changed_the_house(city: City) -> None:
    supervisor = await city.person("supervisor")
    published = (await supervisor.get("/audit", type="definition_published", limit=100)).body["items"]
    assert "case" in {entry["payload"]["key"] for entry in published}
    page = (await supervisor.get("/audit", type="definition_published", limit=1)).body
    assert page["next"] is not None
    following = (await supervisor.get("/audit", type="definition_published", limit=1, cursor=page["next"])).body
    assert following["items"][0]["seq"] < page["items"][0]["seq"]


async def test_what_is_said_about_a_task_stands_in_the_history(city: City) -> None:
    case, task = await city.walk(until="dispatch_case")
    lead, leader = await city.person("shift-lead"), await city.person("leader")
    said = await lead.post(f"/tasks/{task}/comments", {"text": "请优先联系养护单位"})
    assert said.status == 200, said
    entry = (await leader.get(f"/cases/{case}/history", limit=200)).body["items"][said.body["seq"] - 1]
    assert (entry["type"], entry["actor"], entry["payload"]["text"]) == ("TaskCommented", lead.id, "请优先联系养护单位")
    empty = await lead.post(f"/tasks/{task}/comments", {"text": " \n"})
    assert (empty.status, empty.body["pointer"]) == (422, "/text")
    foreign = await (await city.person("clerk")).post(f"/tasks/{task}/comments", {"text": "看不到"})
    assert foreign.status == 404
    await (await city.person("dispatcher")).perform(task, {"decision": "dispatch", "responsible_unit": UNIT})
    late = await lead.post(f"/tasks/{task}/comments", {"text": "太晚"})
    assert (late.status, late.code) == (409, "task_not_open")
