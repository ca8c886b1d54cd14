"""A real browser in front of the whole house, and the people of the sample city at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from random import Random

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from guiliu.settings import BUILT_PAGES
from tests.acceptance.browser.desk import Desks
from tests.acceptance.browser.lateness import Lateness
from tests.acceptance.city import City

CHROMIUM = shutil.which("chromium") or ""
#: How long a page may take to show what is waited for, in milliseconds; on a busy machine that is many seconds.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


def pytest_addoption(parser: pytest.Parser) -> None:
    """How somebody looks for what holds by luck only."""
    parser.addoption("--late-answers", metavar="SEED", help="answers come late and out of order, pages compute slowly")


def missing(what: str) -> None:
    """Somebody's machine may lack a browser; the one that decides what lands may not."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}; needed to try the pages in a browser")
    pytest.skip(f"网页未在浏览器中测试：{what} / pages not tried in a browser")


@pytest.fixture(scope="session")
def pages() -> None:
    """The built front end."""
    if not (BUILT_PAGES / "index.html").is_file():
        missing("no web/dist, run web/build")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(pages: None) -> AsyncIterator[Browser]:
    """One browser for each file of tests."""
    if not CHROMIUM:
        missing("no chromium")
    async with async_playwright() as playwright:
        # Its own sandbox does not work for root in containers; it opens nothing but our own pages.
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        await started.close()


@pytest_asyncio.fixture(loop_scope="module")
async def desks(browser: Browser, city: City, request: pytest.FixtureRequest) -> AsyncIterator[Desks]:
    """Pages of the test's own, each person in a context of his own; nothing may have gone wrong in any of them."""
    seed = request.config.getoption("--late-answers", None)
    lateness = None if seed is None else Lateness(Random(f"{seed} {request.node.name}"))
    async with AsyncExitStack() as stack:
        opened = Desks(browser, city, stack, lateness)
        yield opened
        assert opened.complaints == []
