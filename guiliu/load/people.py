"""The sample city's people as clients of a running server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import aiohttp

from processes.sample import SAMPLE_PASSWORD, SAMPLE_USERNAMES


class NoWayIn(Exception):
    """The server cannot be worked with; the text says why."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who has signed in."""

    username: str
    token: str
    groups: frozenset[str]
    permissions: frozenset[str]


@dataclass(frozen=True)
class People:
    """All who have signed in."""

    persons: Sequence[Person]

    def of_groups(self, groups: Sequence[str], random: Random) -> Person | None:
        """Somebody of any of the groups; ``None`` when nobody here is."""
        found = [person for person in self.persons if not person.groups.isdisjoint(groups)]
        return random.choice(found) if found else None

    def with_permission(self, permission: str, random: Random) -> Person:
        """Somebody who may do this. Raises ``NoWayIn``."""
        found = [person for person in self.persons if permission in person.permissions]
        if not found:
            raise NoWayIn(f"样例账号都没有权限 {permission} / no sample account has the permission {permission}")
        return random.choice(found)


async def signed_in(session: aiohttp.ClientSession, url: str) -> People:
    """Everybody of the sample city. Raises ``NoWayIn``."""
    return People([await _person(session, url, username) for username in SAMPLE_USERNAMES])


async def _person(session: aiohttp.ClientSession, url: str, username: str) -> Person:
    credentials = {"username": username, "password": SAMPLE_PASSWORD}
    token = (await _asked(session, "POST", f"{url}/api/v1/sessions", json=credentials))["token"]
    me = await _asked(session, "GET", f"{url}/api/v1/me", headers={"authorization": f"Bearer {token}"})
    groups, permissions = frozenset(me["groups"]), frozenset(me["permissions"])
    return Person(username=username, token=token, groups=groups, permissions=permissions)


async def _asked(session: aiohttp.ClientSession, method: str, address: str, **sent: Any) -> Any:
    try:
        async with session.request(method, address, **sent) as response:
            if response.status >= 300:
                raise NoWayIn(f"{method} {address}: {response.status} {await response.text()}")
            return await response.json()
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise NoWayIn(f"连接不上服务 / the server cannot be reached: {error}") from error
