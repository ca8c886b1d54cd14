"""The inbox at work: a case goes its way through screens, as people do it."""

from __future__ import annotations

import re
from base64 import b64encode

import pytest
from playwright.async_api import Locator, Page, expect

from processes.sample import SAMPLE_PASSWORD
from tests.acceptance.browser.desk import ENGLISH, Desks
from tests.acceptance.browser.looking import findings, untold
from tests.acceptance.city import CONDITION, REPORT, City, picture

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.browser]

#: In milliseconds, as browsers count.
A_MONTH = 30 * 24 * 60 * 60 * 1000


def row(page: Page, description: str) -> Locator:
    return page.get_by_role("button", name=re.compile(re.escape(description)))


async def open_task(page: Page, description: str) -> None:
    await row(page, description).click()


async def claim(page: Page) -> None:
    await page.get_by_role("button", name="签收", exact=True).click()
    await expect(page.get_by_role("button", name="取消签收")).to_be_visible()


async def complete(page: Page) -> None:
    await page.get_by_role("button", name=re.compile("^完成")).click()


async def drop(target: Locator, name: str, content: bytes) -> None:
    """A picture that is dragged here from another window and let go."""
    carried = await target.page.evaluate_handle(
        """([name, content]) => {
            const carried = new DataTransfer()
            const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
            carried.items.add(new File([bytes], name, { type: 'image/png' }))
            return carried
        }""",
        [name, b64encode(content).decode()],
    )
    await target.dispatch_event("dragover", {"dataTransfer": carried})
    await target.dispatch_event("drop", {"dataTransfer": carried})


async def test_a_sample_person_signs_in_and_out(desks: Desks) -> None:
    page = await desks.open(None)
    await page.get_by_role("button", name="受理员").click()
    await expect(page).to_have_url(re.compile("/inbox"))
    await expect(page.get_by_text("达来（样例）")).to_be_visible()
    await expect(page.get_by_role("status").filter(has_text="实时")).to_be_visible()
    assert await page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))") == ["guiliu-language"]
    await page.get_by_role("button", name="退出").click()
    await expect(page.get_by_label("账号")).to_be_visible()


async def test_a_wrong_password_is_answered_in_words(desks: Desks) -> None:
    page = await desks.open(None)
    await page.get_by_label("账号").fill("acceptor")
    await page.get_by_label("密码").fill("not-the-password")
    await page.get_by_role("button", name="登录").click()
    await expect(page.get_by_role("alert")).to_contain_text("用户名或密码不正确")


async def test_an_acceptor_claims_fills_in_and_completes(desks: Desks, city: City) -> None:
    await city.report(description="第一件：井盖响动")
    await city.report(description="第二件：井盖缺失")
    page = await desks.open("acceptor", "/inbox")
    await open_task(page, "第一件：井盖响动")
    await claim(page)
    await complete(page)
    await expect(page.get_by_text("必填")).to_be_visible()
    await page.get_by_role("radio", name="不予受理").check(force=True)
    await expect(page.get_by_label(re.compile("不予受理的理由"))).to_be_visible()
    await page.get_by_role("radio", name="受理", exact=True).check(force=True)
    await complete(page)
    # The next one opens by itself.
    await expect(page.get_by_role("article", name="办理")).to_contain_text("第二件：井盖缺失")


async def test_a_draft_is_kept_and_found_again(desks: Desks, city: City) -> None:
    await city.report(description="草稿：路面破损")
    page = await desks.open("acceptor", "/inbox")
    await open_task(page, "草稿：路面破损")
    await claim(page)
    await page.get_by_label("备注").fill("已电话联系上报人")
    await page.get_by_role("button", name=re.compile("^存草稿")).click()
    await expect(page.get_by_text("草稿已保存")).to_be_visible()
    await page.reload()
    await expect(page.get_by_label("备注")).to_have_value("已电话联系上报人")


async def test_what_was_typed_outlives_the_session(desks: Desks, city: City) -> None:
    await city.report(description="过期：窨井冒溢")
    page = await desks.open(None)
    await page.get_by_role("button", name="受理员").click()
    await open_task(page, "过期：窨井冒溢")
    await claim(page)
    await page.get_by_label("备注").fill("写到一半")
    await page.context.clear_cookies()
    await page.get_by_role("button", name=re.compile("^存草稿")).click()
    ended = page.get_by_role("dialog", name="登录已过期")
    await expect(ended).to_be_visible()
    assert await findings(page) == []
    await ended.get_by_label("密码").fill(SAMPLE_PASSWORD)
    await ended.get_by_role("button", name="登录").click()
    await expect(page.get_by_text("草稿已保存")).to_be_visible()
    await expect(page.get_by_label("备注")).to_have_value("写到一半")


async def test_a_shift_lead_files_under_a_condition(desks: Desks, city: City) -> None:
    case, _ = await city.walk(until="file", description="立案：井盖松动")
    page = await desks.open("shift-lead", "/inbox?stage=filing")
    await open_task(page, "立案：井盖松动")
    await claim(page)
    await page.get_by_role("radio", name="立案", exact=True).check(force=True)
    await page.get_by_role("combobox", name="立案条件").click()
    await page.get_by_role("option").first.click()
    await complete(page)
    await expect(row(page, "立案：井盖松动")).to_have_count(0)
    facts = (await (await city.person("leader")).get(f"/cases/{case}")).body
    assert facts["stage"] == "dispatch"
    assert facts["condition"] == CONDITION


async def test_a_dispatcher_takes_the_unit_that_is_proposed(desks: Desks, city: City) -> None:
    case, _ = await city.walk(until="dispatch_case", description="派遣：井盖松动")
    page = await desks.open("dispatcher", "/inbox")
    await open_task(page, "派遣：井盖松动")
    await claim(page)
    await page.get_by_role("radio", name="派遣", exact=True).check(force=True)
    await expect(page.get_by_text("建议责任单位")).to_be_visible()
    await page.get_by_role("button", name="采用").click()
    await complete(page)
    await expect(row(page, "派遣：井盖松动")).to_have_count(0)
    assert (await (await city.person("leader")).get(f"/cases/{case}")).body["stage"] == "disposal"


async def test_a_clerk_drops_a_photo_and_compares_before_he_feeds_back(desks: Desks, city: City) -> None:
    before = await city.photo(await city.person("inspector"))
    case, _ = await city.walk(until="dispose", description="处置：井盖松动", media=[before])
    page = await desks.open("clerk", "/inbox")
    await open_task(page, "处置：井盖松动")
    await claim(page)
    beside = page.get_by_role("region", name="处置前后对比")
    await expect(beside.get_by_role("img", name="处置前")).to_be_visible()
    await page.get_by_role("radio", name="已解决", exact=True).check(force=True)
    await page.get_by_label(re.compile("处置措施")).fill("补装井盖")
    await drop(page.get_by_text("拖入或选取"), "处置后.png", picture())
    await expect(page.get_by_role("img", name="照片 1")).to_be_visible()
    slider = beside.get_by_role("slider", name="拖动比对处置前后")
    await slider.press("Home")
    await expect(slider).to_have_value("0")
    assert await findings(page) == []
    await complete(page)
    await expect(row(page, "处置：井盖松动")).to_have_count(0)
    media = (await (await city.person("leader")).get(f"/cases/{case}/media")).body["items"]
    assert [entry["usage"] for entry in media] == ["report", "after"]


async def test_a_list_that_could_not_be_read_is_asked_for_again(desks: Desks, city: City) -> None:
    await city.report(description="重读：护栏破损")
    page = await desks.open("acceptor", "/nowhere")
    await page.route("**/api/v1/tasks?*", lambda route: route.abort())
    await page.get_by_role("link", name="回到首页").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await page.unroute("**/api/v1/tasks?*")
    await page.get_by_role("alert").get_by_role("button", name="重试").click()
    await expect(row(page, "重读：护栏破损")).to_be_visible()


async def test_a_list_follows_what_others_do(desks: Desks, city: City) -> None:
    page = await desks.open("acceptor", "/inbox")
    await expect(page.get_by_role("status").filter(has_text="实时")).to_be_visible()
    await city.report(description="先来：护栏破损")
    await row(page, "先来：护栏破损").evaluate("row => (row.dataset.kept = 'kept')")
    await city.report(description="新来：护栏破损")
    await expect(row(page, "新来：护栏破损")).to_be_visible()
    # In place: what stood there is not drawn anew.
    await expect(row(page, "先来：护栏破损")).to_have_attribute("data-kept", "kept")


async def test_pages_of_a_browser_share_one_stream_and_hand_it_on(desks: Desks, city: City) -> None:
    context = await desks.context("acceptor")
    streams: list[str] = []
    context.on("request", lambda request: streams.append(request.url) if "/api/v1/events" in request.url else None)
    first, second = [await context.new_page() for _ in range(2)]
    for page in (first, second):
        desks.watch(page)
        await page.goto("/inbox")
        await expect(page.get_by_role("status").filter(has_text="实时")).to_be_visible()
    await city.report(description="同一路：护栏破损")
    for page in (first, second):
        await expect(row(page, "同一路：护栏破损")).to_be_visible()
    assert len(streams) == 1
    await first.close()
    await city.report(description="接手：护栏破损")
    await expect(row(second, "接手：护栏破损")).to_be_visible()
    assert len(streams) == 2


async def test_a_lamp_turns_by_itself(desks: Desks, city: City) -> None:
    await city.walk(until="dispose", description="转灯：井盖松动")
    page = await (await desks.context("clerk")).new_page()
    desks.watch(page)
    await page.clock.install()
    await page.goto("/inbox?sort=due")
    await expect(row(page, "转灯：井盖松动")).to_contain_text("剩")
    await page.clock.fast_forward(A_MONTH)
    await expect(row(page, "转灯：井盖松动")).to_contain_text("超期")


async def test_the_inbox_by_keyboard(desks: Desks, city: City) -> None:
    await city.report(description="键盘：垃圾满溢")
    page = await desks.open("acceptor", "/inbox")
    await expect(row(page, "键盘：垃圾满溢")).to_be_visible()
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="键盘操作")).to_be_visible()
    assert await findings(page) == []
    await page.keyboard.press("Escape")
    rows = await page.get_by_role("listitem").count()
    for _ in range(rows):
        await page.keyboard.press("j")
    await expect(page.get_by_role("article", name="办理")).to_contain_text("键盘：垃圾满溢")
    await page.keyboard.press("c")
    await expect(page.get_by_role("button", name="取消签收")).to_be_visible()
    await page.keyboard.press("/")
    await expect(page.get_by_role("textbox", name="搜索案件")).to_be_focused()


async def test_the_desk_in_english(desks: Desks, city: City) -> None:
    await city.report(description="English: cover missing")
    context = await desks.context("acceptor")
    await context.add_init_script(ENGLISH)
    page = await context.new_page()
    desks.watch(page)
    await page.goto("/inbox")
    await open_task(page, "English: cover missing")
    await expect(page.get_by_role("button", name="Claim", exact=True)).to_be_visible()
    await expect(page.get_by_text("Decision")).to_be_visible()
    assert await findings(page) == []
    await expect(page.get_by_role("heading", name="Acceptance")).to_be_visible()
    # What the city calls its streets has no other name.
    street = page.get_by_text("兴安街 1 号").first
    await expect(street).to_have_attribute("lang", "zh-CN")
    assert await untold(page) == []
    await page.get_by_role("tab", name="Diagram").click()
    await expect(page.locator(".djs-shape.waiting[data-element-id=accept]")).to_have_text("Acceptance")
    assert await untold(page) == []
    await page.get_by_role("button", name="中文").click()
    await expect(page.locator(".djs-shape.waiting[data-element-id=accept]")).to_have_text("受理")
    await expect(page.get_by_role("heading", name="受理")).to_be_visible()
    await expect(street).not_to_have_attribute("lang", "zh-CN")


async def test_a_case_stands_on_its_diagram_and_tells_its_story(desks: Desks, city: City) -> None:
    await city.walk(until="verify", description="流程：井盖松动")
    page = await desks.open("verifier", "/inbox")
    await open_task(page, "流程：井盖松动")
    await page.get_by_role("tab", name="流程").click()
    await expect(page.locator(".djs-shape.waiting[data-element-id=verify]")).to_be_visible()
    await expect(page.locator("a.bjs-powered-by")).to_be_visible()
    await page.get_by_role("tab", name="经过").click()
    await expect(page.get_by_text("完成“处置”")).to_be_visible()
    await expect(page.get_by_text("补装井盖")).to_be_visible()


async def test_a_clerk_asks_for_more_time_and_is_told_why_not_for_others(desks: Desks, city: City) -> None:
    case, _ = await city.walk(until="dispose", description="延期：井盖松动")
    page = await desks.open("clerk", "/inbox?sort=due")
    await expect(row(page, "延期：井盖松动").get_by_text(re.compile("剩"))).to_be_visible()
    await open_task(page, "延期：井盖松动")
    await page.get_by_role("button", name="申请").click()
    verbs = page.get_by_role("list", name="可对案件做的操作")
    await expect(verbs).to_contain_text("“督办”由领导、督察员发起")
    assert await findings(page) == []
    await verbs.get_by_role("button", name="延期").click()
    asked = page.get_by_role("dialog", name="延期")
    await asked.get_by_role("button", name="延期").click()
    await expect(asked.get_by_text("必填", exact=True)).to_be_visible()
    await asked.get_by_label("延期理由").fill("等待备件到货")
    await asked.get_by_role("button", name="延期").click()
    await expect(asked).to_have_count(0)
    procedures = (await (await city.person("leader")).get(f"/cases/{case}/procedures")).body["items"]
    assert [(each["verb"], each["data"]["reason"]) for each in procedures] == [("extension", "等待备件到货")]


async def test_a_place_is_picked_on_the_map_by_hand_and_by_keyboard(desks: Desks, city: City) -> None:
    case, _ = await city.walk(until="file", channel="hotline", description="位置：井盖松动")
    page = await desks.open("inspector", "/inbox")
    await open_task(page, "位置：井盖松动")
    await claim(page)
    await page.get_by_role("radio", name="属实", exact=True).check(force=True)
    map_of_place = page.get_by_role("region", name="实际位置")
    # The map looks at the reported place once the case has come.
    await expect(page.get_by_role("article", name="办理")).to_contain_text("位置：井盖松动")
    await map_of_place.click(position={"x": 60, "y": 60})
    picked = page.get_by_text(re.compile("◎ .*街道 · .*社区"))
    await expect(picked).to_be_visible()
    by_hand = await picked.inner_text()
    await map_of_place.focus()
    await page.keyboard.press("Enter")
    await expect(picked).not_to_have_text(by_hand)
    assert await findings(page) == []
    await complete(page)
    await expect(row(page, "位置：井盖松动")).to_have_count(0)
    reported = REPORT["location"]
    found = (await (await city.person("leader")).get(f"/cases/{case}")).body
    # The map opened with the reported place in its middle.
    assert (found["lon"], found["lat"]) == pytest.approx((reported["lon"], reported["lat"]), abs=0.0005)  # type: ignore[index]


async def test_many_tasks_are_claimed_at_once_with_what_was_refused(desks: Desks, city: City) -> None:
    _, first = await city.walk(until="dispose", description="批量甲：井盖松动")
    _, second = await city.walk(until="dispose", description="批量乙：井盖松动")
    page = await desks.open("clerk", "/inbox")
    await page.get_by_role("button", name="多选").click()
    for description in ("批量甲", "批量乙"):
        await page.get_by_role("listitem").filter(has_text=description).get_by_role("checkbox").check()
    bulk = page.get_by_role("group", name="批量办理")
    await expect(bulk).to_contain_text("已选 2 件")
    async with page.expect_response("**/tasks/bulk") as begun:
        await bulk.get_by_role("button", name="签收", exact=True).click()
    # What a worker does in a process of its own.
    await city.platform.batch_runner.run((await (await begun.value).json())["batch"])
    await expect(bulk.get_by_role("status")).to_contain_text("办成 2 件")
    clerk = await city.person("clerk")
    for task in (first, second):
        assert (await clerk.get(f"/tasks/{task}")).body["assignee"] == clerk.id
