"""What holds for every screen: usable by keyboard and screen reader, and no heavier than was promised."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.acceptance.browser.desk import Desks
from tests.acceptance.browser.looking import findings, weight_of
from tests.acceptance.city import City

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.browser]

KIBIBYTE = 1024
#: What the inbox may weigh until it shows its list, packed with gzip.
HEAVIEST_INBOX = 300 * KIBIBYTE


async def test_signing_in_keeps_nobody_out(desks: Desks) -> None:
    page = await desks.open(None)
    await expect(page.get_by_role("button", name="受理员")).to_be_visible()
    assert await findings(page) == []


async def test_the_inbox_keeps_nobody_out(desks: Desks, city: City) -> None:
    reported = await city.report(description="无障碍：井盖松动")
    page = await desks.open("acceptor", f"/inbox?task={reported['opened'][0]['id']}")
    await expect(page.get_by_text("受理意见")).to_be_visible()
    assert await findings(page) == []
    await page.get_by_role("button", name="签收", exact=True).click()
    await expect(page.get_by_role("button", name="取消签收")).to_be_visible()
    assert await findings(page) == []


@pytest.mark.parametrize("tab", ["history", "diagram", "photos"])
async def test_a_case_keeps_nobody_out(desks: Desks, city: City, tab: str) -> None:
    case, _ = await city.walk(until="dispose", description="无障碍：案件")
    page = await desks.open("supervisor", f"/cases/{case}?tab={tab}")
    await expect(page.get_by_role("tab", selected=True)).to_be_visible()
    await expect(page.get_by_text("基本情况")).to_be_visible()
    signs = {
        "history": page.get_by_text("完成“立案”"),
        "diagram": page.locator(".djs-shape.waiting[data-element-id=dispose]"),
        "photos": page.get_by_text("还没有照片"),
    }
    await expect(signs[tab]).to_be_visible()
    assert await findings(page) == []


@pytest.mark.parametrize("address", ["/board?list=all", "/cases"])
async def test_lists_of_cases_keep_nobody_out(desks: Desks, city: City, address: str) -> None:
    await city.report(description="无障碍：列表")
    page = await desks.open("supervisor", address)
    await expect(page.get_by_role("row", name="无障碍：列表").first).to_be_visible()
    assert await findings(page) == []


@pytest.mark.parametrize(("address", "title"), [("/nowhere", "没有这个页面"), ("/board", "这一页不对您的岗位开放")])
async def test_who_is_led_astray_finds_home(desks: Desks, address: str, title: str) -> None:
    page = await desks.open("clerk", address)
    await expect(page.get_by_text(title)).to_be_visible()
    assert await findings(page) == []
    await page.get_by_role("link", name="回到首页").click()
    await expect(page.get_by_role("heading", name=re.compile("^我的工作"))).to_be_visible()


async def test_the_inbox_weighs_no_more_than_was_promised(desks: Desks, city: City) -> None:
    await city.report(description="轻重：井盖松动")
    page = await (await desks.context("acceptor")).new_page()
    weight = await weight_of(page, "/inbox", page.get_by_role("button", name="轻重：井盖松动"))
    assert 0 < weight <= HEAVIEST_INBOX


async def test_the_file_of_a_case_keeps_nobody_out(desks: Desks, city: City) -> None:
    case, _ = await city.walk(until="dispose", description="无障碍：案卷")
    page = await desks.open("supervisor", f"/cases/{case}/file")
    await expect(page.get_by_role("heading", name="案卷")).to_be_visible()
    await expect(page.get_by_text("完成“立案”")).to_be_visible()
    assert await findings(page) == []
