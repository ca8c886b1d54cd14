"""Serving: worker processes over one address, each with a house of its own."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from functools import partial
from tempfile import TemporaryDirectory

from sanic import Sanic
from sanic.worker.loader import AppLoader

from api.app import Server, create_app
from api.metrics import SHARED_FOLDER
from api.ports import Platform
from api.surfaces import Surface

#: Objects that a command makes are freed by it; what the collector finds is little, so it need not look often.
COLLECT_AFTER = 5_000

#: Makes a house and what keeps it open; called once in every worker process.
Opening = Callable[[], tuple[Platform, AbstractAsyncContextManager[object]]]


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where to listen, and with how many processes."""

    host: str
    port: int
    workers: int


def serve(opening: Opening, surface: Surface, address: Address) -> None:
    """Serve until told to stop; requests under way are answered first."""
    loader = AppLoader(factory=partial(served_app, opening, surface))
    single = address.workers == 1
    app = loader.load()
    app.prepare(
        host=address.host,
        port=address.port,
        workers=address.workers,
        single_process=single,
        access_log=False,
        motd=False,
    )
    if single:
        Sanic.serve_single(primary=app)
        return
    with TemporaryDirectory(prefix="guiliu-metrics-") as folder:
        # Read by the workers as they start: whichever is asked for its numbers answers for all.
        os.environ.setdefault(SHARED_FOLDER, folder)
        Sanic.serve(primary=app, app_loader=loader)


def served_app(opening: Opening, surface: Surface) -> Server:
    """The server of one worker: its house is open from before the first request until after the last."""
    platform, lifetime = opening()
    app = create_app(platform, surface, name=f"guiliu-{surface}")
    open_house = AsyncExitStack()

    async def open_up(_app: Server) -> None:
        await open_house.enter_async_context(lifetime)
        gc.collect()
        gc.freeze()
        gc.set_threshold(COLLECT_AFTER)

    async def close_down(_app: Server) -> None:
        await open_house.aclose()

    app.register_listener(open_up, "before_server_start")
    app.register_listener(close_down, "after_server_stop")
    return app
