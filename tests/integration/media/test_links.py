"""A command that names another's media is refused as a whole, within its commit."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.clock import DatabaseClock
from engine.errors import InvalidState
from engine.storage.database import Database
from engine.storage.engine_tables import ENGINE_TABLES
from engine.storage.tree_store import TreeStore
from engine.store import Flush, TreeHead
from processes.media import CaseMediaRow, CaseMediaTable

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
PHOTO = """
insert into media (sha, type, bytes, usage, name, uploaded_by) values ('\\x00', 'image/png', 1, 'report', 'a', $1)
returning id
"""


@pytest.fixture
def store(database: Database) -> TreeStore:
    return TreeStore(database, [*ENGINE_TABLES, CaseMediaTable()], DatabaseClock())


def new_case(tree: int, media: int, actor: str) -> Flush:
    return Flush(
        tree=tree,
        version=0,
        epoch=1,
        now=NOON,
        actor=actor,
        head=TreeHead(version=1, seq=0, hash=b"\0" * 32, state=b"{}"),
        rows={"case_media": [(media, CaseMediaRow(linked_by=actor, linked_at=NOON))]},
    )


async def cases(database: Database) -> list[int]:
    return [row["id"] for row in await database.fetch("select id from tree order by id")]


async def test_a_case_with_ones_own_photo_is_written_with_its_link(database: Database, store: TreeStore) -> None:
    photo = await database.fetchval(PHOTO, "user:1")
    await store.flush(new_case(1, photo, "user:1"))
    assert await cases(database) == [1]
    assert await database.fetchval("select tree from case_media where media = $1", photo) == 1


async def test_a_case_with_the_photo_of_another_is_not_written_at_all(database: Database, store: TreeStore) -> None:
    photo = await database.fetchval(PHOTO, "user:1")
    for named in (photo, photo + 1):
        with pytest.raises(InvalidState):
            await store.flush(new_case(1, named, "user:2"))
    assert await cases(database) == []
    assert await database.fetchval("select count(*) from case_media") == 0
