"""The seats: a call is registered while it is heard, and a case is dispatched from the map."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from tests.acceptance.browser.desk import Desks
from tests.acceptance.browser.looking import findings
from tests.acceptance.city import REPORT, City

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.browser]


async def heard(page: Page, words: str) -> None:
    """What somebody says at the telephone, and where it is."""
    await page.get_by_label(re.compile("^来电内容")).fill(words)
    await page.get_by_role("combobox", name="小类").click()
    await page.keyboard.type("上水井盖")
    await page.get_by_role("option", name=re.compile("^上水井盖")).click()
    city_map = page.get_by_role("region", name="点选事发位置的地图")
    # Its boundaries have come: from now on it stays where it is.
    await expect(city_map.locator(".name span").first).to_be_visible()
    await city_map.click(position={"x": 150, "y": 300})
    await expect(page.get_by_text(re.compile("^◎ .*街道"))).to_be_visible()


async def test_a_call_is_registered_and_the_next_one_is_the_same_thing(desks: Desks, city: City) -> None:
    page = await desks.open("acceptor", "/register")
    await heard(page, "铁西路口井盖不见了")
    await expect(page.get_by_text("附近近期没有相似的案件")).to_be_visible()
    assert await findings(page) == []
    await page.keyboard.press("Control+Enter")
    told = page.get_by_role("status").filter(has_text="已登记，案号")
    await expect(told).to_be_visible()
    number = await told.get_by_role("link").inner_text()
    await heard(page, "铁西路口井盖没了")
    likely = page.get_by_role("complementary", name="可能是同一件事")
    await expect(likely.get_by_role("listitem")).to_have_count(1)
    await expect(likely).to_contain_text("同一小类")
    await page.keyboard.press("Alt+1")
    await expect(page.get_by_role("status").filter(has_text="已记入原案件")).to_contain_text(number)
    leader = await city.person("leader")
    found = (await leader.get("/cases", text="铁西路口井盖")).body["items"]
    assert [each["number"] for each in found] == [number]
    history = (await leader.get(f"/cases/{found[0]['id']}/history", limit=200)).body["items"]
    said = [each["payload"]["text"] for each in history if each["type"] == "TaskCommented"]
    assert said == ["再次反映（12345 热线）：铁西路口井盖没了"]


async def test_a_dispatcher_works_from_the_map_with_loads_in_sight(desks: Desks, city: City) -> None:
    await city.walk(until="dispose", description="已派：井盖松动")
    place = {**REPORT["location"], "lon": 122.0812}  # type: ignore[dict-item]
    case, _ = await city.walk(until="dispatch_case", description="图上：井盖松动", location=place)
    page = await desks.open("dispatcher", "/dispatch")
    loads = page.get_by_role("region", name="各单位在办")
    await expect(loads).to_contain_text("市城市管理综合执法局")
    await page.get_by_role("button", name=re.compile(f"^案件 {case}，")).click()
    await expect(page.get_by_role("article", name="办理")).to_contain_text("图上：井盖松动")
    await page.get_by_role("button", name="签收", exact=True).click()
    await expect(page.get_by_role("button", name="取消签收")).to_be_visible()
    await page.get_by_role("radio", name="派遣", exact=True).check(force=True)
    await expect(page.get_by_text("建议责任单位")).to_be_visible()
    assert await findings(page) == []
    await page.get_by_role("button", name="采用").click()
    await page.get_by_role("button", name=re.compile("^完成")).click()
    await expect(page.get_by_role("article", name="办理")).to_have_count(0)
    assert (await (await city.person("leader")).get(f"/cases/{case}")).body["stage"] == "disposal"
