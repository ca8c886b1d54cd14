"""The line to a server: errands sent over HTTP, each change written into the history before and after."""

from __future__ import annotations

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


@dataclass(frozen=True)
class Line:
    """Sends errands to one server."""

    session: aiohttp.ClientSession
    history: HistoryFile

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
        headers = {"authorization": f"Bearer {errand.person.token}"}
        method = "GET"
        if errand.key:
            headers["idempotency-key"] = errand.key
            method = "POST"
        address = f"/api/v1{errand.path}"
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
