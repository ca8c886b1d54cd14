"""Asking another person to publish a draft: it is published by them, or refused with a reason, and the first is told.

Approving is publishing, and nothing else: who approves publishes the very draft that was asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Literal

from engine.configuration import ConfigurationCommand
from engine.definitions.commands import PublishDefinition
from engine.definitions.kinds import DefinitionKind, request_object
from engine.errors import Forbidden, InvalidState, NotFound
from engine.storage.database import Database
from engine.storage.unit_of_work import UnitOfWork

RequestState = Literal["waiting", "approved", "refused"]

_ASK = """
insert into publication_request (kind, key, draft_version, note, asked_by, asked_at, state)
values ($1, $2, $3, $4, $5, clock_timestamp(), 'waiting')
on conflict (kind, key) do update
set draft_version = excluded.draft_version, note = excluded.note, asked_by = excluded.asked_by,
    asked_at = excluded.asked_at, state = 'waiting', decided_by = null, decided_at = null, reason = ''
"""
_ONE = "select asked_by, draft_version, state from publication_request where kind = $1 and key = $2"
_DECIDE = """
update publication_request set state = $3, decided_by = $4, decided_at = clock_timestamp(), reason = $5
where kind = $1 and key = $2
"""
_REMOVE = "delete from publication_request where kind = $1 and key = $2"
_ALL = """
select r.kind, r.key, coalesce(v.name, '') as name, r.draft_version, r.note, r.asked_by, r.asked_at, r.state,
    coalesce(r.decided_by, '') as decided_by, r.decided_at, r.reason,
    r.state = 'waiting' and r.draft_version is distinct from c.version as is_outdated, coalesce(d.editor, '') as editor
from publication_request r
left join definition_draft d on d.kind = r.kind and d.key = r.key
left join configuration c on c.name = 'definition-draft:' || r.kind || ':' || r.key
left join lateral (
    select name from definition where kind = r.kind and key = r.key order by number desc limit 1
) v on true
order by r.asked_at desc, r.kind, r.key
"""


@dataclass(frozen=True, kw_only=True)
class _OnRequest(ConfigurationCommand):
    """A change of what is asked about one key."""

    takes_effect: ClassVar[bool] = False

    kind: DefinitionKind
    key_name: str
    object: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", request_object(self.kind, self.key_name))


@dataclass(frozen=True, kw_only=True)
class RequestPublication(_OnRequest):
    """Ask another person to publish the draft as it is now; takes the place of whatever was asked before."""

    #: The version of the draft that is meant.
    draft_version: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class RefusePublication(_OnRequest):
    """Say no, and why."""

    #: The version of the draft that was looked at.
    draft_version: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class WithdrawPublicationRequest(_OnRequest):
    """Take back what one asked, or what became of it from the list once it was read."""


@dataclass(frozen=True, kw_only=True)
class PublicationRequest:
    """What was asked about a key last."""

    kind: DefinitionKind
    key: str
    #: Of the newest version; empty where nothing was published.
    name: str
    draft_version: int
    note: str
    asked_by: str
    asked_at: datetime
    state: RequestState
    #: Empty while it waits.
    decided_by: str
    decided_at: datetime | None
    #: Why it was refused.
    reason: str
    #: Whether it waits for nothing, because the draft was changed since.
    is_outdated: bool
    #: Who edited the draft last.
    editor: str


class PublicationRequests:
    """Reads what was asked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> Sequence[PublicationRequest]:
        """The latest of each key, the newest first. Raises ``Unavailable``."""
        rows = await self._database.fetch(_ALL)
        return [PublicationRequest(**{**row, "kind": DefinitionKind(row["kind"])}) for row in rows]


async def keep_request(command: RequestPublication, uow: UnitOfWork) -> dict[str, Any]:
    """Let it wait; that the draft may be published was checked before."""
    names = command.kind, command.key_name
    await uow.execute(_ASK, *names, command.draft_version, command.note, command.actor.id)
    return _recorded("publication_requested", command, uow, draft_version=command.draft_version)


async def refuse_publication(command: RefusePublication, uow: UnitOfWork) -> dict[str, Any]:
    """Say no to what waits. Raises ``NotFound``, ``InvalidState`` where something else waits or nothing does."""
    asked = await _asked(command, uow)
    if asked["state"] != "waiting" or asked["draft_version"] != command.draft_version:
        raise InvalidState(
            "request_moved_on",
            "这次送审已经处理过，或草稿已重新送审，请重新载入",
            "Expected a request that waits, but it was decided or asked anew; load it again",
        )
    await uow.execute(_DECIDE, command.kind, command.key_name, "refused", command.actor.id, command.reason)
    return _recorded("publication_refused", command, uow, asked_by=asked["asked_by"], reason=command.reason)


async def withdraw_request(command: WithdrawPublicationRequest, uow: UnitOfWork) -> dict[str, Any]:
    """Take it from the list. Raises ``NotFound``, ``Forbidden`` for what somebody else asked."""
    asked = await _asked(command, uow)
    if asked["asked_by"] != command.actor.id:
        raise Forbidden(
            "request_of_another",
            "只能撤回自己的送审",
            "Expected a request of one's own, but somebody else asked",
        )
    await uow.execute(_REMOVE, command.kind, command.key_name)
    return _recorded("publication_request_withdrawn", command, uow, state=asked["state"])


async def approve_request(command: PublishDefinition, draft_version: int, uow: UnitOfWork) -> dict[str, str]:
    """The draft that is published was asked for, if it was: who asked, for the record."""
    asked = await uow.fetchrow(_ONE, command.kind, command.key_name)
    if asked is None or asked["state"] != "waiting" or asked["draft_version"] != draft_version:
        return {}
    await uow.execute(_DECIDE, command.kind, command.key_name, "approved", command.actor.id, "")
    return {"asked_by": asked["asked_by"]}


async def _asked(command: _OnRequest, uow: UnitOfWork) -> Any:
    asked = await uow.fetchrow(_ONE, command.kind, command.key_name)
    if asked is None:
        raise NotFound(
            "request_not_found",
            f"{command.key_name} 没有送审",
            f"Expected a request to publish {command.key_name}, but there is none",
        )
    return asked


def _recorded(name: str, command: _OnRequest, uow: UnitOfWork, **more: Any) -> dict[str, Any]:
    line = {"kind": command.kind, "key": command.key_name, **more}
    uow.record(name, line, actor=command.actor.id)
    return line
