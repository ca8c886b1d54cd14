"""Lending connections: bounded, the warmest first, and never one of which nobody knows what it is doing."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import asyncpg
import pytest

from engine.storage.connections import Connections


class Wire:
    """Stands in for a driver's connection."""

    def __init__(self) -> None:
        self.in_transaction = False
        self.closed = False

    def is_in_transaction(self) -> bool:
        return self.in_transaction

    def is_closed(self) -> bool:
        return self.closed

    def terminate(self) -> None:
        self.closed = True

    async def close(self) -> None:
        self.closed = True


class Server:
    """Makes wires until it refuses."""

    def __init__(self) -> None:
        self.made: list[Wire] = []
        self.refuses = False

    async def connect(self) -> Any:
        if self.refuses:
            raise ConnectionRefusedError
        self.made.append(Wire())
        return self.made[-1]


@pytest.fixture
def server() -> Server:
    return Server()


def connections(server: Server, *, most: int = 2) -> Connections:
    return Connections(server.connect, most=most, patience=0.01)


async def test_a_connection_that_came_back_is_lent_again(server: Server) -> None:
    lender = connections(server)
    for _ in range(3):
        async with lender.lent():
            pass
    assert len(server.made) == 1


async def test_the_one_used_last_is_lent_first(server: Server) -> None:
    lender = connections(server)
    await lender.warm_up(2)
    async with lender.lent() as first, lender.lent():
        pass
    async with lender.lent() as again:
        assert again is first


async def test_no_more_are_lent_than_there_may_be(server: Server) -> None:
    lender = connections(server, most=1)
    async with lender.lent():
        with pytest.raises(TimeoutError):
            await lender.acquire()
    async with lender.lent():
        assert len(server.made) == 1


async def test_who_waits_gets_what_comes_back(server: Server) -> None:
    lender = connections(server, most=1)
    held = await lender.acquire()
    waiting = asyncio.create_task(lender.acquire())
    await asyncio.sleep(0)
    await lender.release(held)
    assert await waiting is held


@pytest.mark.parametrize("error", [asyncio.CancelledError, TimeoutError])
async def test_what_was_broken_off_is_not_lent_again(server: Server, error: type[BaseException]) -> None:
    lender = connections(server, most=1)
    with pytest.raises(error):
        async with lender.lent():
            raise error
    assert server.made[0].closed
    async with lender.lent() as next_one:
        assert next_one is cast(asyncpg.Connection, server.made[1])


async def test_an_ordinary_error_costs_no_connection(server: Server) -> None:
    lender = connections(server, most=1)
    with pytest.raises(ValueError, match="wrong"):
        async with lender.lent():
            raise ValueError("wrong")
    async with lender.lent():
        assert len(server.made) == 1


async def test_one_left_in_a_transaction_is_thrown_away(server: Server) -> None:
    lender = connections(server)
    async with lender.lent():
        server.made[0].in_transaction = True
    assert server.made[0].closed
    async with lender.lent():
        assert len(server.made) == 2


async def test_one_that_the_server_closed_is_replaced(server: Server) -> None:
    lender = connections(server)
    await lender.warm_up(1)
    server.made[0].closed = True
    async with lender.lent():
        assert len(server.made) == 2


async def test_a_refused_connection_leaves_its_place_free(server: Server) -> None:
    lender = connections(server, most=1)
    server.refuses = True
    with pytest.raises(ConnectionRefusedError):
        await lender.acquire()
    server.refuses = False
    async with lender.lent():
        assert len(server.made) == 1


async def test_closing_waits_for_what_is_lent_and_closes_all(server: Server) -> None:
    lender = connections(server)
    await lender.warm_up(2)
    held = await lender.acquire()
    closing = asyncio.create_task(lender.close())
    await asyncio.sleep(0)
    assert not closing.done()
    await lender.release(held)
    await closing
    assert all(wire.closed for wire in server.made)
    with pytest.raises(asyncpg.InterfaceError):
        await lender.acquire()
