"""Lists: ``{items, next, count?}`` with a sealed cursor, one page at a time."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

import msgspec

from api.answers import shown
from api.ports import Page
from api.routes import Call

MOST_ITEMS = 200

Limit = Annotated[int, msgspec.Meta(ge=1, le=MOST_ITEMS)]
CursorText = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]


class Paging(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The query parameters of every list."""

    limit: Limit = 50
    #: ``next`` of the page before.
    cursor: CursorText | None = None


Query = TypeVar("Query", bound=Paging)


def position(call: Call[Query, Any]) -> list[Any] | None:
    """Where the page begins; ``None`` at the beginning. Raises ``Invalid`` for a cursor that is not of this list."""
    cursor = call.query.cursor
    return None if cursor is None else call.cursors.open(cursor, _scope(call))


def next_cursor(call: Call[Query, Any], page: Page) -> str | None:
    """The cursor of the page after."""
    return None if page.next is None else call.cursors.seal(page.next, _scope(call))


def shown_items(page: Page, shape: type[Any]) -> list[Any]:
    """The page's rows as shapes of the answer."""
    return [shown(item, shape) for item in page.items]


def _scope(call: Call[Query, Any]) -> str:
    """A cursor belongs to one list, one caller, one path and one filter; only the page size may change."""
    filtered = msgspec.structs.replace(call.query, cursor=None, limit=MOST_ITEMS)
    return f"{call.signed_in.actor.id} {type(call.query).__name__} {sorted(call.path.items())!s} {filtered!r}"
