"""What supervisors look at: the flow of days, what presses, where it lies, and heat on the diagram."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.acceptance.city import City

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_day_counts_what_came_and_what_ended(city: City) -> None:
    leader = await city.person("leader")
    before = (await leader.get("/supervision/flow", days=3)).body["items"]
    await city.walk(description="流量：办结")
    await city.walk(until="file", description="流量：在办")
    after = (await leader.get("/supervision/flow", days=3)).body["items"]
    assert len(after) == 3
    moved = {name: after[-1][name] - before[-1][name] for name in ("reported", "ended", "backlog")}
    assert moved == {"reported": 2, "ended": 1, "backlog": 1}
    # Each day's backlog is the day before's, and what came less what ended.
    for day, following in pairwise(after):
        assert following["backlog"] == day["backlog"] + following["reported"] - following["ended"]


async def test_what_presses_says_who_has_it_and_what_was_done_last(city: City) -> None:
    case, task = await city.walk(until="dispose", description="要紧：井盖松动")
    clerk, supervisor = await city.person("clerk"), await city.person("supervisor")
    await clerk.post(f"/tasks/{task}/claim")
    found = (await supervisor.get("/supervision/pressing", limit=200)).body["items"]
    (one,) = [each for each in found if each["case"] == case]
    assert (one["task_name"], one["assignee_name"], one["last_step"]) == ("处置", "高平（样例）", "派遣")
    assert (one["task_name_en"], one["last_step_en"]) == ("Disposal", "Dispatch")
    assert one["warn_at"] < one["due_at"]
    assert len({each["case"] for each in found}) == len(found)


async def test_open_cases_lie_where_they_were_reported(city: City) -> None:
    case, _ = await city.walk(until="dispose", description="地图：井盖松动")
    supervisor = await city.person("supervisor")
    dots = (await supervisor.get("/supervision/dots", stage="disposal")).body["items"]
    (dot,) = [each for each in dots if each["case"] == case]
    assert (dot["lon"], dot["lat"], dot["lamp"]) == (122.0705, 46.0801, "green")
    assert {each["stage"] for each in dots} == {"disposal"}


async def test_open_cases_are_counted_by_class_and_every_view_may_ask_for_one(city: City) -> None:
    case, _ = await city.walk(until="dispose", description="大类：井盖松动")
    supervisor = await city.person("supervisor")
    (one,) = (await supervisor.get("/supervision/classes", stage="disposal")).body["items"]
    assert (one["category"], one["name"], one["count"] >= 1) == ("component-01", "公用设施", True)
    assert (await supervisor.get("/supervision/classes", category="incident-01")).body["items"] == []
    for view in ("pressing", "dots"):
        within = (await supervisor.get(f"/supervision/{view}", category="component-01")).body["items"]
        assert case in {each["case"] for each in within}
        assert (await supervisor.get(f"/supervision/{view}", category="component-02")).body["items"] == []


async def test_heat_tells_where_cases_wait_and_which_ways_were_never_taken(city: City) -> None:
    await city.walk(until="verify", description="热度：井盖松动")
    supervisor = await city.person("supervisor")
    heat = (await supervisor.get("/processes/case/heat")).body
    elements = heat["elements"]
    assert heat["sampled"] >= 1
    # What is called counts where it is called.
    assert elements["verification"]["waiting"] >= 1
    assert elements["verification"]["waited_seconds"] >= 0
    assert (elements["disposal"]["done"], elements["disposal"]["passed"]) >= (1, 1)
    within = (await supervisor.get("/processes/verification/heat")).body["elements"]
    assert within["verify"]["waiting"] >= 1
    filing = (await supervisor.get("/processes/filing/heat")).body["elements"]
    assert filing["accept"]["done"] >= 1
    assert "reply" not in filing
    assert (await supervisor.get("/processes/nothing/heat")).status == 404


async def test_outlines_draw_every_grid(city: City) -> None:
    inspector = await city.person("inspector")
    outlines = (await inspector.get("/grids/outlines", community="152201001003")).body["items"]
    listed = (await inspector.get("/grids", community="152201001003", limit=200)).body["items"]
    assert [each["code"] for each in outlines] == [each["code"] for each in listed]
    assert all(len(ring) >= 4 for each in outlines for ring in each["rings"])


async def test_a_long_list_is_packed_for_who_takes_it_and_a_secret_for_nobody(city: City) -> None:
    session = (await city.person("inspector")).session
    path, ways = "/api/v1/grids/outlines", ("identity", "gzip")
    plain, short = [await session.get(path, headers={"accept-encoding": way}) for way in ways]
    assert [each.headers.get("content-encoding") for each in (plain, short)] == [None, "gzip"]
    assert [each.headers["vary"] for each in (plain, short)] == ["accept-encoding"] * 2
    # It is the version of what is told, however that is packed.
    assert plain.headers["etag"] == short.headers["etag"]
    assert await plain.read() == await short.read()
    assert int(short.headers["content-length"]) < int(plain.headers["content-length"]) / 4
    mine = await session.get("/api/v1/sessions", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in mine.headers
    assert (await mine.json())["csrf"]
