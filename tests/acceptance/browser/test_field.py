"""The field page in an inspector's hand: reporting, and verifying without a network first."""

from __future__ import annotations

import asyncio
import re

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.acceptance.browser.desk import PHONE, Desks
from tests.acceptance.browser.looking import findings, weight_of
from tests.acceptance.city import City, picture

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.browser]

KIBIBYTE = 1024
#: In seconds.
PATIENCE = 30
#: In milliseconds, as browsers count.
A_MINUTE = 60_000
#: What the field page may weigh, packed with gzip.
HEAVIEST = 120 * KIBIBYTE
#: Whether the tasks that were read last are on the device.
IS_KEPT = """async (words) => {
    const done = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result) })
    const store = await done(indexedDB.open('guiliu-field'))
    const kept = await done(store.transaction('kept').objectStore('kept').get('tasks'))
    store.close()
    return JSON.stringify(kept ?? []).includes(words)
}"""
PLACE = {"longitude": 122.0705, "latitude": 46.0801}
PHOTO = {"name": "现场.png", "mimeType": "image/png", "buffer": picture()}
#: As a phone takes it, in pixels.
LARGE = {**PHOTO, "buffer": picture(3000, 2000)}


async def standing_there(desks: Desks, username: str) -> BrowserContext:
    """A phone at a place of the city."""
    context = await desks.context(username, PHONE)
    await context.grant_permissions(["geolocation"])
    await context.set_geolocation(PLACE)  # type: ignore[arg-type]
    return context


async def opened(desks: Desks, context: BrowserContext, tab: str) -> Page:
    page = await context.new_page()
    desks.watch(page)
    await page.goto(f"/field#{tab}")
    return page


async def test_an_inspector_reports_with_photo_place_and_kind(desks: Desks, city: City) -> None:
    page = await opened(desks, await standing_there(desks, "inspector"), "report")
    await expect(page.get_by_text("爱国街道")).to_be_visible()
    await page.locator("input[type=file]").set_input_files(LARGE)  # type: ignore[arg-type]
    await page.get_by_role("searchbox", name="搜小类").fill("上水")
    await page.get_by_role("button", name=re.compile("^上水井盖")).click()
    await page.get_by_label("立案条件").select_option(index=1)
    assert await findings(page) == []
    await page.get_by_role("main").get_by_role("button", name="上报").click()
    await expect(page.get_by_text("已上报，案号")).to_be_visible()
    number = await page.get_by_role("status").locator("strong").inner_text()
    leader = await city.person("leader")
    (case,) = (await leader.get("/cases", text=number)).body["items"]
    assert (case["subcategory"], case["channel"], case["community_name"]) == ("component-0101", "inspector", "普惠社区")
    media = (await leader.get(f"/cases/{case['id']}/media")).body["items"]
    # Sent small enough for a weak network.
    assert [(each["usage"], each["width"], each["height"]) for each in media] == [("report", 1600, 1067)]
    # What was used last is offered first.
    await expect(page.get_by_role("button", name="上水井盖")).to_be_visible()


async def test_an_inspector_reports_a_component_that_he_put_right_himself(desks: Desks, city: City) -> None:
    around = {"lon": PLACE["longitude"], "lat": PLACE["latitude"], "within_metres": 2000, "most": 1}
    (component,) = (await (await city.person("inspector")).get("/components/nearest", **around)).body["items"]
    context = await standing_there(desks, "inspector")
    await context.set_geolocation({"longitude": component["lon"], "latitude": component["lat"]})
    page = await opened(desks, context, "report")
    nearest = page.get_by_label("附近的部件").get_by_role("button").first
    await nearest.click()
    await expect(nearest).to_have_attribute("aria-pressed", "true")
    await page.get_by_role("button", name="已当场处置好").click()
    send = page.get_by_role("main").locator("button[type=submit]")
    await expect(send).to_have_text("请拍处置前和处置后")
    for strip in await page.locator("input[type=file]").all():
        await strip.set_input_files(PHOTO)  # type: ignore[arg-type]
    assert await findings(page) == []
    await send.click()
    number = await page.get_by_role("status").locator("strong").inner_text()
    lead = await city.person("shift-lead")
    (case,) = (await lead.get("/cases", text=number)).body["items"]
    assert component["code"] in case["description"]
    assert case["subcategory"] == component["subcategory"]
    media = (await lead.get(f"/cases/{case['id']}/media")).body["items"]
    assert [each["usage"] for each in media] == ["report", "after"]
    (review,) = (await lead.get(f"/cases/{case['id']}/waits")).body["items"]
    assert (await lead.perform(review["task"], {"decision": "approve"})).body["stage"] == "closed"


async def test_what_is_near_comes_first(desks: Desks, city: City) -> None:
    place = {"crs": "CGCS2000", "address": "远处"}
    await city.walk(until="verify", description="远处：井盖", location={**place, "lon": 122.0905, "lat": 46.0801})
    await city.walk(until="verify", description="近处：井盖", location={**place, "lon": 122.0707, "lat": 46.0801})
    page = await opened(desks, await standing_there(desks, "verifier"), "tasks")
    await expect(page.get_by_role("button", name=re.compile("近处：井盖.* 20 m$"))).to_be_visible()
    rows = await page.get_by_role("listitem").all_inner_texts()
    assert [next(each for each in ("近处", "远处") if each in row) for row in rows] == ["近处", "远处"]


async def test_whoever_confirms_on_site_says_that_it_is_where_he_stands(desks: Desks, city: City) -> None:
    place = {"crs": "CGCS2000", "address": "兴安北路", "lon": 122.0905, "lat": 46.0801}
    case, _ = await city.walk(until="file", channel="hotline", description="核实：井盖松动", location=place)
    page = await opened(desks, await standing_there(desks, "inspector"), "tasks")
    await page.get_by_role("button", name=re.compile("核实：井盖松动")).click()
    await page.get_by_role("button", name="属实", exact=True).click()
    await page.get_by_role("button", name="就在我现在的位置").click()
    await expect(page.get_by_text("122.07050, 46.08010")).to_be_visible()
    assert await findings(page) == []
    async with page.expect_response("**/complete"):
        await page.get_by_role("button", name="提交").click()
    found = (await (await city.person("leader")).get(f"/cases/{case}")).body
    assert (found["stage"], found["lon"], found["lat"]) == ("filing", PLACE["longitude"], PLACE["latitude"])
    assert (found["community_name"], found["address"]) == ("普惠社区", "兴安北路")


async def test_a_verifier_goes_on_without_a_network_and_it_is_sent_once(desks: Desks, city: City) -> None:
    case, task = await city.walk(until="verify", description="离线核查：井盖松动")
    context = await standing_there(desks, "verifier")
    page = await opened(desks, context, "tasks")
    await expect(page.get_by_text("离线核查：井盖松动")).to_be_visible()
    async with asyncio.timeout(PATIENCE):
        while not await page.evaluate(IS_KEPT, "离线核查：井盖松动"):
            pass
    # An active worker has kept the page with all its files.
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await context.set_offline(True)
    await page.reload()
    await expect(page.get_by_role("status").filter(has_text="离线")).to_be_visible()
    await page.get_by_role("button", name=re.compile("离线核查：井盖松动")).click()
    await page.get_by_role("button", name="通过", exact=True).click()
    await page.locator("input[type=file]").set_input_files(PHOTO)  # type: ignore[arg-type]
    assert await findings(page) == []
    await page.get_by_role("button", name="提交").click()
    await expect(page.get_by_text("离线核查：井盖松动")).to_have_count(0)
    await page.get_by_role("button", name=re.compile("^待发")).click()
    await expect(page.get_by_text("1 张照片")).to_be_visible()
    assert await findings(page) == []
    leader = await city.person("leader")
    assert (await leader.get(f"/tasks/{task}")).body["state"] == "open"
    await context.set_offline(False)
    await expect(page.get_by_text("没有待发的内容")).to_be_visible()
    done = (await leader.get(f"/tasks/{task}")).body
    assert (done["state"], done["performer"]) == ("completed", (await city.person("verifier")).id)
    assert [each["usage"] for each in (await leader.get(f"/cases/{case}/media")).body["items"]] == ["verification"]


async def test_what_the_server_refuses_is_said_in_words_and_kept(desks: Desks, city: City) -> None:
    _, task = await city.walk(until="verify", description="抢先核查：井盖松动")
    page = await (await standing_there(desks, "verifier")).new_page()
    desks.watch(page)
    await page.clock.install()
    await page.goto("/field#tasks")
    await page.get_by_role("button", name=re.compile("抢先核查：井盖松动")).click()
    await (await city.person("verifier")).perform(task, {"result": "passed"})
    async with page.expect_response("**/api/v1/tasks?*"):
        await page.clock.fast_forward(A_MINUTE)
    # The list is read anew, and what somebody is filling in stays.
    await page.get_by_role("button", name="通过", exact=True).click()
    await page.get_by_role("button", name="提交").click()
    await page.get_by_role("button", name=re.compile("^待发")).click()
    await expect(page.get_by_role("alert")).to_be_visible()
    assert await findings(page) == []
    await page.get_by_role("button", name="不发了").click()
    await expect(page.get_by_text("没有待发的内容")).to_be_visible()


async def test_an_inspector_sees_his_grid_and_whether_he_is_on_duty(desks: Desks) -> None:
    page = await opened(desks, await standing_there(desks, "inspector"), "duty")
    await expect(page.get_by_role("heading", name="普惠社区样例责任网格")).to_be_visible()
    await expect(page.get_by_text(re.compile("^早班 07:30–14:30"))).to_be_visible()
    assert await findings(page) == []


async def test_the_field_page_weighs_no_more_than_was_promised(desks: Desks) -> None:
    page = await (await standing_there(desks, "inspector")).new_page()
    weight = await weight_of(page, "/field", page.get_by_role("heading", name="上报"))
    assert 0 < weight <= HEAVIEST


async def test_somebody_signs_in_on_a_phone(desks: Desks) -> None:
    page = await opened(desks, await desks.context(None, PHONE), "duty")
    await expect(page.get_by_role("button", name="采集员", exact=True)).to_be_visible()
    assert await findings(page) == []
    await page.get_by_role("button", name="采集员", exact=True).click()
    await expect(page.get_by_role("heading", name="普惠社区样例责任网格")).to_be_visible()
