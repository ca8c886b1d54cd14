"""Prints what screens weigh and how soon they are there: ``python -m docs.pictures.weights http://127.0.0.1:8000``.

Each screen is opened in a new browser profile, so that nothing is there yet, on a slowed processor and line: 10 Mbit/s
and 20 ms in the office, 1.6 Mbit/s and 150 ms in the field. What was built is weighed packed by gzip.
Fails when a screen weighs more than was promised.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Page, async_playwright

from docs.pictures.screens import SHOTS, Shot, profile
from guiliu.settings import BUILT_PAGES

KIBIBYTE = 1024
#: What screens may weigh at most, in KiB.
BARS = {"inbox": 300, "field-report": 120}
TIMES = 3


async def _opened(browser: Any, address: str, shot: Shot) -> tuple[int, float]:
    """KiB and seconds until the screen is there."""
    context = await profile(browser, address, shot)
    page = await context.new_page()
    loaded: set[str] = set()
    await slowed(page, shot)
    page.on("response", lambda response: loaded.add(urlsplit(response.url).path))
    began = time.perf_counter()
    await page.goto(shot.path)
    await page.locator(shot.sign).first.wait_for()
    took = time.perf_counter() - began
    await context.close()
    return round(sum(map(_packed, loaded)) / KIBIBYTE), took


async def slowed(page: Page, shot: Shot) -> None:
    """An old office PC on a shared line, or a phone on a weak network."""
    devtools = await page.context.new_cdp_session(page)
    megabits, latency = (1.6, 150) if shot.viewport else (10, 20)
    bytes_per_second = megabits * 1_000_000 / 8
    line = {"downloadThroughput": bytes_per_second, "uploadThroughput": bytes_per_second / 2, "latency": latency}
    await devtools.send("Network.enable")
    await devtools.send("Network.emulateNetworkConditions", {"offline": False, **line})
    await devtools.send("Emulation.setCPUThrottlingRate", {"rate": 2})


def _packed(path: str) -> int:
    """Bytes of a built file; none for answers of the interface and for the page itself."""
    if not path.startswith("/assets/"):
        return 0
    file = BUILT_PAGES / path.lstrip("/")
    packed = file.with_name(f"{file.name}.gz")
    return (packed if packed.is_file() else file).stat().st_size


async def main(address: str) -> int:
    """Measure them all; the exit code."""
    heavy = False
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for shot in SHOTS:
            seen = [await _opened(browser, address, shot) for _ in range(TIMES)]
            weight, bar = max(each for each, _ in seen), BARS.get(shot.name)
            heavy |= bar is not None and weight > bar
            promised = f"≤ {bar}" if bar else ""
            line = f"{shot.name:16} {weight:4} KiB {promised:6} {median(took for _, took in seen):6.2f} s"
            sys.stdout.write(f"{line}\n")
        await browser.close()
    return int(heavy)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")))
