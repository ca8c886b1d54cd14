"""Serving: worker processes over one address, each with a house of its own."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from functools import partial
from tempfile import TemporaryDirectory

from sanic import Sanic

from api.app import Server, create_app, openapi_document
from api.metrics import forget_numbers, share_numbers
from api.ports import Platform
from api.surfaces import Surface
from api.workers import Workers

#: Objects that a command makes are freed by it; what the collector finds is little, so it need not look often.
COLLECT_AFTER = 5_000
#: Connections that wait for a worker.
BACKLOG = 1024

#: Makes a house and what keeps it open; called once in every worker process.
Opening = Callable[[], tuple[Platform, AbstractAsyncContextManager[object]]]


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where to listen, and with how many processes."""

    host: str
    port: int
    workers: int


def serve(opening: Opening, surface: Surface, address: Address) -> None:
    """Serve with worker processes until told to stop; requests under way are answered first. Raises ``OSError``."""
    listener = listening(address.host, address.port)
    # Here, so that no worker has to.
    openapi_document(surface)
    work = partial(serve_here, opening, surface, listener)
    with TemporaryDirectory(prefix="guiliu-metrics-") as folder:
        if address.workers > 1:
            share_numbers(folder)
        Workers(work, number=address.workers, forget=forget_numbers).keep_working(listener.close)


def serve_here(opening: Opening, surface: Surface, listener: socket.socket) -> None:
    """Serve in this process until told to stop."""
    app = served_app(opening, surface)
    app.prepare(sock=listener, single_process=True, access_log=False, motd=False)
    Sanic.serve_single(primary=app)


def listening(host: str, port: int) -> socket.socket:
    """A socket that takes connections, also while no worker is there to answer them. Raises ``OSError``."""
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    return socket.create_server(address[:2], family=family, backlog=BACKLOG)


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
