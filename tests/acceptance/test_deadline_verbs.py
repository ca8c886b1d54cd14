"""Extension, suspension, lifting over HTTP: what the rules allow is said beforehand, and the clock follows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from tests.acceptance.city import City, Client, shipped
from tests.acceptance.test_verbs import open_elements, use, verbs

pytestmark = pytest.mark.asyncio(loop_scope="module")

#: The same days for everybody, whatever the condition and the calendar; and no deadline while it is verified.
TIMED = {
    "disposal": shipped("disposal").replace(b'value="=filing limit(case.condition)"', b'value="4 natural_day"'),
    "verification": shipped("verification").replace(
        b"""<zeebe:property name="deadline" value="verification" />
          <zeebe:property name="deadlineLimit" value="30 minute" />""",
        b"",
    ),
}
APPROVED = {"decision": "approve"}


@pytest_asyncio.fixture(loop_scope="module", scope="module", autouse=True)
async def timed(city: City) -> None:
    for key, source in TIMED.items():
        await city.publish(key, source)


async def clock(person: Client, case: int) -> list[dict[str, Any]]:
    """What happened to the deadline of the disposal, as the history tells it."""
    items = (await person.get(f"/cases/{case}/history", limit=200)).body["items"]
    return [item for item in items if item["payload"].get("name") == "disposal" and "Deadline" in item["type"]]


async def test_more_time_is_given_twice_and_no_third_time(city: City) -> None:
    case, task = await city.walk("dispose")
    clerk, dispatcher = await city.person("clerk"), await city.person("dispatcher")
    begun = datetime.fromisoformat((await clock(clerk, case))[0]["payload"]["due_at"])
    for times in (1, 2):
        offered = (await verbs(clerk, case))["extension"]
        assert (offered["allowed"], offered["tasks"]) == (True, [task])
        used = await use(clerk, case, "extension", {"reason": "须停水作业"})
        assert used.status == 200, used
        assert (await use(clerk, case, "suspension", {"reason": "x", "until": until(3)})).code == "verb_pending"
        assert (await dispatcher.perform(used.body["opened"][0]["id"], APPROVED)).status == 200
        extended = (await clock(clerk, case))[-1]
        assert extended["type"] == "DeadlineExtended"
        assert datetime.fromisoformat(extended["payload"]["due_at"]) == begun + timedelta(days=4 * times)
    offered = (await verbs(clerk, case))["extension"]
    assert (offered["allowed"], offered["reason_zh"]) == (False, "最多延期 2 次。")
    refused = await use(clerk, case, "extension", {"reason": "再次"})
    assert (refused.status, refused.code) == (409, "extensions_used_up")
    assert await open_elements(clerk, case) == ["dispose"]


async def test_a_suspension_stops_the_clock_until_it_is_lifted(city: City) -> None:
    case, _ = await city.walk("dispose")
    clerk, lead = await city.person("clerk"), await city.person("shift-lead")
    offered = (await verbs(clerk, case))["lifting"]
    assert (offered["allowed"], offered["reason_zh"]) == (False, "没有挂账，不必解挂")
    used = await use(clerk, case, "suspension", {"reason": "待开春施工", "until": until(30)})
    assert (await lead.perform(used.body["opened"][0]["id"], APPROVED)).status == 200
    assert (await clock(clerk, case))[-1]["type"] == "DeadlinePaused"
    (wait,) = [item for item in (await clerk.get(f"/cases/{case}/waits")).body["items"] if item["kind"] == "timer"]
    assert wait["element"] == "until"
    offered = await verbs(clerk, case)
    assert (offered["suspension"]["allowed"], offered["lifting"]["allowed"]) == (False, True)

    assert (await use(clerk, case, "lifting", {"reason": "已具备条件"})).body["state"] == "completed"
    assert (await clock(clerk, case))[-1]["type"] == "DeadlineResumed"
    states = {item["verb"]: item["state"] for item in (await clerk.get(f"/cases/{case}/procedures")).body["items"]}
    assert states == {"suspension": "moot", "lifting": "completed"}
    offered = (await verbs(clerk, case))["suspension"]
    assert (offered["allowed"], offered["reason_zh"]) == (False, "最多挂账 1 次。")


async def test_a_suspension_for_too_long_is_refused_at_its_field(city: City) -> None:
    case, _ = await city.walk("dispose")
    clerk = await city.person("clerk")
    for day in (400, -1):
        refused = await use(clerk, case, "suspension", {"reason": "x", "until": until(day)})
        assert (refused.status, refused.code) == (422, "suspension_length")
        assert refused.body["pointer"] == "/data/until"
    assert (await clerk.get(f"/cases/{case}/procedures")).body["items"] == []


async def test_a_returned_case_gives_the_next_unit_a_full_limit(city: City) -> None:
    case, _ = await city.walk("dispose")
    clerk, dispatcher = await city.person("clerk"), await city.person("dispatcher")
    used = await use(clerk, case, "return", {"reason": "不属于本单位职责"})
    again = await dispatcher.perform(used.body["opened"][0]["id"], APPROVED)
    (dispatch,) = again.body["opened"]
    assert dispatch["element"] == "dispatch_case"
    ended = (await clock(clerk, case))[-1]
    assert (ended["type"], ended["payload"]["ending"]) == ("DeadlineEnded", "returned")
    await dispatcher.perform(dispatch["id"], {"decision": "dispatch", "responsible_unit": "natural_resources"})
    begun = (await clock(dispatcher, case))[-1]["payload"]
    assert (begun["cause"], begun["amount"]) == ("after_return", 4)


async def test_where_no_deadline_runs_there_is_nothing_to_extend(city: City) -> None:
    case, _ = await city.walk("verify")
    offered = (await verbs(await city.person("verifier"), case))["extension"]
    assert (offered["allowed"], offered["reason_zh"]) == (False, "案件现在没有正在计时的环节时限，不能“延期”")


def until(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="seconds")
