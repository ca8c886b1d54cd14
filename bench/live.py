"""From the commit to the screen: how long after its answer an event arrives on the stream."""

from __future__ import annotations

import asyncio
import time

import aiohttp
import msgspec

from bench.completions import PERFORMERS, Desk
from bench.house import HOST

PATIENCE = 10.0


async def stream_latencies(desk: Desk, tasks: list[str], form: str) -> list[float]:
    """Seconds from each completion's answer to its event, one completion at a time."""
    username, data = PERFORMERS[form]
    address = f"http://{HOST}:{desk.house.port}"
    arrived: asyncio.Queue[tuple[int, float]] = asyncio.Queue()
    async with aiohttp.ClientSession(address) as session:
        listening = asyncio.create_task(_listen(session, desk.tokens["acceptor"], arrived))
        await asyncio.sleep(0.5)
        try:
            return [await _one(session, desk, task, (username, data), arrived) for task in tasks]
        finally:
            listening.cancel()


async def _one(
    session: aiohttp.ClientSession,
    desk: Desk,
    task: str,
    performing: tuple[str, object],
    arrived: asyncio.Queue[tuple[int, float]],
) -> float:
    username, data = performing
    headers = {"authorization": f"Bearer {desk.tokens[username]}", "idempotency-key": desk.key()}
    async with session.post(f"/api/v1/tasks/{task}/complete", json={"data": data}, headers=headers) as answer:
        await answer.read()
        answered = time.perf_counter()
        answer.raise_for_status()
    case = int(task.split(".")[0])
    while True:
        seen, at = await asyncio.wait_for(arrived.get(), PATIENCE)
        if seen == case:
            return max(0.0, at - answered)


async def _listen(session: aiohttp.ClientSession, token: str, arrived: asyncio.Queue[tuple[int, float]]) -> None:
    headers = {"authorization": f"Bearer {token}"}
    async with session.get("/api/v1/events", headers=headers, timeout=aiohttp.ClientTimeout(total=None)) as stream:
        async for line in stream.content:
            if line.startswith(b"data: {") and b'"case"' in line:
                arrived.put_nowait((int(msgspec.json.decode(line[6:])["case"]), time.perf_counter()))
