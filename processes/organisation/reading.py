"""Reads the organisation as it stands at one moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import asyncpg

from processes.organisation.snapshot import (
    AccountEntry,
    Holding,
    OrganisationSnapshot,
    PostEntry,
    UnitEntry,
    UnitKind,
)

# Whoever ended or has not begun yet is left out by the database's clock; the moment of the next change is read along.
_HOLDINGS = """
select account, post, unit from membership
where (valid_from is null or valid_from <= now()) and (valid_until is null or valid_until > now())
order by id
"""
_NEXT_CHANGE = """
select least(
    (select min(valid_from) from membership where valid_from > now()),
    (select min(valid_until) from membership where valid_until > now())
)
"""


async def read_organisation(connection: asyncpg.Connection) -> OrganisationSnapshot:
    """The organisation as of the transaction of ``connection``; five queries."""
    units = await connection.fetch("select code, name, name_en, kind, parent, is_valid from unit order by code")
    posts = await connection.fetch("select key, name_zh, name_en from post order by key")
    accounts = await connection.fetch("select id, username, name, is_disabled from account order by id")
    holdings = await connection.fetch(_HOLDINGS)
    return OrganisationSnapshot(
        units={row["code"]: UnitEntry(**{**row, "kind": UnitKind(row["kind"])}) for row in units},
        posts={row["key"]: PostEntry(**row) for row in posts},
        accounts={row["id"]: AccountEntry(**row) for row in accounts},
        holdings=_by_account(holdings),
        changes_at=await connection.fetchval(_NEXT_CHANGE),
    )


def _by_account(rows: Iterable[Mapping[str, Any]]) -> dict[int, tuple[Holding, ...]]:
    held: defaultdict[int, list[Holding]] = defaultdict(list)
    for row in rows:
        held[row["account"]].append(Holding(post=row["post"], unit=row["unit"]))
    return {account: tuple(holdings) for account, holdings in held.items()}
