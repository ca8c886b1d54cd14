"""What holds for every screen, looked at in the browser: who is kept out by it, and how much it weighs."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Locator, Page, Response, expect

from guiliu.settings import BUILT_PAGES

#: A colour half-way to where it goes says nothing of how well it can be read.
_AT_REST = """async () => {
  await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))
  const ends = (animation) => animation.effect.getComputedTiming().endTime < Infinity
  await Promise.allSettled(document.getAnimations().filter(ends).map((animation) => animation.finished))
}"""

AXE = Path(__file__).parents[3] / "web" / "node_modules" / "axe-core" / "axe.min.js"


async def findings(page: Page) -> list[str]:
    """What axe finds that keeps people out, once nothing on the page moves any more."""
    await page.evaluate(_AT_REST)
    await page.evaluate(AXE.read_text())
    result: dict[str, Any] = await page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{found['id']}: {node['html'][:160]}"
        for found in result["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"]
    ]


#: Texts with Chinese letters that nothing says to be Chinese.
_UNTOLD = r"""() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = []
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode
    if (/\p{Script=Han}/u.test(data) && !parentElement.closest('[lang]').lang.startsWith('zh')) found.push(data.trim())
  }
  return found
}"""


async def untold(page: Page) -> list[str]:
    """Chinese texts of a page in English that screen readers would read as English."""
    found: list[str] = await page.evaluate(_UNTOLD)
    return found


async def weight_of(page: Page, address: str, sign: Locator) -> int:
    """Bytes that a page loads, packed with gzip, until the sign that it is there can be seen."""
    loaded: set[str] = set()
    page.on("response", lambda response: loaded.add(_file(response)))
    await page.goto(address)
    await expect(sign).to_be_visible()
    return sum(_packed_size(BUILT_PAGES / name) for name in loaded if name)


def _file(response: Response) -> str:
    """The name of the built file that was sent; nothing for answers of the interface and for the page itself."""
    path = urlsplit(response.url).path
    return path.lstrip("/") if path.startswith("/assets/") else ""


def _packed_size(file: Path) -> int:
    packed = file.with_name(file.name + ".gz")
    return (packed if packed.is_file() else file).stat().st_size
