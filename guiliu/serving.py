"""Serving HTTP: worker processes that each open a platform of their own."""

from __future__ import annotations

import gc
from contextlib import AsyncExitStack
from functools import partial

from sanic import Sanic
from sanic.worker.loader import AppLoader

from api import Surface, create_app
from api.app import Server
from guiliu.platform import build_platform, open_platform
from guiliu.settings import Settings

#: Objects that live as long as the process are kept out of collections; young garbage is left to reference counts.
COLLECT_EVERY = 5000


def make_server(settings: Settings, url: str, surface: Surface) -> Server:
    """A server that opens its platform when it starts and closes it when it has stopped."""
    platform = build_platform(settings, url)
    server = create_app(platform, surface)
    open_for_business = AsyncExitStack()

    async def open_doors(_server: Server) -> None:
        await open_for_business.enter_async_context(open_platform(platform))
        gc.collect()
        gc.freeze()
        gc.set_threshold(COLLECT_EVERY)

    async def close_doors(_server: Server) -> None:
        await open_for_business.aclose()

    server.before_server_start(open_doors)
    server.after_server_stop(close_doors)
    return server


def serve(settings: Settings, url: str, surface: Surface) -> None:
    """Serve until told to stop (SIGINT, SIGTERM); requests that have begun are answered first."""
    loader = AppLoader(factory=partial(make_server, settings, url, surface))
    server = loader.load()
    server.prepare(
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        access_log=False,
        motd=False,
        debug=False,
    )
    Sanic.serve(primary=server, app_loader=loader)
