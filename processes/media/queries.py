"""What is read of media, through the scope of the cases that show them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.actors import Actor
from engine.errors import NotFound
from engine.storage.database import Database
from processes.media.kinds import MediaKind
from processes.media.naming import not_yours
from processes.media.uploads import Usage

#: Those of the cases that the actor may see.
Visible = Callable[[Actor, Collection[int]], Awaitable[frozenset[int]]]


@dataclass(frozen=True, kw_only=True)
class MediaEntry:
    """A photo or attachment."""

    id: int
    #: SHA-256 of the stored bytes.
    sha: bytes
    kind: MediaKind
    bytes: int
    #: Pixels, of pictures only.
    width: int | None
    height: int | None
    usage: Usage
    #: What the file was called where it came from.
    name: str
    #: ``Actor.id``.
    uploaded_by: str
    uploaded_at: datetime


_COLUMNS = "m.id, m.sha, m.type, m.bytes, m.width, m.height, m.usage, m.name, m.uploaded_by, m.uploaded_at"
_FIND = f"""
select {_COLUMNS}, array(select tree from case_media c where c.media = m.id) as cases from media m where m.id = $1
"""  # noqa: S608 - constants of this module
_OF_CASE = f"""
select {_COLUMNS} from case_media c join media m on m.id = c.media where c.tree = $1 order by c.linked_at, m.id
"""  # noqa: S608 - constants of this module
_OF_OTHERS = """
select n.id from unnest($1::bigint[]) as n(id)
where not exists (select from media m where m.id = n.id and m.uploaded_by = $2)
"""


class MediaQueries:
    """Finds media; what the actor may not see does not exist."""

    def __init__(self, database: Database, visible: Visible) -> None:
        self._database = database
        self._visible = visible

    async def find(self, actor: Actor, media: int) -> MediaEntry:
        """Media that the actor uploaded or a case shows that he may see. Raises ``NotFound``."""
        row = await self._database.fetchrow(_FIND, media)
        if row is None or not (row["uploaded_by"] == actor.id or await self._visible(actor, row["cases"])):
            raise _not_found()
        return _entry(row)

    async def of_case(self, actor: Actor, case: int) -> list[MediaEntry]:
        """The media that a case shows, oldest first. Raises ``NotFound`` when the actor may not see the case."""
        if case not in await self._visible(actor, [case]):
            raise _not_found()
        return [_entry(row) for row in await self._database.fetch(_OF_CASE, case)]

    async def check_named(self, actor: Actor, case: int | None, named: Mapping[str, int]) -> None:
        """Raises ``Invalid`` at the first pointer to media that others uploaded, unless the case shows it already.

        Raises ``NotFound`` rather than tell what a case shows that the actor may not see.
        """
        if not named:
            return
        foreign = {row["id"] for row in await self._database.fetch(_OF_OTHERS, list(named.values()), actor.id)}
        if foreign and case is not None:
            foreign -= {entry.id for entry in await self.of_case(actor, case)}
        for pointer, media in named.items():
            if media in foreign:
                raise not_yours(pointer)


def _entry(row: Any) -> MediaEntry:
    return MediaEntry(
        id=row["id"],
        sha=row["sha"],
        kind=MediaKind(row["type"]),
        bytes=row["bytes"],
        width=row["width"],
        height=row["height"],
        usage=Usage(row["usage"]),
        name=row["name"],
        uploaded_by=row["uploaded_by"],
        uploaded_at=row["uploaded_at"],
    )


def _not_found() -> NotFound:
    return NotFound("not_found", "没有找到，或您无权查看", "There is no such thing, or none you may see")
