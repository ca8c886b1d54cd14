"""Answers that come late, in another order than they were asked for: what relies on luck does not survive them."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, Error, Page, Request, Route

#: What an answer waits at most, in seconds.
_LATEST = 1.2
#: How many times slower a page computes at most.
_SLOWEST = 4


@dataclass
class Lateness:
    """How late answers are, and how slowly pages compute: other with each seed."""

    chance: Random

    async def befall(self, context: BrowserContext) -> None:
        """Let all that pages of a profile ask for be late, but for the streams."""
        await context.route("**/api/**", self._hold_up)
        context.on("page", lambda page: asyncio.ensure_future(self._slow_down(page)))

    async def _hold_up(self, route: Route) -> None:
        # The page may be gone by the time its answer comes.
        with suppress(Error):
            if self.chance.random() < 0.5 or _goes_on_alone(route.request):
                await self._ask_late(route)
            else:
                await self._answer_late(route)

    async def _ask_late(self, route: Route) -> None:
        await self._pause()
        await route.continue_()

    async def _answer_late(self, route: Route) -> None:
        answer = await route.fetch()
        await self._pause()
        await route.fulfill(response=answer)

    async def _pause(self) -> None:
        await asyncio.sleep(_LATEST * self.chance.random() ** 2)

    async def _slow_down(self, page: Page) -> None:
        with suppress(Error):
            session = await page.context.new_cdp_session(page)
            await session.send("Emulation.setCPUThrottlingRate", {"rate": self.chance.uniform(1, _SLOWEST)})


def _goes_on_alone(request: Request) -> bool:
    """Whether an answer cannot be fetched beside the browser: a stream, or for a page whose network may be cut."""
    is_stream = "text/event-stream" in request.headers.get("accept", "")
    return is_stream or urlsplit(request.frame.url).path == "/field"
