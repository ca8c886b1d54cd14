"""A server that dies again and again at one crash point, and is begun anew by whoever misses an answer."""

from __future__ import annotations

from engine.crash import EXIT_CODE
from tests.acceptance.durability.forked import ForkedServer
from tests.acceptance.walk.history import Request


class Deaths:
    """Dies the first time the point is reached, after that every ``stride`` times."""

    def __init__(self, server: ForkedServer, point: str, *, stride: int) -> None:
        self._server = server
        self._crash = f"{point}:{stride}"
        self.count = 0
        server.begin(point)

    async def again(self, _: Request) -> None:
        """For ``Line.again``: an answer is missing because the server died at the point and for no other reason."""
        assert await self._server.ended() == EXIT_CODE
        self.count += 1
        self._server.begin(self._crash)
