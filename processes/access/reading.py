"""Reads what posts may do, as it stands at one moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import asyncpg


async def read_permissions(connection: asyncpg.Connection) -> Mapping[str, frozenset[str]]:
    """Permissions by post, as of the transaction of ``connection``."""
    permitted: defaultdict[str, set[str]] = defaultdict(set)
    for row in await connection.fetch("select post, permission from post_permission"):
        permitted[row["post"]].add(row["permission"])
    return {post: frozenset(names) for post, names in permitted.items()}
