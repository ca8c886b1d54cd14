"""Following cases: found by words, opened, looked at from all sides; and the board, which moves by itself."""

from __future__ import annotations

import asyncio
import re

import pytest
from playwright.async_api import Route, expect

from tests.acceptance.browser.desk import Desks
from tests.acceptance.browser.looking import findings
from tests.acceptance.city import City

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.browser]


async def test_a_case_is_found_by_its_words_and_opened(desks: Desks, city: City) -> None:
    reported = await city.report(description="夜间施工噪声扰民")
    page = await desks.open("leader", "/board")
    await page.get_by_role("textbox", name="搜索案件").fill("施工噪声")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("/cases\\?text="))
    await page.get_by_role("row", name=re.compile("夜间施工噪声扰民")).get_by_role("link").click()
    await expect(page).to_have_url(re.compile(f"/cases/{reported['case']}$"))
    await expect(page.get_by_text(reported["number"]).first).to_be_visible()


async def test_a_case_says_what_it_waits_for_and_who_can_act(desks: Desks, city: City) -> None:
    case, task = await city.walk(until="dispose", description="等待：井盖松动")
    page = await desks.open("supervisor", f"/cases/{case}")
    await expect(page.get_by_text(re.compile("处置员签收"))).to_be_visible()
    await expect(page.get_by_role("img", name="位置周围的单元网格")).to_be_visible()
    await expect(page.get_by_role("list", name="经过的阶段").get_by_text("处置")).to_have_attribute(
        "aria-current", "step"
    )
    clerk = await city.person("clerk")
    await clerk.post(f"/tasks/{task}/claim")
    await clerk.post(f"/tasks/{task}/complete", {"data": {"result": "fixed", "measures": "已紧固"}})
    # Nobody reloads.
    await expect(page.get_by_text("已紧固")).to_be_visible()
    await expect(page.get_by_text(re.compile("处置员签收"))).to_have_count(0)


async def test_a_page_whose_stream_is_cut_says_so_and_goes_on_by_itself(desks: Desks) -> None:
    context = await desks.context("leader")
    await context.route("**/api/v1/events**", lambda route: route.abort())
    page = await context.new_page()
    desks.watch(page)
    await page.goto("/cases")
    await expect(page.get_by_role("status").filter(has_text="未连接")).to_be_visible()
    assert await findings(page) == []
    await context.unroute("**/api/v1/events**")
    await expect(page.get_by_role("status").filter(has_text="实时")).to_be_visible()


async def test_the_whole_diagram_is_shown_with_the_way_taken(desks: Desks, city: City) -> None:
    case, _ = await city.walk(until="close", description="全图：井盖松动")
    page = await desks.open("leader", f"/cases/{case}?tab=diagram")
    await expect(page.locator(".djs-shape.waiting[data-element-id=close]")).to_be_visible()
    await page.get_by_role("button", name="案件办理").click()
    await expect(page.locator(".djs-shape.waiting[data-element-id=closure]")).to_be_visible()
    await expect(page.locator(".djs-shape.passed[data-element-id=dispatch]")).to_be_visible()
    paper = await page.locator(".djs-container").bounding_box()
    last = await page.locator("[data-element-id=count_rework]").first.bounding_box()
    assert paper is not None
    assert last is not None
    assert last["y"] + last["height"] <= paper["y"] + paper["height"], "the diagram is cut off"
    await page.locator(".djs-shape[data-element-id=dispatch]").click()
    await expect(page.locator(".djs-shape.passed[data-element-id=dispatch_case]")).to_be_visible()


async def test_the_records_of_a_case_are_verified(desks: Desks, city: City) -> None:
    reported = await city.report(description="校验：井盖松动")
    page = await desks.open("supervisor", f"/cases/{reported['case']}")
    await page.get_by_role("button", name="校验事件链").click()
    await expect(page.get_by_text("事件链完整")).to_be_visible()


async def test_a_case_that_is_not_there_is_said_to_be_so(desks: Desks) -> None:
    page = await desks.open("clerk", "/cases/999999999")
    await expect(page.get_by_role("alert")).to_be_visible()


async def test_the_board_moves_by_itself_and_a_number_opens_its_cases(desks: Desks, city: City) -> None:
    await city.walk(until="dispose", description="看板：已派遣")
    page = await desks.open("supervisor", "/board?list=all")
    await page.get_by_role("button", name=re.compile("^处置")).click()
    await expect(page).to_have_url(re.compile("stage=disposal"))
    await expect(page.get_by_role("row", name=re.compile("看板：已派遣"))).to_be_visible()
    await expect(page.get_by_role("status").filter(has_text="实时")).to_be_visible()
    await city.walk(until="dispose", description="看板：刚刚派遣")
    await expect(page.get_by_role("row", name=re.compile("看板：刚刚派遣"))).to_be_visible()


async def test_what_happens_before_the_stream_is_open_is_not_missed(desks: Desks, city: City) -> None:
    await city.walk(until="dispose", description="先有：井盖松动")
    page = await (await desks.context("supervisor")).new_page()
    desks.watch(page)
    is_reported = asyncio.Event()

    async def held_back(route: Route) -> None:
        await is_reported.wait()
        await route.continue_()

    await page.route("**/api/v1/events*", held_back)
    await page.goto("/board?list=all")
    await expect(page.get_by_role("row", name=re.compile("先有：井盖松动"))).to_be_visible()
    await city.walk(until="dispose", description="其间：井盖松动")
    await expect(page.get_by_role("row", name=re.compile("其间：井盖松动"))).to_have_count(0)
    is_reported.set()
    await expect(page.get_by_role("row", name=re.compile("其间：井盖松动"))).to_be_visible()


async def test_what_is_answered_late_does_not_replace_what_was_asked_since(desks: Desks, city: City) -> None:
    await city.report(description="晚答：刚上报")
    await city.walk(until="dispose", description="晚答：已派遣")
    page = await desks.open("supervisor", "/board")
    presses = page.get_by_role("listitem")
    await expect(presses.filter(has_text="晚答：刚上报")).to_be_visible()
    is_narrowed = asyncio.Event()

    async def held_back(route: Route) -> None:
        await is_narrowed.wait()
        await route.continue_()

    await page.route("**/supervision/pressing?stage=acceptance", held_back)
    await page.get_by_role("button", name=re.compile("^受理")).click()
    await page.get_by_role("button", name=re.compile("^处置")).click()
    await expect(presses.filter(has_text="晚答：刚上报")).to_have_count(0)
    async with page.expect_event("requestfinished", lambda request: "stage=acceptance" in request.url):
        is_narrowed.set()
    await expect(presses.filter(has_text="晚答：已派遣")).to_be_visible()
    await expect(presses.filter(has_text="晚答：刚上报")).to_have_count(0)


async def test_a_supervisor_urges_what_presses_most(desks: Desks, city: City) -> None:
    case, _ = await city.walk(until="dispose", description="催办：井盖松动")
    page = await desks.open("supervisor", "/board")
    row = page.get_by_role("listitem").filter(has_text="催办：井盖松动")
    await expect(row).to_contain_text("上一步 派遣")
    await row.get_by_role("button", name="操作").click()
    await row.get_by_role("button", name="催办").click()
    asked = page.get_by_role("dialog", name="催办")
    await asked.get_by_role("textbox").first.fill("请尽快处置")
    await asked.get_by_role("button", name="催办").click()
    await expect(asked).to_have_count(0)
    await expect(row).to_contain_text("已催办 1 次")
    procedures = (await (await city.person("leader")).get(f"/cases/{case}/procedures")).body["items"]
    assert [each["verb"] for each in procedures] == ["urge"]


@pytest.mark.parametrize("side", ["flow", "map", "heat"])
async def test_the_sides_of_the_board_keep_nobody_out(desks: Desks, city: City, side: str) -> None:
    await city.walk(until="dispose", description="侧面：井盖松动")
    page = await desks.open("supervisor", f"/board?side={side}")
    signs = {
        "flow": page.get_by_text("看数字"),
        "map": page.get_by_role("region", name="在办案件的位置").get_by_role("button").first,
        "heat": page.get_by_role("rowheader", name="处置"),
    }
    await expect(signs[side]).to_be_visible()
    assert await findings(page) == []


async def test_a_watched_case_rings_when_others_move_it(desks: Desks, city: City) -> None:
    case, task = await city.walk(until="accept", description="关注：护栏破损")
    page = await desks.open("leader", f"/cases/{case}")
    await page.get_by_role("button", name="关注").click()
    await expect(page.get_by_role("button", name="已关注")).to_be_visible()
    await (await city.person("acceptor")).perform(task, {"decision": "accept"})
    await page.get_by_role("button", name=re.compile("新情况 1 条")).click()
    news = page.get_by_role("region", name="新情况")
    await expect(news).to_contain_text("进入立案")
    assert await findings(page) == []
    await news.get_by_role("button", name="全部已阅").click()
    await expect(news).to_contain_text("没有新情况")


async def test_a_filter_is_kept_under_a_name(desks: Desks) -> None:
    page = await desks.open("clerk", "/inbox?queue=overdue&sort=due")
    await page.get_by_role("button", name="存为常用筛选").click()
    await page.get_by_role("textbox", name="筛选的名称").fill("先办超期")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("link", name="先办超期")).to_be_visible()
    await page.goto("/inbox")
    await page.get_by_role("link", name="先办超期").click()
    await expect(page).to_have_url(re.compile("queue=overdue&sort=due"))


async def test_the_diagram_goes_back_step_by_step(desks: Desks, city: City) -> None:
    case, _ = await city.walk(until="dispose", description="回看：井盖松动")
    page = await desks.open("leader", f"/cases/{case}?tab=diagram")
    await expect(page.locator(".djs-shape.waiting[data-element-id=dispose]")).to_be_visible()
    slider = page.get_by_role("slider", name="回看各步")
    await expect(slider).not_to_have_attribute("max", "0")
    await slider.focus()
    await page.keyboard.press("Home")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowRight")
    await expect(page.locator(".djs-shape.waiting[data-element-id=accept]")).to_be_visible()
    await expect(page.locator(".djs-shape.waiting[data-element-id=dispose]")).to_have_count(0)
    await page.keyboard.press("End")
    await expect(page.locator(".djs-shape.waiting[data-element-id=dispose]")).to_be_visible()
