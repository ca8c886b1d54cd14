"""Hands on many cases and on single ones: of supervisors, of those who do a task together, and of operators."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.async_api import Page, expect

from guiliu.platform import Platform
from tests.acceptance.browser.desk import Desks
from tests.acceptance.browser.looking import findings
from tests.acceptance.city import City
from tests.acceptance.later import let_escalate
from tests.acceptance.outside import asking_city, configure, send_all
from tests.integration.connectors.bad_servers import receiving, refusing

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.browser]


async def chosen(page: Page, label: str, option: str) -> None:
    """One of a list that opens."""
    await page.get_by_role("combobox", name=label).click()
    await page.get_by_role("option", name=option).first.click()


async def test_a_task_is_split_and_its_part_is_withdrawn(desks: Desks, city: City) -> None:
    _, task = await city.walk(until="dispose", description="协办：井盖松动")
    await (await city.person("clerk")).post(f"/tasks/{task}/claim")
    page = await desks.open("clerk", f"/inbox?task={task}")
    await page.get_by_role("button", name="协办", exact=True).click()
    await expect(page.get_by_role("list", name="与他人一起办理")).to_contain_text("该待办不是他人委托的")
    await page.get_by_role("button", name="拆分子任务").click()
    dialog = page.get_by_role("dialog", name="拆分子任务")
    await dialog.get_by_role("combobox", name="交给谁").click()
    offered = page.get_by_role("listbox").get_by_role("group", name="岗位")
    await expect(offered).to_be_visible()
    assert await findings(page) == []
    await offered.get_by_role("option", name="市城市管理综合执法局处置员").first.click()
    await dialog.get_by_role("textbox", name="这一部分要办什么").fill("围挡现场")
    await dialog.get_by_role("button", name="拆分子任务").click()
    part = page.get_by_role("listitem").filter(has_text="围挡现场").filter(has_text="办理中")
    await expect(part).to_contain_text("市城市管理综合执法局处置员")
    await expect(page.get_by_text("还有子任务未办结")).to_be_visible()
    assert await findings(page) == []
    await part.get_by_role("button", name="撤回 围挡现场").click()
    await expect(page.get_by_text("还有子任务未办结")).to_have_count(0)


async def test_watched_cases_are_a_queue(desks: Desks, city: City) -> None:
    case, _ = await city.walk(until="accept", description="关注队列：护栏破损")
    await (await city.person("shift-lead")).post(f"/cases/{case}/watch")
    page = await desks.open("shift-lead", "/inbox")
    await page.get_by_role("link", name=re.compile("^关注")).click()
    await expect(page.get_by_role("button", name=re.compile("关注队列：护栏破损"))).to_be_visible()


async def test_many_cases_are_urged_as_one_batch_and_one_is_supervised(desks: Desks, city: City) -> None:
    for description in ("同催甲：井盖松动", "同催乙：井盖松动"):
        await city.walk(until="dispose", description=description)
    page = await desks.open("supervisor", "/board")
    await page.get_by_role("button", name="多选").click()
    for description in ("同催甲", "同催乙"):
        await page.get_by_role("listitem").filter(has_text=description).get_by_role("checkbox").check()
    many = page.get_by_role("group", name="批量办理")
    await many.get_by_role("button", name="催办").click()
    asked = page.get_by_role("dialog", name="催办")
    await asked.get_by_role("textbox").first.fill("请抓紧")
    async with page.expect_response("**/cases/bulk") as begun:
        await asked.get_by_role("button", name="催办").click()
    # What a worker does in a process of its own.
    await city.platform.batch_runner.run((await (await begun.value).json())["batch"])
    await expect(many.get_by_role("status")).to_contain_text("办成 2 件")
    await expect(page.get_by_role("listitem").filter(has_text="同催甲")).to_contain_text("已催办 1 次")
    assert await findings(page) == []

    (case,) = (await (await city.person("leader")).get("/cases", text="同催乙")).body["items"]
    ordered = {"data": {"kind": "leader", "opinion": "限期办结"}}
    await (await city.person("supervisor")).post(f"/cases/{case['id']}/verbs/supervise", ordered)
    await page.get_by_role("button", name=re.compile("^督办单 1")).click()
    order = page.get_by_role("listitem").filter(has_text=case["number"])
    await expect(order).to_contain_text("限期办结")
    await expect(order).to_contain_text("等责任单位回复")
    assert await findings(page) == []


async def test_whoever_was_told_takes_notice(desks: Desks, city: City, platform: Platform) -> None:
    case, _ = await city.walk(until="dispose", description="升级：井盖松动")
    number = (await (await city.person("leader")).get(f"/cases/{case}")).body["number"]
    await let_escalate(platform, timedelta(days=60))
    page = await desks.open("shift-lead", "/board?list=escalations")
    told = page.get_by_role("listitem").filter(has_text=number)
    mine = told.filter(has=page.get_by_role("button", name="确认"))
    await expect(told.filter(has_text="尚未确认").first).to_contain_text("告知")
    before = await mine.count()
    assert before >= 1
    assert await findings(page) == []
    await mine.first.get_by_role("textbox", name=f"对 {number} 的批注").fill("已电话督促")
    await mine.first.get_by_role("button", name="确认").click()
    await expect(mine).to_have_count(before - 1)
    known = (await (await city.person("leader")).get("/supervision/escalations", state="acknowledged")).body["items"]
    assert [each["note"] for each in known] == ["已电话督促"]


async def test_an_operator_sees_what_follows_before_a_case_is_paused(desks: Desks, city: City) -> None:
    case, _ = await city.walk(until="accept", description="暂停：井盖松动")
    page = await desks.open("admin", f"/cases/{case}?tab=operations")
    await page.get_by_role("button", name="暂停 案件办理").click()
    dialog = page.get_by_role("dialog", name="暂停 · 案件办理")
    await dialog.get_by_role("textbox", name="理由").fill("核对数据")
    await dialog.get_by_role("button", name="先看后果").click()
    await expect(dialog.get_by_role("status")).to_be_visible()
    assert await findings(page) == []
    await dialog.get_by_role("button", name="暂停").click()
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_text(re.compile("已暂停")).first).to_be_visible()
    assert await findings(page) == []
    await page.get_by_role("button", name="移动令牌 立案").click()
    moving = page.get_by_role("dialog", name="移动令牌 · 立案")
    await chosen(page, "移到", "现场核实")
    await moving.get_by_role("textbox", name="理由").fill("受理有误")
    await moving.get_by_role("button", name="先看后果").click()
    await expect(moving.get_by_role("status").get_by_role("listitem").first).to_be_visible()


async def test_what_could_not_be_delivered_is_skipped_after_a_preview(
    desks: Desks, city: City, platform: Platform
) -> None:
    await asking_city(city, platform)
    async with receiving() as receiver:
        await configure(city, receiver.url)
        case = (await city.report(description="外发：井盖松动"))["case"]
        receiver.mishaps.append(refusing)
        await send_all(platform)
        page = await desks.open("integrator", f"/cases/{case}?tab=operations")
        faults = page.get_by_role("heading", name="故障", exact=True)
        await expect(faults).to_be_visible()
        assert await findings(page) == []
        fault = page.get_by_role("listitem").filter(has_text="不归我管").first
        await fault.get_by_role("button", name="跳过").click()
        dialog = page.get_by_role("dialog", name="跳过")
        await dialog.get_by_role("textbox", name="理由").fill("电话已告知")
        await dialog.get_by_role("button", name="先看后果").click()
        await expect(dialog.get_by_role("status")).to_contain_text("不再发往")
        await dialog.get_by_role("button", name="跳过").click()
        await expect(faults).to_have_count(0)
        await expect(page.get_by_role("listitem").filter(has_text="已跳过").first).to_be_visible()
