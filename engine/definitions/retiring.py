"""Taking a version out of use: never away from somebody who would find nothing in its place."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from engine.definitions.commands import RetireDefinition
from engine.definitions.kinds import DefinitionKind
from engine.errors import InvalidState, NotFound
from engine.storage.unit_of_work import UnitOfWork

_PUBLISHED = """
select number, version_tag from definition
where kind = $1 and key = $2 and state = 'published' order by number desc
"""
_RETIRE = """
update definition set state = 'retired', retired_at = clock_timestamp(), retired_by = $4, retired_because = $5
where kind = $1 and key = $2 and number = $3
"""

#: Who names a key, or a key with that version tag, in what is published as the unit of work sees it: in words, such as
#: ``process case``. A tag of ``None`` asks for those who take whatever is newest.
Users = Callable[[DefinitionKind, str, str | None, UnitOfWork], Awaitable[Sequence[str]]]


async def nobody(_kind: DefinitionKind, _key: str, _tag: str | None, _uow: UnitOfWork) -> Sequence[str]:
    """Where nothing uses anything."""
    return ()


async def retire(command: RetireDefinition, users: Users, uow: UnitOfWork) -> dict[str, Any]:
    """Take the version out of use for new beginnings. Raises ``NotFound``, ``InvalidState`` when it would be missed."""
    published = {row["number"]: row["version_tag"] for row in await uow.fetch(_PUBLISHED, *_names(command))}
    if command.number not in published:
        raise NotFound(
            "version_not_found",
            "没有这个已发布的版本",
            f"Expected a published version {command.number} of {command.key_name}, but there is none",
        )
    tag = published.pop(command.number)
    if not published:
        await _refuse_if_missed(command, None, users, uow)
    if tag and tag not in published.values():
        await _refuse_if_missed(command, tag, users, uow)
    await uow.execute(_RETIRE, *_names(command), command.number, command.actor.id, command.note)
    line = {"kind": command.kind, "key": command.key_name, "number": command.number, "note": command.note}
    uow.record("definition_retired", line, actor=command.actor.id)
    return {**line, "newest": next(iter(published), None)}


async def _refuse_if_missed(command: RetireDefinition, tag: str | None, users: Users, uow: UnitOfWork) -> None:
    found = await users(command.kind, command.key_name, tag, uow)
    if found:
        shown, tagged = "、".join(found), f"（标签 {tag}）" if tag else ""
        raise InvalidState(
            "version_in_use",
            f"{command.key_name}{tagged} 还被使用：{shown}；请先发布接替的版本，或改掉使用它的地方",
            f"Expected another published version of {command.key_name} to take its place, because it is used by "
            f"{', '.join(found)}",
            details={"used_by": list(found)},
        )


def _names(command: RetireDefinition) -> tuple[DefinitionKind, str]:
    return command.kind, command.key_name
