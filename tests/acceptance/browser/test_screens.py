"""What holds for every screen: usable by keyboard and screen reader, and no heavier than was promised."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, Response, expect

from guiliu.settings import BUILT_PAGES
from tests.acceptance.browser.desk import Desks
from tests.acceptance.city import City

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.browser]

ROOT = Path(__file__).parents[3]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
KIBIBYTE = 1024
#: What the inbox may weigh until it shows its list, packed with gzip.
HEAVIEST_INBOX = 300 * KIBIBYTE


async def findings(page: Page) -> list[str]:
    """What axe finds that keeps people out."""
    await page.evaluate(AXE.read_text())
    result: dict[str, Any] = await page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{found['id']}: {node['html'][:160]}"
        for found in result["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"]
    ]


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
    assert await findings(page) == []


@pytest.mark.parametrize("address", ["/board", "/cases"])
async def test_lists_of_cases_keep_nobody_out(desks: Desks, city: City, address: str) -> None:
    await city.report(description="无障碍：列表")
    page = await desks.open("supervisor", address)
    await expect(page.get_by_role("row", name="无障碍：列表").first).to_be_visible()
    assert await findings(page) == []


async def test_the_inbox_weighs_no_more_than_was_promised(desks: Desks, city: City) -> None:
    await city.report(description="轻重：井盖松动")
    page = await (await desks.context("acceptor")).new_page()
    loaded: set[str] = set()
    page.on("response", lambda response: loaded.add(_file(response)))
    await page.goto("/inbox")
    await expect(page.get_by_role("button", name="轻重：井盖松动")).to_be_visible()
    files = [BUILT_PAGES / name for name in loaded if name]
    assert BUILT_PAGES / "index.html" not in files
    assert len(files) > 3
    assert sum(map(_packed_size, files)) <= HEAVIEST_INBOX


def _file(response: Response) -> str:
    """The name of the built file that was sent; nothing for answers of the interface and for the page itself."""
    path = urlsplit(response.url).path
    return path.lstrip("/") if path.startswith("/assets/") else ""


def _packed_size(file: Path) -> int:
    packed = file.with_name(file.name + ".gz")
    return (packed if packed.is_file() else file).stat().st_size
