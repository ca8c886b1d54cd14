"""Real servers on loopback that do what real servers do on bad days."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

#: A few thousand bytes that would become five million.
BOMB = gzip.compress(json.dumps(" " * 5_000_000).encode())
Behaviour = Callable[["Receiver", web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Receiver:
    """A system that keeps a log: every request, and the keys whose message had its effect, in order."""

    #: What happens to the requests to come, one each; after that everything is well.
    mishaps: list[Behaviour] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)
    released: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    def have_effect(self, request: web.Request) -> str:
        """Do what is asked, once for a key."""
        key = request.headers["Idempotency-Key"]
        if key not in self.effects:
            self.effects.append(key)
        return key

    async def receive(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        self.requests.append({"path": request.path, "headers": dict(request.headers), "body": body})
        mishap = self.mishaps.pop(0) if self.mishaps else well
        return await mishap(self, request)


async def well(receiver: Receiver, request: web.Request) -> web.StreamResponse:
    return web.json_response({"ticket": receiver.have_effect(request)})


async def broken(_receiver: Receiver, _request: web.Request) -> web.StreamResponse:
    return web.json_response({"message": "库满\n了"}, status=500)


async def busy(_receiver: Receiver, _request: web.Request) -> web.StreamResponse:
    return web.Response(status=429, headers={"Retry-After": "120"})


async def refusing(_receiver: Receiver, _request: web.Request) -> web.StreamResponse:
    return web.json_response({"code": "not_ours", "message": "不归我管"}, status=409)


async def hanging(receiver: Receiver, _request: web.Request) -> web.StreamResponse:
    await receiver.released.wait()
    return web.Response()


async def cut(receiver: Receiver, request: web.Request) -> web.StreamResponse:
    """The effect is there, the answer is not."""
    receiver.have_effect(request)
    response = web.StreamResponse(headers={"Content-Length": "100", "Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(b'{"ticket":')
    assert request.transport is not None
    request.transport.abort()
    return response


async def dripping(receiver: Receiver, request: web.Request) -> web.StreamResponse:
    """One byte after the other, for ever."""
    receiver.have_effect(request)
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    while not receiver.released.is_set():
        await response.write(b" ")
        await asyncio.sleep(0.05)
    return response


async def garbage(receiver: Receiver, request: web.Request) -> web.StreamResponse:
    receiver.have_effect(request)
    return web.Response(body=b"\xff\xfe{", content_type="application/json")


async def html(receiver: Receiver, request: web.Request) -> web.StreamResponse:
    receiver.have_effect(request)
    return web.Response(text="<h1>OK</h1>", content_type="text/html")


async def elsewhere(receiver: Receiver, _request: web.Request) -> web.StreamResponse:
    return web.Response(status=302, headers={"Location": f"http://127.0.0.1:{receiver.port}/secret"})


async def bomb(receiver: Receiver, request: web.Request) -> web.StreamResponse:
    receiver.have_effect(request)
    return web.Response(body=BOMB, headers={"Content-Encoding": "gzip", "Content-Type": "application/json"})


async def flood(receiver: Receiver, request: web.Request) -> web.StreamResponse:
    receiver.have_effect(request)
    return web.json_response(["x" * 1000] * 2000)


@asynccontextmanager
async def receiving(*mishaps: Behaviour, port: int = 0) -> AsyncIterator[Receiver]:
    """A receiver on a port of its own, or on the one that is given."""
    receiver = Receiver(mishaps=list(mishaps))
    app = web.Application(client_max_size=2**24)
    app.router.add_route("*", "/{path:.*}", receiver.receive)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    receiver.port = runner.addresses[0][1]
    try:
        yield receiver
    finally:
        receiver.released.set()
        await runner.cleanup()
