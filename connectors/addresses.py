"""Where a connection may go: a name is resolved once, every address is checked, and only those are connected to."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from aiohttp.abc import AbstractResolver, ResolveResult

Networks = Sequence[IPv4Network | IPv6Network]


class AddressRefused(Exception):
    """A host has an address that must not be connected to. Not an ``OSError``, which would be tried again."""


def is_allowed(text: str, networks: Networks) -> bool:
    """Whether an address lies in one of the networks and is the address of one machine."""
    address: IPv4Address | IPv6Address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    # Also when a network is configured too wide: here live the services of the machine room itself.
    if address.is_multicast or address.is_unspecified or address.is_link_local or address.is_reserved:
        return False
    return any(address.version == network.version and address in network for network in networks)


class CheckedResolver(AbstractResolver):
    """Resolves for one target; what it answers is what the connection is made to, so nothing can change in between."""

    def __init__(self, networks: Networks) -> None:
        self._networks = networks

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Every address of the host. Raises ``AddressRefused`` when one of them lies elsewhere."""
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family)
        addresses = list(dict.fromkeys((str(sockaddr[0]), kind) for kind, *_, sockaddr in found))
        for address, _ in addresses:
            if not is_allowed(address, self._networks):
                raise AddressRefused(f"{host} is {address}")
        return [
            ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=socket.AI_NUMERICHOST)
            for address, kind in addresses
        ]

    async def close(self) -> None:
        """Nothing is held."""
