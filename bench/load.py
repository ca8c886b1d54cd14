"""A closed-loop HTTP client that costs little: one keep-alive connection per client, requests built as bytes.

Load generator, server and database share two cores, so what the generator itself spends distorts the result. This one
writes prepared bytes and looks only for the status and the length of the answer.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

#: What to do next, given the previous answer of the same client; ``None`` ends the client.
NextRequest = Callable[[int, int, bytes], bytes | None]


@dataclass
class LoadResult:
    """What the clients of one run saw."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Successful answers per second."""
        good = sum(count for status, count in self.statuses.items() if 200 <= status < 300)
        return good / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """Latency in milliseconds below which ``share`` of the answers came."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0.0


class _Client(asyncio.Protocol):
    def __init__(self, number: int, next_request: NextRequest, result: LoadResult, until: float) -> None:
        self.number, self.next_request, self.result, self.until = number, next_request, result, until
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.buffer = b""
        self.sent = 0.0
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._send(0, b"")

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head_end = self.buffer.find(b"\r\n\r\n")
        if head_end < 0:
            return
        head = self.buffer[:head_end].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self.buffer) < head_end + 4 + length:
            return
        body, self.buffer = self.buffer[head_end + 4 : head_end + 4 + length], b""
        status = int(head[9:12])
        self.result.latencies.append(time.perf_counter() - self.sent)
        self.result.statuses[status] = self.result.statuses.get(status, 0) + 1
        self._send(status, body)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the name is the protocol's
        if not self.done.done():
            self.done.set_result(None)

    def _send(self, status: int, body: bytes) -> None:
        assert self.transport is not None
        request = self.next_request(self.number, status, body) if time.perf_counter() < self.until else None
        if request is None:
            self.transport.close()
            return
        self.sent = time.perf_counter()
        self.transport.write(request)


async def closed_loop(host: str, port: int, clients: int, seconds: float, next_request: NextRequest) -> LoadResult:
    """Keep ``clients`` requests in flight for ``seconds``."""
    loop = asyncio.get_running_loop()
    result = LoadResult()
    begun = time.perf_counter()
    made = [
        await loop.create_connection(
            lambda number=number: _Client(number, next_request, result, begun + seconds),
            host,
            port,  # type: ignore[misc]
        )
        for number in range(clients)
    ]
    await asyncio.gather(*(client.done for _, client in made))
    result.seconds = time.perf_counter() - begun
    return result


def request(method: str, path: str, token: str, body: bytes = b"", key: str = "") -> bytes:
    """The bytes of one request."""
    headers = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        *([f"Authorization: Bearer {token}"] if token else []),
        *([f"Idempotency-Key: {key}"] if key else []),
        *(["Content-Type: application/json", f"Content-Length: {len(body)}"] if body else []),
    ]
    return "\r\n".join(headers).encode() + b"\r\n\r\n" + body


def numbered(prefix: str) -> Iterator[str]:
    """Endless distinct idempotency keys."""
    number = 0
    while True:
        number += 1
        yield f"{prefix}-{number}"
