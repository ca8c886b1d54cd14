"""Tells how long a report from the field takes: ``python -m docs.pictures.report http://127.0.0.1:8000``.

An inspector on a phone whose line is weak (1.6 Mbit/s down, half of it up, 150 ms) and whose processor is slowed, at a
person's pace: so long for a tap, a letter and a photo. Counted from the moment the page can be seen.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from io import BytesIO

from PIL import Image
from playwright.async_api import FilePayload, Page, async_playwright

from docs.pictures.screens import PHONE, Shot, profile
from docs.pictures.weights import slowed

TAP = 0.8
LETTER = 0.35
#: Pointing the camera and releasing it.
PHOTO = 4.0
#: As phones make them.
PIXELS = (4000, 3000)
GRAIN = 34
QUALITY = 92
REPORT = Shot(name="report", who="inspector", path="/field#report", sign=".place .where", viewport=PHONE)


def photo() -> bytes:
    """A photo with as much in it as one of a street has."""
    light = Image.linear_gradient("L").resize(PIXELS)
    grain = Image.effect_noise((PIXELS[0] // 2, PIXELS[1] // 2), GRAIN).resize(PIXELS, Image.Resampling.BICUBIC)
    buffer = BytesIO()
    Image.merge("RGB", [Image.blend(light, grain, 0.5)] * 3).save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()


async def _reported(page: Page, taken: FilePayload) -> tuple[float, float]:
    """Seconds until "send" was tapped, and until the case number was there."""
    await page.goto(REPORT.path)
    await page.locator(REPORT.sign).first.wait_for()
    began = time.perf_counter()
    await asyncio.sleep(2 * TAP + PHOTO)
    await page.locator("input[type=file]").first.set_input_files(taken)
    await asyncio.sleep(TAP)
    search = page.get_by_role("searchbox")
    await search.focus()
    for letter in "上水":
        await asyncio.sleep(LETTER)
        await search.press_sequentially(letter)
    await asyncio.sleep(TAP)
    await page.get_by_role("button", name="上水井盖").first.click()
    await asyncio.sleep(2 * TAP)
    await page.get_by_label("立案条件").select_option(index=1)
    await asyncio.sleep(TAP)
    await page.locator("button[type=submit]").click()
    sent = time.perf_counter() - began
    await page.locator("[role=status] strong").wait_for(timeout=120_000)
    return sent, time.perf_counter() - began


async def main(address: str) -> None:
    """Report once and tell."""
    taken = FilePayload(name="IMG_0001.jpg", mimeType="image/jpeg", buffer=photo())
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = await (await profile(browser, address, REPORT)).new_page()
        await slowed(page, REPORT)
        sent, numbered = await _reported(page, taken)
        size = len(taken["buffer"]) / 1_000_000
        sys.stdout.write(f"{size:.1f} MB: send tapped after {sent:.1f} s, case number after {numbered:.1f} s\n")
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"))
