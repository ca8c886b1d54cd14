"""Nothing but the database holds state: one key over two servers, and clients that leave, change nothing of that."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from api import listening
from tests.acceptance.city import REPORT
from tests.acceptance.durability.conftest import Town, Towns
from tests.acceptance.durability.forked import Forked, Place, serving
from tests.acceptance.walk.history import Request
from tests.acceptance.walk.line import Line
from tests.acceptance.walk.walking import expected

AT_ONCE = 10
LEAVERS = 20
_CASES = "select count(*) from cases"
_COMPLETIONS = "select count(*) from event where type = 'TaskCompleted'"


@asynccontextmanager
async def second_server(town: Town) -> AsyncIterator[Line]:
    """Another server over the same database, and a line to it."""
    with listening("127.0.0.1", 0) as listener:
        place = Place(town.home, town.database_url, listener)
        with Forked(place, serving) as server:
            server.begin()
            yield replace(town.line, address=place.address)


def request_of(username: str, path: str, body: Any = None) -> Request:
    return Request(key=uuid4().hex, username=username, path=path, body=body)


async def at_once_over(here: Line, there: Line, request: Request) -> Any:
    """The one answer to a request that was sent many times at once over two servers."""
    answers = await asyncio.gather(*(line.ask_again(request) for line in (here, there) * AT_ONCE))
    assert set(answers) == {answers[0]}
    return expected(answers[0], answers[0].status if answers[0].status < 300 else 200)


async def test_one_key_over_two_servers_has_one_effect(towns: Towns) -> None:
    async with towns() as town, second_server(town) as there:
        town.server.begin()
        reported = await at_once_over(town.line, there, request_of("inspector", "/cases", REPORT))
        task = reported["opened"][0]["id"]
        await at_once_over(town.line, there, request_of("acceptor", f"/tasks/{task}/claim"))
        body = {"data": {"decision": "accept"}}
        await at_once_over(town.line, there, request_of("acceptor", f"/tasks/{task}/complete", body))
        async with town.connection() as connection:
            assert await connection.fetchval(_CASES) == 1
            assert await connection.fetchval(_COMPLETIONS) == 1


async def test_a_client_that_leaves_in_the_middle_tears_no_command(towns: Towns) -> None:
    async with towns() as town:
        town.server.begin()
        reports = [request_of("inspector", "/cases", REPORT) for _ in range(LEAVERS)]
        for report in reports:
            await asyncio.to_thread(leave_after_asking, town.line, report)
        # Asked again each is answered once and for all, whether it had been carried out or never read.
        answers = [expected(await town.line.ask_again(report), 201) for report in reports]
        assert len({answer["case"] for answer in answers}) == LEAVERS
        async with town.connection() as connection:
            assert await connection.fetchval(_CASES) == LEAVERS
        for report, answer in zip(reports, answers, strict=True):
            assert (await town.line.ask_again(report)).json == answer


def leave_after_asking(line: Line, request: Request) -> None:
    """Send a whole request and cut the connection without waiting for anything."""
    parts = urlsplit(line.address)
    body = json.dumps(request.body).encode()
    head = (
        f"POST /api/v1{request.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {line.tokens[request.username]}\r\nIdempotency-Key: {request.key}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection((parts.hostname, parts.port)) as connection:
        connection.sendall(head.encode() + body)
        # Closing with unsent time to linger resets the connection.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
