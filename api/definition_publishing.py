"""What is in use: the draft or an earlier version is published, a version is retired, each first in preview if wanted.

POST …/{key}/publish  the draft, or the version that is named, becomes the next version
POST …/{key}/retire   a version is no longer for what begins from now on; what runs it goes on
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.commands import carry_out
from api.definition_shapes import DefinitionFiles, VersionNumber
from api.definition_uses import BoundCategory, User, shown_users
from api.example_runs import failing_examples
from api.previews import Preview
from api.routes import Call, Match, Reply, Route, named
from api.shapes import shown
from engine.configuration import ConfigurationCommand
from engine.definitions import DefinitionKind, PublishDefinition, RetireDefinition
from engine.jsontext import json_value
from processes.access import Permission

Note = Annotated[str, msgspec.Meta(max_length=2000)]


class Staying(msgspec.Struct, frozen=True, kw_only=True):
    """Instances that run a version now and finish on it."""

    number: int
    open_instances: int


class Affected(msgspec.Struct, frozen=True, kw_only=True):
    """Who is affected."""

    staying: list[Staying]
    #: Published diagrams that name it; one bound by ``latest`` takes what is newest when its cases get there, open
    #: ones too.
    used_by: list[User]
    #: Whose new cases start the process.
    categories: list[BoundCategory]
    #: Whether it takes another person than the last editor, as in production.
    four_eyes: bool


class Publication(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why this becomes the next version; it must be said where scenarios or examples that are kept beside it fail."""

    note: Note = ""
    #: An earlier version that comes back; ``null`` publishes the draft.
    version: VersionNumber | None = None


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """The version that was made, or would be."""

    kind: str
    key: str
    number: int
    sha: str
    #: Of a preview only.
    affected: Affected | None = None


class Retirement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which version is no longer to be used, and why."""

    version: VersionNumber
    note: Note = ""


class Retired(msgspec.Struct, frozen=True, kw_only=True):
    """The version that was retired, or would be."""

    kind: str
    key: str
    number: int
    note: str
    #: The version that is used from now on by whatever takes the newest; ``null`` when none is left.
    newest: int | None
    #: Of a preview only.
    affected: Affected | None = None


def definition_publishing(files: DefinitionFiles) -> tuple[Route, ...]:
    """Publishing and retiring."""
    return (_publish(files), _retire(files))


def _publish(files: DefinitionFiles) -> Route:
    async def publish(call: Call[Preview, Publication]) -> Reply:
        reviewed, failing = await _reviewed(files, call)
        command = PublishDefinition(
            actor=call.signed_in.actor,
            key=None if call.query.preview else call.key,
            kind=files.kind,
            key_name=call.path[files.noun],
            note=call.body.note,
            number=call.body.version,
            draft_version=reviewed,
            failing=failing,
        )
        return await _carried_out(files, call, command)

    return Route(
        method="POST",
        path=f"{files.path}/publish",
        handler=named(publish, f"publish_{files.noun}"),
        summary_zh="发布草稿或恢复某一旧版本为新版本（preview=true 只说明能否发布、影响谁）",
        summary_en="Publish the draft or an earlier version anew; with preview=true only say who is affected",
        query=Preview,
        body=Publication,
        answer=Published,
        also_status=201,
        keyed=True,
        match=Match.OPTIONAL,
    )


def _retire(files: DefinitionFiles) -> Route:
    async def retire(call: Call[Preview, Retirement]) -> Reply:
        command = RetireDefinition(
            actor=call.signed_in.actor,
            key=None if call.query.preview else call.key,
            kind=files.kind,
            key_name=call.path[files.noun],
            number=call.body.version,
            note=call.body.note,
        )
        return await _carried_out(files, call, command)

    return Route(
        method="POST",
        path=f"{files.path}/retire",
        handler=named(retire, f"retire_{files.noun}"),
        summary_zh="停用某一版本：新案件不再用它，在办的走完（preview=true 只说明后果）",
        summary_en="Retire a version: nothing new uses it; with preview=true only say who is affected",
        query=Preview,
        body=Retirement,
        answer=Retired,
        keyed=True,
    )


async def _reviewed(files: DefinitionFiles, call: Call[Preview, Publication]) -> tuple[int | None, tuple[str, ...]]:
    """Which draft is published, and what kept beside it fails with it; a preview and a version come back try nothing.

    Who may not publish is told so by the command, and whoever asks again is answered as before; neither keeps anybody
    waiting.
    """
    may = Permission.PROCESS_PUBLISH in call.signed_in.actor.permissions
    if files.kind not in _FAILING or call.query.preview or call.body.version is not None or not may:
        return call.expected, ()
    if await call.platform.configuring.has_answered(call.key):
        return call.expected, ()
    key = call.path[files.noun]
    draft = await call.platform.definitions.find_draft(files.kind, key)
    if draft is None or call.expected not in (None, draft.version):
        return call.expected, ()
    return draft.version, tuple(await _FAILING[files.kind](call, key, draft.source))


async def _failing_scenarios(call: Call[Any, Any], key: str, source: bytes) -> Sequence[str]:
    return await call.platform.scenarios.failing(key, source)


#: What is kept beside a definition and may speak against it, by name.
_FAILING: Mapping[DefinitionKind, Callable[[Call[Any, Any], str, bytes], Awaitable[Sequence[str]]]] = {
    DefinitionKind.PROCESS: _failing_scenarios,
    DefinitionKind.DECISION: failing_examples,
}


async def _carried_out(files: DefinitionFiles, call: Call[Preview, Any], command: ConfigurationCommand) -> Reply:
    if not call.query.preview:
        return await carry_out(call, command)
    rehearsed = await call.platform.configuring.rehearse(command)
    return answered({**json_value(rehearsed.body), "affected": await _affected(files, call)})


async def _affected(files: DefinitionFiles, call: Call[Preview, Any]) -> Affected:
    key = call.path[files.noun]
    versions = await call.platform.definitions.versions(files.kind, key)
    running = [shown(version, Staying) for version in versions if version.open_instances]
    users = shown_users(await call.platform.uses.of(files.kind, key))
    return Affected(staying=running, four_eyes=call.platform.is_production, **users)
