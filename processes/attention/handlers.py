"""Carries out within the unit of work what somebody asks for himself."""

from __future__ import annotations

from typing import Any

from engine.configuration import ConfigurationHandlers
from engine.errors import Invalid, NotFound
from engine.jsontext import json_text
from engine.storage.unit_of_work import UnitOfWork
from processes.attention.commands import RemoveFilter, SaveFilter, SeeNotices, UnwatchCase, WatchCase
from processes.cases import scope_of

MOST_FILTERS = 50
MOST_WATCHED = 500

_SAVE = """
insert into saved_filter (account, page, name, query) values ($1, $2, $3, $4)
on conflict (account, page, name) do update set query = excluded.query, saved_at = clock_timestamp()
"""
_COUNT_FILTERS = "select count(*) from saved_filter where account = $1 and (page, name) <> ($2, $3)"
_REMOVE = "delete from saved_filter where account = $1 and page = $2 and name = $3"
_SEEN_NOW = "select t.seq from cases c join tree t on t.id = c.tree where c.tree = $2 and {scope}"
_COUNT_WATCHED = "select count(*) from watch where account = $1 and tree <> $2"
_WATCH = "insert into watch (account, tree, seen_seq) values ($1, $2, $3) on conflict do nothing"
_UNWATCH = "delete from watch where account = $1 and tree = $2"
_SEE = """
update watch w set seen_seq = t.seq from tree t
where t.id = w.tree and w.account = $1 and ($2::bigint is null or w.tree = $2)
"""


async def save_filter(command: SaveFilter, uow: UnitOfWork) -> dict[str, Any]:
    """Keep the question. Raises ``Invalid`` when there are too many already."""
    kept = await uow.fetchval(_COUNT_FILTERS, command.account, command.page, command.name)
    _require_room(kept, MOST_FILTERS)
    text = json_text(dict(command.query)).decode()
    await uow.execute(_SAVE, command.account, command.page, command.name, text)
    return {"page": command.page, "name": command.name, "query": dict(command.query)}


async def remove_filter(command: RemoveFilter, uow: UnitOfWork) -> dict[str, Any]:
    """Forget the question. Raises ``NotFound`` when there is none of the name."""
    if await uow.execute(_REMOVE, command.account, command.page, command.name) == "DELETE 0":
        raise NotFound("not_found", "没有这个筛选", "There is no such filter")
    return {"page": command.page, "name": command.name}


async def watch_case(command: WatchCase, uow: UnitOfWork) -> dict[str, Any]:
    """Watch from the last event on. Raises ``NotFound`` for a case that the actor may not see, ``Invalid``."""
    scope = scope_of(command.actor)
    seen = await uow.fetchval(_SEEN_NOW.format(scope=scope.condition), scope.keys, command.case)
    if seen is None:
        raise NotFound("not_found", "没有找到，或您无权查看", "There is no such thing, or none you may see")
    _require_room(await uow.fetchval(_COUNT_WATCHED, command.account, command.case), MOST_WATCHED)
    await uow.execute(_WATCH, command.account, command.case, seen)
    return {"case": command.case, "is_watched": True}


async def unwatch_case(command: UnwatchCase, uow: UnitOfWork) -> dict[str, Any]:
    """Watch no more. Raises ``NotFound`` when the case was not watched."""
    if await uow.execute(_UNWATCH, command.account, command.case) == "DELETE 0":
        raise NotFound("not_found", "没有关注这个案件", "This case is not watched")
    return {"case": command.case, "is_watched": False}


async def see_notices(command: SeeNotices, uow: UnitOfWork) -> dict[str, Any]:
    """Move what was seen up to the last event."""
    await uow.execute(_SEE, command.account, command.case)
    return {"case": command.case}


def _require_room(kept: int, most: int) -> None:
    if kept >= most:
        raise Invalid(
            "too_many_kept", f"最多保留 {most} 项，请先删去一些", f"At most {most} are kept; remove some first"
        )


ATTENTION_HANDLERS: ConfigurationHandlers = {
    SaveFilter: save_filter,
    RemoveFilter: remove_filter,
    WatchCase: watch_case,
    UnwatchCase: unwatch_case,
    SeeNotices: see_notices,
}
