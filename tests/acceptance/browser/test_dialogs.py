"""Every dialog by which something is done with a task or a case, driven once: what is asked, and what comes of it."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, Page, expect

from guiliu.platform import Platform
from processes.organisation import AssignPosts, PostHeld
from tests.acceptance.browser.desk import ENGLISH, Desks
from tests.acceptance.browser.looking import findings
from tests.acceptance.city import SEED, UNIT, City
from tests.unit.spiff.drawing import ad_hoc, chain, document, message, receive, start, user

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.browser]

AWAITING = document(
    message("m", "ready", "K-9"), start(), receive("r", "m"), user("work"), chain("start", "r", "work"), key="case"
)
OFFERING = document(
    start(),
    ad_hoc("free", user("ask", groups="verifier"), user("look", groups="acceptor"), until="= true"),
    user("work", groups="acceptor"),
    chain("start", "free", "work"),
    key="case",
)


async def choose(dialog: Locator, label: str, option: str) -> None:
    """One of a list that opens."""
    await dialog.get_by_role("combobox", name=label).click()
    await dialog.page.get_by_role("option", name=option).first.click()


async def ask(page: Page, menu: str, entry: str) -> Locator:
    """The dialog that an entry of a menu opens; its last button is the one that does it."""
    await page.get_by_role("button", name=menu, exact=True).click()
    await page.get_by_role("button", name=entry, exact=True).click()
    dialog = page.get_by_role("dialog", name=entry)
    await expect(dialog).to_be_visible()
    return dialog


async def decide(page: Page, hand: str, reason: str) -> Locator:
    """The dialog of an operator's decision on what is called so, with its reason."""
    await page.get_by_role("button", name=hand).first.click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("textbox", name="理由").fill(reason)
    return dialog


async def carry_out(dialog: Locator, name: str) -> None:
    """See what would follow, then do it."""
    await dialog.get_by_role("button", name="先看后果").click()
    await expect(dialog.get_by_role("status")).to_be_visible()
    await dialog.get_by_role("button", name=re.compile(f"^{name}")).click()
    await expect(dialog).to_have_count(0)


async def test_a_task_is_lent_to_a_colleague_who_gives_it_back(desks: Desks, city: City, platform: Platform) -> None:
    held = tuple(PostHeld(post=post, unit=UNIT) for post in ("clerk", "head"))
    await platform.bus.handle(AssignPosts(actor=SEED, expected=1, username="head", posts=held))
    await platform.snapshot.refresh()
    _, task = await city.walk(until="dispose", description="委托：井盖松动")
    clerk, head = await city.person("clerk"), await city.person("head")
    await clerk.post(f"/tasks/{task}/claim")
    page = await desks.open("clerk", f"/inbox?task={task}")
    dialog = await ask(page, "协办", "委托")
    await expect(dialog.get_by_role("button", name="委托")).to_be_disabled()
    assert await findings(page) == []
    name = (await head.get("/me")).body["name"]
    await choose(dialog, "交给谁", name)
    await dialog.get_by_role("button", name="委托").click()
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_text(f"已委托 {name} 代办")).to_be_visible()

    theirs = await desks.open("head", f"/inbox?task={task}")
    await expect(theirs.get_by_text(re.compile("委托，办后交回"))).to_be_visible()
    back = await ask(theirs, "协办", "交回")
    await back.get_by_role("textbox", name="办理情况").fill("量好了")
    await back.get_by_role("button", name="交回").click()
    await expect(back).to_have_count(0)
    await expect(page.get_by_role("button", name=re.compile("^完成"))).to_be_visible()
    assert (await clerk.get(f"/tasks/{task}")).body["owner"] is None


async def test_a_task_is_given_to_somebody(desks: Desks, city: City) -> None:
    _, task = await city.walk(until="accept", description="指派：井盖松动")
    acceptor = await city.person("acceptor")
    page = await desks.open("shift-lead", f"/inbox?task={task}")
    dialog = await ask(page, "协办", "指派")
    await choose(dialog, "交给谁", "达来")
    await dialog.get_by_role("button", name="指派").click()
    await expect(dialog).to_have_count(0)
    assert (await acceptor.get(f"/tasks/{task}")).body["assignee"] == acceptor.id


async def test_a_dispatched_case_is_taken_back_from_its_page(desks: Desks, city: City) -> None:
    case, _ = await city.walk(until="dispose", description="改派：井盖松动")
    page = await desks.open("shift-lead", f"/cases/{case}")
    dialog = await ask(page, "申请", "改派")
    await dialog.get_by_role("button", name="改派").click()
    await expect(dialog.get_by_text("必填", exact=True)).to_be_visible()
    await dialog.get_by_label("改派理由").fill("不在本单位辖区")
    assert await findings(page) == []
    await dialog.get_by_role("button", name="改派").click()
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_role("list", name="经过的阶段").get_by_text("派遣")).to_have_attribute(
        "aria-current", "step"
    )


async def test_an_operator_corrects_a_variable_and_lets_a_paused_case_go_on(desks: Desks, city: City) -> None:
    case, _ = await city.walk(until="accept", description="更正：井盖松动")
    page = await desks.open("admin", f"/cases/{case}?tab=operations")
    dialog = await decide(page, "更正变量 案件办理", "补录")
    variables = dialog.get_by_role("textbox", name="更正变量")
    await expect(variables).to_have_value(re.compile(r"^\{"))
    await variables.fill('{"weather": ')
    await expect(dialog.get_by_role("alert")).to_contain_text("JSON")
    await expect(dialog.get_by_role("button", name="先看后果")).to_be_disabled()
    await variables.fill('{"weather": "雪"}')
    await carry_out(dialog, "更正变量")
    await carry_out(await decide(page, "暂停 案件办理", "核对数据"), "暂停")
    await expect(page.get_by_text(re.compile("已暂停")).first).to_be_visible()
    await carry_out(await decide(page, "恢复 案件办理", "核对完毕"), "恢复")
    await expect(page.get_by_role("button", name="暂停 案件办理")).to_be_visible()
    admin = await city.person("admin")
    instance = (await admin.get(f"/cases/{case}/diagram")).body["items"][0]["instance"]
    scope, *_ = (await admin.get(f"/instances/{instance}/variables")).body["items"]
    assert scope["variables"]["weather"] == "雪"


async def test_a_dialog_in_english(desks: Desks, city: City) -> None:
    case, _ = await city.walk(until="accept", description="English: a dialog")
    context = await desks.context("admin")
    await context.add_init_script(ENGLISH)
    page = await context.new_page()
    desks.watch(page)
    await page.goto(f"/cases/{case}?tab=operations")
    await page.get_by_role("button", name=re.compile("^Pause")).first.click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("textbox", name="Reason").fill("checking")
    await dialog.get_by_role("button", name="What would follow").click()
    await expect(dialog.get_by_role("status")).to_be_visible()


async def test_a_message_that_two_cases_wait_for_is_handed_over_when_one_is_ended(
    desks: Desks, city: City, platform: Platform
) -> None:
    await (await city.person("integrator")).post("/messages", {"name": "ready", "correlation_key": "K-9"})
    await city.publish("case", AWAITING)
    first, second = [(await city.report(description=f"消息{each}：井盖松动"))["case"] for each in "甲乙"]
    await platform.deliverer.deliver_wanted()
    page = await desks.open("admin", f"/cases/{second}?tab=operations")
    left = page.get_by_role("listitem").filter(has=page.get_by_role("button", name="再投一次"))
    await expect(left).to_contain_text("K-9")
    other = await desks.open("admin", f"/cases/{first}?tab=operations")
    await carry_out(await decide(other, "终止", "重复登记"), "终止")
    await expect(other.get_by_text("没有需要处理的运行问题")).to_be_visible()
    await left.get_by_role("button", name="再投一次").click()
    await expect(left).to_have_count(0)
    await expect(page.get_by_role("link", name="打开待办")).to_be_visible()


async def test_what_a_case_offers_is_begun_on_its_page_by_who_may(desks: Desks, city: City) -> None:
    await city.publish("case", OFFERING)
    case = (await city.report(description="自由：井盖松动"))["case"]
    page = await desks.open("acceptor", f"/cases/{case}")
    waits = page.get_by_role("listitem").filter(has=page.get_by_text("LOOK", exact=True))
    await expect(waits).to_be_visible()
    await expect(page.get_by_role("button", name="发起")).to_have_count(1)
    assert await findings(page) == []
    await waits.get_by_role("button", name="发起").click()
    await expect(waits.get_by_role("link", name="打开待办")).to_be_visible()
