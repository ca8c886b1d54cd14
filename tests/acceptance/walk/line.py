"""A line to the city: people who ask until they know, each request under one key however often it is sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from uuid import uuid4

import aiohttp

from guiliu.load import Outcome
from tests.acceptance.walk.history import Answer, History, Request

#: Seconds until an answer counts as lost; above the server's own limits.
PATIENCE = aiohttp.ClientTimeout(total=20)
#: After so many losses of one request something hangs.
MOST_LOSSES = 1000
NONE: Mapping[str, str] = MappingProxyType({})


async def at_once(_: Request) -> None:
    """Ask again without waiting for anything."""


@dataclass
class Line:
    """Signed-in people in front of a server."""

    session: aiohttp.ClientSession
    address: str
    #: Of sessions, by username.
    tokens: Mapping[str, str]
    history: History
    #: Awaited before a request of unknown outcome is sent again.
    again: Callable[[Request], Awaitable[None]] = field(default=at_once)

    async def ask(self, username: str, path: str, body: Any) -> Answer:
        """POST under a key of its own until there is an answer that leaves nothing open."""
        request = Request(key=uuid4().hex, username=username, path=path, body=body)
        answer = await self._once(request)
        while answer is None or answer.outcome is Outcome.UNKNOWN:
            assert request.losses < MOST_LOSSES, f"{username} {path}: no answer"
            await self.again(request)
            answer = await self._once(request)
        return answer

    async def ask_again(self, request: Request) -> Answer:
        """The same request once more, outside of the history."""
        return await self._send(request)

    async def insist(self, username: str, method: str, path: str, **sent: Any) -> Answer:
        """Send what may be carried out more than once, until there is an answer that leaves nothing open."""
        answer = await self.attempt(username, method, path, **sent)
        while answer is None or answer.outcome is Outcome.UNKNOWN:
            await self.again(Request(key="", username=username, path=path, body=None))
            answer = await self.attempt(username, method, path, **sent)
        return answer

    async def attempt(
        self, username: str, method: str, path: str, *, headers: Mapping[str, str] = NONE, **sent: Any
    ) -> Answer | None:
        """Send once, without a key; ``None`` when no answer came."""
        url, headers = f"{self.address}/api/v1{path}", {**self._headers(username), **headers}
        try:
            async with self.session.request(method, url, headers=headers, timeout=PATIENCE, **sent) as response:
                return Answer(response.status, await response.read())
        except (aiohttp.ClientError, TimeoutError):
            return None

    async def _once(self, request: Request) -> Answer | None:
        self.history.invoked(request)
        try:
            answer = await self._send(request)
        except (aiohttp.ClientError, TimeoutError) as error:
            self.history.lost(request, f"{type(error).__name__}: {error}")
            return None
        self.history.answered(request, answer)
        return answer

    async def _send(self, request: Request) -> Answer:
        headers = {**self._headers(request.username), "idempotency-key": request.key}
        url = f"{self.address}/api/v1{request.path}"
        async with self.session.post(url, json=request.body, headers=headers, timeout=PATIENCE) as response:
            return Answer(response.status, await response.read())

    def _headers(self, username: str) -> dict[str, str]:
        return {"authorization": f"Bearer {self.tokens[username]}"}
