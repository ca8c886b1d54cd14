"""In production nobody publishes what he edited himself: another person is asked, looks, refuses, approves."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import uuid4

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, Route, expect

from guiliu.platform import Platform, build_platform, open_platform
from guiliu.settings import Profile
from processes.sample import SAMPLE_PASSWORD
from tests.acceptance.browser.desk import Desks
from tests.acceptance.browser.looking import findings, untold
from tests.acceptance.city import City
from tests.acceptance.conftest import Furnished, settings_in
from tests.database import clone, remove, url_of

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.browser]

#: Of the focus on a page, before it must have come round.
MOST_STOPS = 120


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def platform(
    server: str, furnished: Furnished, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Platform]:
    """The sample city as it would be in production."""
    name = f"guiliu_test_{uuid4().hex[:12]}"
    await clone(server, name, furnished.database)
    settings = replace(settings_in(tmp_path_factory.mktemp("house")), profile=Profile.PRODUCTION)
    async with open_platform(build_platform(settings, url_of(server, name))) as opened:
        yield opened
    await remove(server, name)


async def signed_in(desks: Desks, username: str, path: str) -> Page:
    """Somebody's page; the cookie of production is one that only the server can set."""
    page = await desks.open(None, path)
    await page.get_by_label("账号").fill(username)
    await page.get_by_label("密码").fill(SAMPLE_PASSWORD)
    await page.get_by_role("button", name="登录").click()
    return page


async def label_first_field(page: Page, text: str) -> None:
    """Change what stands beside the first field of a form, and wait until that is kept."""
    await page.get_by_role("navigation", name="字段").get_by_role("button").nth(1).click()
    label = page.get_by_role("complementary", name="字段").get_by_role("group", name="名称").get_by_label("中文")
    await label.fill(text)
    await label.blur()
    await expect(page.get_by_role("status").filter(has_text="草稿已保存")).to_be_visible()


async def ask(page: Page, note: str) -> None:
    await page.get_by_role("button", name="送审", exact=True).click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text("可以批准的人：")).to_be_visible()
    await dialog.get_by_label("变更说明").fill(note)
    assert await findings(page) == []
    await dialog.get_by_role("button", name="送审").click()


async def may_publish(city: City, post: str) -> None:
    """Let whoever holds a post publish, beside what he may do now."""
    admin = await city.person("admin")
    held = (await admin.get(f"/groups/{post}/permissions")).body
    permissions = sorted({*held["permissions"], "process.read", "process.publish"})
    path, version = f"/groups/{post}/permissions", str(held["version"])
    body = json.dumps({"permissions": permissions}).encode()
    granted = await admin.send("PUT", path, body, if_match=f'"{version}"', content_type="application/json")
    assert granted.status == 200, granted


async def test_another_person_refuses_and_then_approves_what_is_published(desks: Desks, city: City) -> None:
    await may_publish(city, "leader")
    mine = await signed_in(desks, "designer", "/design/forms/acceptance")
    await expect(mine.get_by_text("● 可以发布")).to_be_visible()
    await label_first_field(mine, "受理结论")
    await ask(mine, "名称改得更清楚")
    strip = mine.get_by_role("region", name="送审")
    await expect(strip.get_by_text("已送审，等 康青松（样例） 批准")).to_be_visible()
    assert await findings(mine) == []

    theirs = await signed_in(desks, "leader", "/design?kind=processes")
    await theirs.get_by_role("button", name="新情况 1 条").click()
    await expect(theirs.get_by_role("link", name="受理 等您批准")).to_be_visible()
    assert await findings(theirs) == []
    await theirs.keyboard.press("Escape")
    await theirs.get_by_role("button", name=re.compile("^表单")).click()
    await expect(theirs.get_by_role("row", name=re.compile("^受理")).first).to_contain_text("等您批准")
    assert await findings(theirs) == []
    await theirs.get_by_role("link", name="受理", exact=True).click()
    awaited = theirs.get_by_role("region", name="送审")
    await expect(awaited.get_by_text("白塔娜（样例） 请您批准发布")).to_be_visible()
    await expect(awaited.get_by_text("名称改得更清楚")).to_be_visible()
    await theirs.get_by_role("button", name="English").click()
    strip_in_english = theirs.get_by_role("region", name="Approval")
    await expect(strip_in_english.get_by_text("asks you to publish this")).to_be_visible()
    await expect(strip_in_english.get_by_role("button", name="Approve and publish")).to_be_visible()
    assert await untold(theirs) == []
    await theirs.get_by_role("button", name="中文").click()
    await awaited.get_by_role("button", name="看差异").click()
    await expect(theirs.get_by_role("region", name="差异").get_by_text("受理结论").first).to_be_visible()
    await awaited.get_by_role("button", name="不同意").click()
    assert await findings(theirs) == []
    await expect(awaited.get_by_role("textbox")).to_be_focused()
    await theirs.keyboard.type("应写“处理意见”")
    await theirs.keyboard.press("Enter")
    await expect(awaited).to_have_count(0)

    await mine.reload()
    await expect(mine.get_by_role("button", name="新情况 1 条")).to_be_visible()
    await expect(strip.get_by_text("康青松（样例） 没有同意发布")).to_be_visible()
    await expect(strip.get_by_text("应写“处理意见”")).to_be_visible()
    assert await findings(mine) == []
    await label_first_field(mine, "处理意见")
    await ask(mine, "照意见改了")
    await expect(strip.get_by_text("已送审，等 康青松（样例） 批准")).to_be_visible()

    is_approved = asyncio.Event()

    async def held_back(route: Route) -> None:
        await is_approved.wait()
        await route.continue_()

    await theirs.route("**/forms/acceptance/draft", held_back)
    await theirs.reload()
    await awaited.get_by_role("button", name="同意并发布").click()
    # Who approves before the draft has come approves the draft all the same.
    is_approved.set()
    publishing = theirs.get_by_role("dialog")
    await expect(publishing.get_by_label("变更说明")).to_have_value("照意见改了")
    await expect(publishing.get_by_text("您不是最后编辑者，可以进行")).to_be_visible()
    await publishing.get_by_role("button", name="确认发布").click()
    await expect(theirs.get_by_text("已发布第 2 版")).to_be_visible()

    await mine.reload()
    await expect(strip.get_by_text("康青松（样例） 已同意并发布")).to_be_visible()
    await strip.get_by_role("button", name="知道了").click()
    await expect(strip).to_have_count(0)


async def reach(wanted: Locator) -> None:
    """Go on by Tab until something has the focus."""
    await expect(wanted).to_be_enabled()
    for _ in range(MOST_STOPS):
        if await wanted.evaluate("each => each === document.activeElement"):
            return
        await wanted.page.keyboard.press("Tab")
    pytest.fail(f"no way by keyboard to {wanted}")


async def press(wanted: Locator) -> None:
    await reach(wanted)
    await wanted.page.keyboard.press("Enter")


async def test_a_draft_is_put_up_looked_at_and_approved_by_keyboard(desks: Desks, city: City) -> None:
    await may_publish(city, "leader")
    mine = await signed_in(desks, "designer", "/design/forms/filing")
    await expect(mine.get_by_text("● 可以发布")).to_be_visible()
    await label_first_field(mine, "立案结论")
    await press(mine.get_by_role("button", name="送审", exact=True))
    asking = mine.get_by_role("dialog")
    await expect(asking.get_by_text("可以批准的人：")).to_be_visible()
    await reach(asking.get_by_label("变更说明"))
    await mine.keyboard.type("说法统一")
    await press(asking.get_by_role("button", name="送审"))
    await expect(mine.get_by_text("已送审，等 康青松（样例） 批准")).to_be_visible()

    theirs = await signed_in(desks, "leader", "/design/forms/filing")
    awaited = theirs.get_by_role("region", name="送审")
    await press(awaited.get_by_role("button", name="看差异"))
    await expect(theirs.get_by_role("region", name="差异").get_by_text("立案结论").first).to_be_visible()
    await press(awaited.get_by_role("button", name="同意并发布"))
    publishing = theirs.get_by_role("dialog")
    await expect(publishing.get_by_label("变更说明")).to_have_value("说法统一")
    await press(publishing.get_by_role("button", name="确认发布"))
    await expect(theirs.get_by_text("已发布第 2 版")).to_be_visible()
