"""Lists: ``{items, next, count?}`` with a sealed cursor, one page at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any, TypeVar

import msgspec

from api.answers import answered
from api.ports import After, CountedPage, Page
from api.routes import Call, Reply
from api.shapes import shown
from engine.actors import Actor

MOST_ITEMS = 200

Limit = Annotated[int, msgspec.Meta(ge=1, le=MOST_ITEMS)]
CursorText = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
#: A word to filter by.
Word = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class Paging(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The query parameters of every list."""

    limit: Limit = 50
    #: ``next`` of the page before.
    cursor: CursorText | None = None


class List(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a list; each list adds its ``items``."""

    #: The cursor of the page after; ``null`` at the end.
    next: str | None


class CountedList(List, frozen=True, kw_only=True):
    """A page of a list that says how much there is."""

    #: How many there are in all; ``"1000+"`` beyond that, ``"37+"`` where more may be found than were looked for.
    count: int | str
    #: By filter and value, how many there are.
    facets: dict[str, dict[str, int | str]]


Query = TypeVar("Query", bound=Paging)
#: Shows a row.
Item = Callable[[Any], Any]
Search = Callable[[Actor, Any, After, int], Awaitable[CountedPage]]


async def counted(call: Call[Query, Any], search: Search, shape: type[Any], item: Item) -> Reply:
    """Answer a page of what the caller may see of a list; ``item`` makes a row what the answer shows."""
    page = await search(call.signed_in.actor, call.query, position(call), call.query.limit)
    members = {"count": page.count, "facets": page.facets}
    return answered(shape(items=[item(row) for row in page.items], next=next_cursor(call, page), **members))


def position(call: Call[Query, Any]) -> list[Any] | None:
    """Where the page begins; ``None`` at the beginning. Raises ``Invalid`` for a cursor that is not of this list."""
    cursor = call.query.cursor
    return None if cursor is None else call.cursors.open(cursor, _scope(call))


def next_cursor(call: Call[Query, Any], page: Page) -> str | None:
    """The cursor of the page after."""
    return None if page.next is None else call.cursors.seal(page.next, _scope(call))


def shown_items(rows: Sequence[Any], shape: type[Any]) -> list[Any]:
    """Rows as shapes of the answer."""
    return [shown(row, shape) for row in rows]


def _scope(call: Call[Query, Any]) -> str:
    """A cursor belongs to one list, one caller, one path and one filter; only the page size may change."""
    filtered = msgspec.structs.replace(call.query, cursor=None, limit=MOST_ITEMS)
    return f"{call.signed_in.actor.id} {type(call.query).__name__} {sorted(call.path.items())!s} {filtered!r}"
