"""Pages: bounded, counted, and gone through with a cursor that fits nowhere else."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import aiohttp

from api.resources.tasks import TaskFilter
from tests.unit.api.stand_in import LATER, Page, StandIn

TASKS = "/api/v1/tasks"
ROW = SimpleNamespace(
    id="12.3",
    case=12,
    number="1522012026112200012",
    subcategory="component-0101",
    description="井盖缺失",
    address="兴安街 1 号",
    unit="U12",
    community="152201001001",
    street="152201001000",
    name="处置",
    element="dispose",
    stage="disposal",
    form_key="disposal",
    form_version=2,
    groups=("clerk@U12",),
    assignee=None,
    parent=None,
    owner=None,
    lon=122.07,
    lat=46.08,
    priority=50,
    opened_at=LATER,
    version=2,
    warn_at=None,
    due_at=LATER,
    lamp="green",
)


async def page(session: aiohttp.ClientSession, **query: Any) -> tuple[int, dict[str, Any]]:
    answer = await session.get(TASKS, params=query)
    return answer.status, await answer.json()


async def test_a_page_shows_its_rows_and_counts(acceptor: aiohttp.ClientSession, house: StandIn) -> None:
    house.tasks.page = Page(items=[ROW], next=None, count=1, facets={"stage": {"disposal": 1}})
    status, body = await page(acceptor)
    assert status == 200
    assert body["items"] == [
        {
            "id": "12.3",
            "case": 12,
            "number": "1522012026112200012",
            "subcategory": "component-0101",
            # What no register names is called by its code.
            "subcategory_name": "component-0101",
            "subcategory_name_en": "component-0101",
            "description": "井盖缺失",
            "address": "兴安街 1 号",
            "unit": "U12",
            "unit_name": "U12",
            "unit_name_en": "U12",
            "community_name": "152201001001",
            "street_name": "152201001000",
            "name": "处置",
            # What no diagram names in English either.
            "name_en": "处置",
            "element": "dispose",
            "stage": "disposal",
            "form_key": "disposal",
            "form_version": 2,
            "groups": ["clerk@U12"],
            "assignee": None,
            "assignee_name": "",
            "parent": None,
            "owner": None,
            "lon": 122.07,
            "lat": 46.08,
            "owner_name": "",
            "priority": 50,
            "opened_at": "2027-01-01T00:00:00Z",
            "version": 2,
            "warn_at": None,
            "due_at": "2027-01-01T00:00:00Z",
            "lamp": "green",
        }
    ]
    assert (body["next"], body["count"], body["facets"]) == (None, 1, {"stage": {"disposal": 1}})


async def test_the_filter_arrives_typed(acceptor: aiohttp.ClientSession, house: StandIn) -> None:
    await page(acceptor, mine="true", stage="disposal", limit="5")
    assert house.tasks.asked == [(TaskFilter(mine=True, stage="disposal", limit=5), None, 5)]


async def test_the_cursor_leads_to_where_the_page_ended(acceptor: aiohttp.ClientSession, house: StandIn) -> None:
    house.tasks.page = Page(items=[ROW], next=["2027-01-01", 12, 3], count=9)
    _, first = await page(acceptor, stage="disposal")
    await page(acceptor, stage="disposal", limit="200", cursor=first["next"])
    assert house.tasks.asked[1][1:] == (["2027-01-01", 12, 3], 200)


async def test_a_cursor_opens_no_other_filter_and_no_other_callers_list(
    acceptor: aiohttp.ClientSession, house: StandIn
) -> None:
    house.tasks.page = Page(items=[ROW], next=["2027-01-01", 12, 3], count=9)
    _, first = await page(acceptor, stage="disposal")
    other = {"authorization": "Bearer " + house.sessions.token_of("dispatcher")}
    query = {"stage": "disposal", "cursor": first["next"]}
    assert await page(acceptor, **{**query, "stage": "closure"}) == (422, await problem(acceptor, query))
    assert (await acceptor.get(TASKS, params=query, headers=other)).status == 422
    assert len(house.tasks.asked) == 1


async def problem(session: aiohttp.ClientSession, query: dict[str, str]) -> dict[str, Any]:
    answer = await session.get(TASKS, params={**query, "cursor": "no-cursor-at-all"})
    found: dict[str, Any] = await answer.json()
    assert (found["code"], found["parameter"]) == ("bad_cursor", "cursor")
    return found


async def test_a_page_is_never_longer_than_allowed(acceptor: aiohttp.ClientSession, house: StandIn) -> None:
    assert (await page(acceptor, limit="200"))[0] == 200
    assert (await page(acceptor, limit="201"))[0] == 422
    assert len(house.tasks.asked) == 1
