"""The plain way over HTTP: SpiffWorkflow with its whole state as JSON in one row (``bench.plain_server``)."""

from __future__ import annotations

import asyncio
import itertools
import json
import socket
import sys
from dataclasses import dataclass

import asyncpg

from bench.engine import ANSWERS
from bench.house import HOST, cpu_seconds, family
from bench.load import LoadResult, NextRequest, closed_loop, request
from bench.plain_server import TABLE, PlainEngine

CASES = 200


@dataclass(frozen=True, kw_only=True)
class PlainResult:
    """What the plain way reached at one age of its cases."""

    reworks: int
    result: LoadResult
    cpu_us: float
    state_bytes: int


async def plain_way(url: str, reworks: int, clients: int, seconds: float) -> PlainResult:
    """Complete tasks of cases that were reworked so often."""
    state = aged_state(reworks)
    await _fill(url, state)
    with socket.create_server((HOST, 0)) as listener:
        port = listener.getsockname()[1]
    server = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.plain_server", url, str(port))
    try:
        await _until_listening(port)
        before = sum(map(cpu_seconds, family(server.pid)))
        result = await closed_loop(HOST, port, clients, seconds, _requests())
        used = sum(map(cpu_seconds, family(server.pid))) - before
    finally:
        server.terminate()
        await server.wait()
    done = max(1, sum(result.statuses.values()))
    return PlainResult(reworks=reworks, result=result, cpu_us=used / done * 1e6, state_bytes=len(state))


def aged_state(reworks: int) -> str:
    """The state of a case that waits for its verification after so many reworks."""
    engine = PlainEngine()
    state, left = engine.start(), reworks
    while True:
        element = engine.waits_at(state)
        if element == "verify" and left == 0:
            return state
        answer = _answer(element, rework=left > 0)
        left -= element == "verify"
        state = engine.complete(state, answer) or state


def _answer(element: str, *, rework: bool) -> dict[str, object]:
    plain = {
        name: value if isinstance(value, bool | str) else int(str(value)) for name, value in ANSWERS[element].items()
    }
    return {**plain, "rework": rework} if element == "verify" else plain


def _requests() -> NextRequest:
    cases = itertools.cycle(range(1, CASES + 1))
    # Data of every form at once: whatever task is open finds what it needs, and the case never ends.
    body = json.dumps({"rework": True, "level": 2}).encode()

    def next_request(_client: int, _status: int, _body: bytes) -> bytes:
        return request("POST", f"/plain/{next(cases)}/complete", "", body)

    return next_request


async def _fill(url: str, state: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(TABLE)
        await connection.execute("truncate plain_case")
        await connection.execute("insert into plain_case select n, $2 from generate_series(1, $1) n", CASES, state)
    finally:
        await connection.close()


async def _until_listening(port: int) -> None:
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection(HOST, port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise TimeoutError("the plain server did not begin to serve")
