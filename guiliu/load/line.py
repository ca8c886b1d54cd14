"""The line to the servers: errands sent over HTTP, each change written into the history before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
import msgspec

from guiliu.load.agenda import Errand
from guiliu.load.history import HistoryFile, Outcome, outcome_of

#: Seconds until an answer counts as lost; above the server's own limits.
PATIENCE = aiohttp.ClientTimeout(total=20)


@dataclass(frozen=True)
class Answer:
    """What became of an errand."""

    outcome: Outcome
    #: The body as a value when it was done, else ``None``.
    value: Any = None
    #: Of a refusal.
    code: str = ""


@dataclass
class Line:
    """Sends errands to one server after the other."""

    session: aiohttp.ClientSession
    urls: Sequence[str]
    history: HistoryFile
    _turn: int = 0

    async def send(self, errand: Errand) -> Answer:
        """Send once; what is known of it afterwards."""
        if errand.key:
            self.history.invoked(key=errand.key, username=errand.person.username, path=errand.path, body=errand.body)
        try:
            status, body = await self._sent(errand)
        except (aiohttp.ClientError, TimeoutError) as error:
            if errand.key:
                self.history.lost(errand.key, f"{type(error).__name__}: {error}")
            return Answer(Outcome.UNKNOWN)
        if errand.key:
            self.history.answered(errand.key, status, body)
        return _read(status, body)

    async def _sent(self, errand: Errand) -> tuple[int, bytes]:
        """To the server whose turn it is, and while nothing listens there, to the others."""
        for _ in self.urls[1:]:
            try:
                return await self._sent_to(self._next(), errand)
            except aiohttp.ClientConnectorError:
                continue
        return await self._sent_to(self._next(), errand)

    def _next(self) -> str:
        self._turn += 1
        return self.urls[self._turn % len(self.urls)]

    async def _sent_to(self, url: str, errand: Errand) -> tuple[int, bytes]:
        headers = {"authorization": f"Bearer {errand.person.token}"}
        method = "GET"
        if errand.key:
            headers["idempotency-key"] = errand.key
            method = "POST"
        address = f"{url}/api/v1{errand.path}"
        async with self.session.request(method, address, json=errand.body, headers=headers) as response:
            return response.status, await response.read()


def _read(status: int, body: bytes) -> Answer:
    outcome = outcome_of(status)
    match outcome:
        case Outcome.OK:
            return Answer(outcome, msgspec.json.decode(body))
        case Outcome.FAILED:
            return Answer(outcome, code=_code(status, body))
        case Outcome.UNKNOWN:
            return Answer(outcome)


def _code(status: int, body: bytes) -> str:
    """Of a refusal; the status when what stands between says no in its own way."""
    try:
        return str(msgspec.json.decode(body)["code"])
    except (msgspec.DecodeError, KeyError, TypeError):
        return str(status)
