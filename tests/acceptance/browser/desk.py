"""Somebody at a screen."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize

from tests.acceptance.browser.lateness import Lateness
from tests.acceptance.city import City

OFFICE = ViewportSize(width=1366, height=768)
PHONE = ViewportSize(width=390, height=844)
ENGLISH = "localStorage.setItem('guiliu-language', 'en')"


@dataclass
class Desks:
    """The screens of one test."""

    browser: Browser
    city: City
    stack: AsyncExitStack
    lateness: Lateness | None = None
    #: What browsers complained of: errors of scripts, blocked by policy, texts that are missing.
    complaints: list[str] = field(default_factory=list)

    async def context(self, username: str | None, viewport: ViewportSize = OFFICE) -> BrowserContext:
        """A browser profile, signed in by the cookie that the server would have set."""
        context = await self.browser.new_context(
            base_url=self.city.address,
            viewport=viewport,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        self.stack.push_async_callback(context.close)
        if self.lateness is not None:
            await self.lateness.befall(context)
        if username is not None:
            cookie = {"name": "guiliu", "value": self.city.tokens[username], "url": self.city.address}
            await context.add_cookies([{**cookie, "httpOnly": True, "sameSite": "Lax"}])  # type: ignore[list-item]
        return context

    async def open(self, username: str | None, path: str = "/", viewport: ViewportSize = OFFICE) -> Page:
        """A page that somebody opened."""
        page = await (await self.context(username, viewport)).new_page()
        self.watch(page)
        await page.goto(path)
        return page

    def watch(self, page: Page) -> None:
        """Collect what the page complains of."""
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)

    def _hear(self, message: ConsoleMessage) -> None:
        # A refusal of the server is shown to the person; the browser reports it as well.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)
