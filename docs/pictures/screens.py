"""Takes the pictures of the screens: ``python -m docs.pictures.screens http://127.0.0.1:8000``.

Of a running demo city, whose first days were played before it opened, through the same browser as the tests; nothing
on them is arranged but what people would open.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen
from uuid import uuid4

from PIL import Image
from playwright.async_api import BrowserContext, Page, ViewportSize, async_playwright

from processes.sample import SAMPLE_PASSWORD

HERE = Path(__file__).parent / "screens"
OFFICE = ViewportSize(width=1366, height=768)
PHONE = ViewportSize(width=390, height=844)
PLACE = {"longitude": 122.0705, "latitude": 46.0801}
QUALITY = 72

Act = Callable[[Page], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One picture: who looks at which address, what is opened there, and what has to be seen first."""

    name: str
    who: str
    path: str
    sign: str
    act: Act | None = None
    viewport: ViewportSize | None = None


async def _dispatching(page: Page) -> None:
    """The first case that waits, if any does."""
    if await page.locator("ol li button").count():
        await _first_task(page)


async def _first_task(page: Page) -> None:
    await page.locator("ol li button").first.click()
    await page.get_by_role("article", name="办理").wait_for()


async def _first_case(page: Page) -> None:
    await page.locator(".pressing a").first.click()
    await page.get_by_text("基本情况").wait_for()


async def _operations(page: Page) -> None:
    await _first_case(page)
    await page.get_by_role("tab", name="运维").click()
    await page.get_by_role("button", name="暂停").first.click()
    await page.get_by_role("textbox", name="理由").fill("核对数据")
    await page.get_by_role("button", name="先看后果").click()
    await page.locator(".follows").wait_for()


async def _many(page: Page) -> None:
    await page.get_by_role("button", name="多选").click()
    await page.get_by_role("button", name="全选").click()
    await page.get_by_role("group", name="批量办理").get_by_role("button", name="催办").wait_for()


async def _call(page: Page) -> None:
    await page.get_by_label("来电内容").fill("早市门口有个井盖松了，车一压就响")
    await page.get_by_role("combobox", name="小类").click()
    await page.keyboard.type("上水井盖")
    await page.get_by_role("option", name="上水井盖").first.click()
    await page.get_by_role("region", name="点选事发位置的地图").click(position={"x": 240, "y": 330})
    await page.get_by_text("可能是同一件事").wait_for()


async def _verbs(page: Page) -> None:
    await _first_task(page)
    await page.get_by_role("button", name="申请").click()


async def _kind(page: Page) -> None:
    await page.get_by_role("searchbox").fill("上水")
    await page.get_by_role("button", name="上水井盖").click()
    await page.get_by_label("立案条件").select_option(index=1)
    await page.get_by_role("textbox", name="说明").fill("井盖松动，车一压就响")


async def _trial(page: Page) -> None:
    await page.locator(".djs-shape[data-element-id=accept]").click()
    await page.get_by_role("button", name="试走").click()
    await page.get_by_role("button", name="试走一件").click()
    await page.locator(".here").first.wait_for()


async def _decision(page: Page) -> None:
    await page.get_by_label("urgency").fill("urgent")
    await page.get_by_label("channel").fill("leader")
    await page.get_by_role("region", name="试算").get_by_role("button", name="试算").click()
    await page.locator("tr[data-found=matched]").wait_for()


async def _form(page: Page) -> None:
    await page.get_by_role("navigation", name="字段").get_by_role("button", name="紧急程度").click()
    await page.get_by_role("button", name="填入样例").click()


SHOTS = (
    Shot(name="inbox", who="clerk", path="/inbox?sort=due", sign="ol li button", act=_verbs),
    Shot(name="register", who="acceptor", path="/register", sign=".leaflet-container", act=_call),
    Shot(name="dispatch", who="dispatcher", path="/dispatch", sign=".loads li", act=_dispatching),
    Shot(name="case", who="supervisor", path="/board", sign=".pressing a", act=_first_case),
    Shot(name="operations", who="admin", path="/board", sign=".pressing a", act=_operations),
    Shot(name="urging", who="supervisor", path="/board", sign=".pressing a", act=_many),
    Shot(name="escalations", who="shift-lead", path="/board?list=escalations", sign=".lists .alarms li"),
    Shot(name="board", who="supervisor", path="/board?side=flow", sign="canvas"),
    Shot(name="map", who="supervisor", path="/board?side=map", sign=".dot"),
    Shot(name="heat", who="supervisor", path="/board?side=heat", sign=".heat-badge"),
    Shot(name="library", who="designer", path="/design", sign="tbody tr"),
    Shot(name="editor", who="designer", path="/design/processes/filing", sign="[data-element-id=accept]", act=_trial),
    Shot(name="decision", who="designer", path="/design/decisions/priority", sign="table.tjs-table", act=_decision),
    Shot(name="form-editor", who="designer", path="/design/forms/filing", sign="article .form", act=_form),
    Shot(name="field-report", who="inspector", path="/field#report", sign=".place .where", act=_kind, viewport=PHONE),
    Shot(name="field-tasks", who="verifier", path="/field#tasks", sign="ol li button", viewport=PHONE),
    Shot(name="field-duty", who="inspector", path="/field#duty", sign="svg[role=img]", viewport=PHONE),
)


def _asked(url: str, body: object = None, **headers: str) -> Any:
    """What the server answers; something is posted when there is a body."""
    data = None if body is None else json.dumps(body).encode()
    sent = {"content-type": "application/json", "idempotency-key": uuid4().hex, **headers}
    request = Request(url, data=data, headers=sent)  # noqa: S310 - an address of ours
    with urlopen(request) as answer:  # noqa: S310 - an address of ours
        return json.load(answer)


def _token(address: str, username: str) -> str:
    body = {"username": username, "password": SAMPLE_PASSWORD}
    return str(_asked(f"{address}/api/v1/sessions", body, origin=address)["token"])


def _let_verify(address: str) -> None:
    """There has to be something to verify: a clerk disposes of something when nobody has."""
    if not _tasks(address, "verifier", "verification"):
        done = {"result": "fixed", "measures": "已安排人员到场处置完毕"}
        _perform(address, "clerk", _tasks(address, "clerk", "disposal")[0], done)


def _let_dispatch(address: str) -> None:
    """There has to be something to dispatch: the shift lead files something when nobody has."""
    if not _tasks(address, "dispatcher", "dispatch"):
        task = _tasks(address, "shift-lead", "filing")[0]
        wanted = f"{address}/api/v1/catalogue/conditions?subcategory={task['subcategory']}"
        condition = _asked(wanted, **_bearer(address, "shift-lead"))["items"][0]["key"]
        _perform(address, "shift-lead", task, {"decision": "file", "condition": condition, "urgency": "urgent"})


def _tasks(address: str, who: str, stage: str) -> list[dict[str, Any]]:
    """What is offered to somebody at a stage and claimed by nobody."""
    items = _asked(f"{address}/api/v1/tasks?stage={stage}&sort=due", **_bearer(address, who))["items"]
    return [each for each in items if each["assignee"] is None]


def _perform(address: str, who: str, task: Mapping[str, Any], data: object) -> None:
    path = f"{address}/api/v1/tasks/{task['id']}"
    _asked(f"{path}/claim", {}, **_bearer(address, who))
    _asked(f"{path}/complete", {"data": data, "comment": ""}, **_bearer(address, who))


def _bearer(address: str, who: str) -> dict[str, str]:
    return {"authorization": f"Bearer {_token(address, who)}"}


async def profile(browser: Any, address: str, shot: Shot) -> BrowserContext:
    """A browser that nobody used yet, of the person who looks."""
    context: BrowserContext = await browser.new_context(
        base_url=address,
        viewport=shot.viewport or OFFICE,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        geolocation=PLACE,
        permissions=["geolocation"],
    )
    cookie: Mapping[str, Any] = {"name": "guiliu", "value": _token(address, shot.who), "url": address}
    await context.add_cookies([cookie])
    return context


async def _take(browser: Any, address: str, shot: Shot) -> bytes:
    context = await profile(browser, address, shot)
    page = await context.new_page()
    await page.goto(shot.path)
    await page.locator(shot.sign).first.wait_for()
    if shot.act:
        await shot.act(page)
    # Fonts, charts and maps come to rest.
    await page.wait_for_timeout(1_500)
    picture: bytes = await page.screenshot()
    await context.close()
    return picture


async def main(address: str) -> None:
    """Take them all."""
    HERE.mkdir(exist_ok=True)
    _let_verify(address)
    _let_dispatch(address)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for shot in SHOTS:
            picture = Image.open(BytesIO(await _take(browser, address, shot)))
            picture.save(HERE / f"{shot.name}.webp", quality=QUALITY, method=6)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"))
