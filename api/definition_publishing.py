"""What is in use: the draft or an earlier version is published, a version is retired, each first in preview if wanted.

POST …/{key}/publish  the draft, or the version that is named, becomes the next version
POST …/{key}/retire   a version is no longer for what begins from now on; what runs it goes on
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from api.commands import carry_out
from api.definition_shapes import DefinitionFiles, VersionNumber
from api.previews import Preview
from api.routes import Call, Match, Reply, Route, named
from engine.configuration import ConfigurationCommand
from engine.definitions import PublishDefinition, RetireDefinition

Note = Annotated[str, msgspec.Meta(max_length=2000)]


class Publication(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why this becomes the next version."""

    note: Note = ""
    #: An earlier version that comes back; ``null`` publishes the draft.
    version: VersionNumber | None = None


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """The version that was made, or would be."""

    kind: str
    key: str
    number: int
    sha: str


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


def definition_publishing(files: DefinitionFiles) -> tuple[Route, ...]:
    """Publishing and retiring."""
    return (_publish(files), _retire(files))


def _publish(files: DefinitionFiles) -> Route:
    async def publish(call: Call[Preview, Publication]) -> Reply:
        command = PublishDefinition(
            actor=call.signed_in.actor,
            key=None if call.query.preview else call.key,
            kind=files.kind,
            key_name=call.path[files.noun],
            note=call.body.note,
            number=call.body.version,
            draft_version=call.expected,
        )
        return await _carried_out(call, command)

    return Route(
        method="POST",
        path=f"{files.path}/publish",
        handler=named(publish, f"publish_{files.noun}"),
        summary_zh="发布草稿或恢复某一旧版本为新版本（preview=true 只检查能否发布）",
        summary_en="Publish the draft, or an earlier version, as the next version; with preview=true only try",
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
        return await _carried_out(call, command)

    return Route(
        method="POST",
        path=f"{files.path}/retire",
        handler=named(retire, f"retire_{files.noun}"),
        summary_zh="停用某一版本：新案件不再用它，在办的走完（preview=true 只说明后果）",
        summary_en="Retire a version: nothing new uses it, what runs it goes on; with preview=true only try",
        query=Preview,
        body=Retirement,
        answer=Retired,
        keyed=True,
    )


async def _carried_out(call: Call[Preview, Any], command: ConfigurationCommand) -> Reply:
    if call.query.preview:
        return Reply(body=(await call.platform.configuring.rehearse(command)).body)
    return await carry_out(call, command)
