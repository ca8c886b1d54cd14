"""Serving HTTP: every worker process opens a platform of its own."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from functools import partial

from api import Address, Surface
from api import serve as serve_http
from api.ports import Platform
from guiliu.platform import build_platform, open_platform
from guiliu.settings import Settings


def opening(settings: Settings, url: str) -> tuple[Platform, AbstractAsyncContextManager[object]]:
    """A platform, and what keeps it open."""
    platform = build_platform(settings, url)
    return platform, open_platform(platform)


def serve(settings: Settings, url: str, surface: Surface) -> None:
    """Serve until told to stop."""
    address = Address(host=settings.host, port=settings.port, workers=settings.workers)
    serve_http(partial(opening, settings, url), surface, address)
