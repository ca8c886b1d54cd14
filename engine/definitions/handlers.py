"""Deciding what happens to definitions: drafts are free, publishing is checked, versions stay for ever."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import asyncpg

from engine.configuration import ConfigurationHandlers
from engine.definitions.commands import (
    KeepScenarios,
    PublishDefinition,
    RemoveScenarios,
    RetireDefinition,
    SaveDefinitionDraft,
)
from engine.definitions.examples import SaveDecisionExamples, publish_examples, save_decision_examples
from engine.definitions.failing import check_said_why
from engine.definitions.kinds import Checked, Checks, InForce, draft_object, nothing_follows
from engine.definitions.publication_requests import (
    RefusePublication,
    RequestPublication,
    WithdrawPublicationRequest,
    approve_request,
    keep_request,
    refuse_publication,
    withdraw_request,
)
from engine.definitions.retiring import Users, nobody, retire
from engine.definitions.scenario_files import keep_scenarios, publish_scenarios, remove_scenarios
from engine.errors import Forbidden, Invalid, InvalidState, NotFound, Stale
from engine.storage.unit_of_work import UnitOfWork

LARGEST_SOURCE = 2 * 1024 * 1024

_SAVE = """
insert into definition_draft (kind, key, source, editor, edited_at) values ($1, $2, $3, $4, clock_timestamp())
on conflict (kind, key) do update
set source = excluded.source, editor = excluded.editor, edited_at = excluded.edited_at
"""
_DRAFT = """
select d.source, d.editor, c.version from definition_draft d join configuration c on c.name = $3
where d.kind = $1 and d.key = $2
"""
_LATEST = "select number, sha, state from definition where kind = $1 and key = $2 order by number desc limit 1"
_PUBLISH = """
insert into definition (
    kind, key, number, sha, state, name, version_tag, source, note, published_by, published_at, starts_by
)
values ($1, $2, $3, $4, 'published', $5, $6, $7, $8, $9, clock_timestamp(), $10)
"""
_STARTERS = "select starters_of($1)"
_PUBLISH_START = "select publish_starts($1)"
_STORED = "select source from definition where kind = $1 and key = $2 and number = $3"


@dataclass(frozen=True, kw_only=True)
class DefinitionDesk:
    """The handlers of definitions, with what they need to know of this installation."""

    checks: Checks
    #: Whether who edited a draft last may not publish it. The operator who deploys files answers for them alone.
    four_eyes: bool
    #: Who would miss a version that is retired.
    users: Users = nobody
    #: What else follows when another version comes into force.
    follow: InForce = nothing_follows

    def handlers(self) -> ConfigurationHandlers:
        """The table for the bus."""
        return {
            SaveDefinitionDraft: self.save,
            PublishDefinition: self.publish,
            RetireDefinition: self.retire,
            RequestPublication: self.request,
            RefusePublication: refuse_publication,
            WithdrawPublicationRequest: withdraw_request,
            KeepScenarios: keep_scenarios,
            RemoveScenarios: remove_scenarios,
            SaveDecisionExamples: save_decision_examples,
        }

    async def save(self, command: SaveDefinitionDraft, uow: UnitOfWork) -> dict[str, Any]:
        """Keep the draft as it is."""
        if len(command.source) > LARGEST_SOURCE:
            raise Invalid(
                "definition_too_large",
                "文件超过 2 MiB",
                f"Expected at most {LARGEST_SOURCE} bytes, but there are {len(command.source)}",
            )
        await uow.execute(_SAVE, command.kind, command.key_name, command.source, command.actor.id)
        return {"kind": command.kind, "key": command.key_name}

    async def publish(self, command: PublishDefinition, uow: UnitOfWork) -> dict[str, Any]:
        """Check the draft, or the version that comes back, and make it the next version."""
        draft = await uow.fetchrow(_DRAFT, *_draft_of(command))
        _check_reviewed(command, draft)
        self._check_eyes(command, draft)
        source = await _source(command, draft, uow)
        check_said_why(command)
        checked = await self.checks[command.kind](source, uow)
        _same_key(command, checked)
        await _free_to_start(checked, uow)
        if checked.completed is not None:
            source = checked.completed
        sha = hashlib.sha256(source).digest()
        latest = await uow.fetchrow(_LATEST, command.kind, command.key_name)
        if latest and latest["sha"] == sha and latest["state"] == "published":
            raise InvalidState(
                "definition_unchanged",
                "与已发布的最新版本相同",
                f"Expected a change, but it equals published version {latest['number']}",
            )
        number = latest["number"] + 1 if latest else 1
        await uow.execute(
            _PUBLISH, command.kind, command.key_name, number, sha, checked.name, checked.version_tag, source,
            command.note, command.actor.id, checked.starts_by,
        )  # fmt: skip
        await uow.execute(_PUBLISH_START, checked.starts_by)
        await self.follow(command.kind, command.key_name, uow)
        await publish_scenarios(command, number, uow)
        await publish_examples(command, number, uow)
        line = {"kind": command.kind, "key": command.key_name, "number": number, "sha": sha.hex()}
        failing = {"failing": list(command.failing)} if command.failing else {}
        asked = await _approved(command, draft, uow)
        uow.record("definition_published", line | failing | asked, actor=command.actor.id)
        return line

    async def request(self, command: RequestPublication, uow: UnitOfWork) -> dict[str, Any]:
        """Check the draft as publishing would, and ask another person for it."""
        draft = await uow.fetchrow(_DRAFT, *_draft_of(command))
        _check_reviewed(command, draft)
        checked = await self.checks[command.kind](_drafted(command, draft), uow)
        _same_key(command, checked)
        return await keep_request(command, uow)

    async def retire(self, command: RetireDefinition, uow: UnitOfWork) -> dict[str, Any]:
        """Take a version out of use for new cases."""
        self._check_eyes(command, await uow.fetchrow(_DRAFT, *_draft_of(command)))
        retired = await retire(command, self.users, uow)
        await self.follow(command.kind, command.key_name, uow)
        return retired

    def _check_eyes(self, command: PublishDefinition | RetireDefinition, draft: asyncpg.Record | None) -> None:
        """What is in use is decided by another person than the one who edits. Raises ``Forbidden``."""
        is_editor = draft is not None and draft["editor"] == command.actor.id
        if self.four_eyes and not command.actor.is_system and is_editor:
            raise Forbidden(
                "publisher_is_editor",
                "最后编辑者不得自行发布或停用，请由另一人进行",
                "Expected another person than the last editor to publish or retire",
            )


_OnDraft = PublishDefinition | RetireDefinition | RequestPublication


def _draft_of(command: _OnDraft) -> tuple[str, str, str]:
    return command.kind, command.key_name, draft_object(command.kind, command.key_name)


async def _source(command: PublishDefinition, draft: asyncpg.Record | None, uow: UnitOfWork) -> bytes:
    return _drafted(command, draft) if command.number is None else await _stored(command, uow)


def _drafted(command: _OnDraft, draft: asyncpg.Record | None) -> bytes:
    if draft is None:
        raise NotFound("draft_not_found", "没有草稿可发布", f"Expected a draft of {command.key_name}, but none is")
    source: bytes = draft["source"]
    return source


async def _approved(command: PublishDefinition, draft: asyncpg.Record | None, uow: UnitOfWork) -> dict[str, str]:
    """Who asked for what is published, if somebody did; an earlier version that comes back was not asked for."""
    if draft is None or command.number is not None:
        return {}
    return await approve_request(command, draft["version"], uow)


def _check_reviewed(command: PublishDefinition | RequestPublication, draft: asyncpg.Record | None) -> None:
    """Raises ``Stale`` when the draft is not the one that was reviewed."""
    version = 0 if draft is None else draft["version"]
    if command.draft_version is not None and command.draft_version != version:
        raise Stale(
            "stale_version",
            "草稿已被修改，请重新审阅后再发布",
            f"Expected draft version {command.draft_version}, but it is at version {version}",
            details={"current_version": version},
        )


async def _stored(command: PublishDefinition, uow: UnitOfWork) -> bytes:
    source: bytes | None = await uow.fetchval(_STORED, command.kind, command.key_name, command.number)
    if source is None:
        raise NotFound(
            "version_not_found",
            "没有这个版本",
            f"Expected a version {command.number} of {command.key_name}, but there is none",
        )
    return source


async def _free_to_start(checked: Checked, uow: UnitOfWork) -> None:
    """Raises ``Invalid`` when a message that would begin the process begins another one: nobody could tell which."""
    for message in (each for each in checked.starts_by if each.startswith("message:")):
        others = [key for key in await uow.fetchval(_STARTERS, message) if key != checked.key]
        if others:
            name = message.removeprefix("message:")
            raise Invalid(
                "start_taken",
                f"消息“{name}”已经开始流程 {others[0]}",
                f'Expected messages that begin no other process, but "{name}" begins {others[0]}',
            )


def _same_key(command: PublishDefinition | RequestPublication, checked: Checked) -> None:
    if checked.key != command.key_name:
        raise Invalid(
            "definition_key_differs",
            f"文件中的标识为 {checked.key}，与 {command.key_name} 不同",
            f"Expected the key {command.key_name}, but the file says {checked.key}",
        )
