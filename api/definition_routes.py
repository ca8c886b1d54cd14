"""Definitions in files, the same for each kind: drafted, checked, published as versions that stay for ever.

GET PUT …/{key}/draft    any bytes may be a draft; its ETag is the version that was seen
POST    …/{key}/lint     what a check has to say of posted bytes, kept nowhere
POST    …/{key}/publish  the draft becomes the next version
GET     …/{key}/versions and …/versions/{n}, byte for byte
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.commands import carry_out
from api.lists import shown_items
from api.parameters import etag
from api.routes import JSON_TYPE, XML_TYPES, Call, Handler, Match, Nothing, Reply, Route, named
from engine.definitions import DefinitionKind, PublishDefinition, SaveDefinitionDraft
from engine.jsontext import json_value
from processes.access import Permission

LARGEST_FILE = 2 << 20


@dataclass(frozen=True, kw_only=True)
class DefinitionFiles:
    """A kind of definition with the words of its routes."""

    kind: DefinitionKind
    #: In paths and names of operations: ``/processes/{process}``, ``list_processes``, ``get_process_draft``.
    noun: str
    nouns: str
    #: Of the files, such as ``bpmn``.
    suffix: str
    #: What it is called, and what its file is.
    zh: str
    en: str
    file_zh: str
    file_en: str

    @property
    def path(self) -> str:
        """Where the routes of one definition begin."""
        return f"/{self.nouns}/{{{self.noun}}}"


class DefinitionSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One key: its latest published version and its draft, either of which may be missing."""

    key: str
    name: str
    number: int | None
    published_at: datetime | None
    draft_version: int | None
    draft_editor: str | None
    draft_edited_at: datetime | None


class DefinitionList(msgspec.Struct, frozen=True, kw_only=True):
    """Every key there is."""

    items: list[DefinitionSummary]


class DefinitionVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One published version."""

    number: int
    state: str
    name: str
    version_tag: str
    note: str
    published_by: str
    published_at: datetime
    retired_at: datetime | None
    open_instances: int


class VersionList(msgspec.Struct, frozen=True, kw_only=True):
    """All versions of a key, the newest first."""

    items: list[DefinitionVersion]


class DraftSaved(msgspec.Struct, frozen=True, kw_only=True):
    """The draft as it is kept now."""

    kind: str
    key: str
    #: The draft's ``ETag``.
    version: int


class Publication(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why the draft becomes the next version."""

    note: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """The version that was made of the draft."""

    kind: str
    key: str
    number: int
    sha: str


class LintFinding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a check has to say."""

    rule: str
    severity: str
    element: str | None
    line: int | None
    #: Of a decision table, counted from 1.
    row: int | None
    message_zh: str
    message_en: str
    fix_zh: str
    fix_en: str
    #: Ids of elements and flows passed in order on the way to what is meant; empty where no way is.
    path: list[str]


class LintReport(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a check has to say; a draft with an error cannot be published."""

    findings: list[LintFinding]


def definition_reading(files: DefinitionFiles) -> tuple[Route, ...]:
    """What there is, and each version of it."""

    async def list_all(call: Call[Nothing, None]) -> Reply:
        summaries = await call.platform.definitions.summaries(files.kind)
        return answered(DefinitionList(items=shown_items(summaries, DefinitionSummary)))

    async def list_versions(call: Call[Nothing, None]) -> Reply:
        versions = await call.platform.definitions.versions(files.kind, call.path[files.noun])
        return answered(VersionList(items=shown_items(versions, DefinitionVersion)))

    async def get_version(call: Call[Nothing, None]) -> Reply:
        key, number = call.path[files.noun], call.path["version"]
        source = await call.platform.definitions.source(files.kind, key, number)
        return _file(files, source, f"{key}-{number}", etag(number))

    listed = named(list_all, f"list_{files.nouns}")
    versions = named(list_versions, f"list_{files.noun}_versions")
    version = named(get_version, f"get_{files.noun}_version")
    one = f"某一版本的{files.file_zh}", f"The {files.file_en} of a version"
    return (
        _reading(f"/{files.nouns}", listed, (f"{files.zh}列表", files.en), DefinitionList),
        _reading(f"{files.path}/versions", versions, (f"{files.zh}版本", "Versions"), VersionList),
        _reading(f"{files.path}/versions/{{version}}", version, one, None),
    )


def definition_editing(files: DefinitionFiles) -> tuple[Route, ...]:
    """Drafting, checking, publishing."""
    return (_get_draft(files), _put_draft(files), _lint(files), _publish(files))


def _get_draft(files: DefinitionFiles) -> Route:
    async def get_draft(call: Call[Nothing, None]) -> Reply:
        key = call.path[files.noun]
        draft = await call.platform.definitions.draft(files.kind, key)
        return _file(files, draft.source, key, etag(draft.version))

    words = f"{files.zh}草稿", f"The draft of the {files.file_en}"
    return _reading(f"{files.path}/draft", named(get_draft, f"get_{files.noun}_draft"), words, None)


def _put_draft(files: DefinitionFiles) -> Route:
    async def put_draft(call: Call[Nothing, bytes]) -> Reply:
        command = SaveDefinitionDraft(
            actor=call.signed_in.actor,
            expected=call.expected,
            kind=files.kind,
            key_name=call.path[files.noun],
            source=call.body,
        )
        reply = await carry_out(call, command)
        return replace(reply, headers={"etag": etag(json_value(reply.body)["version"])})

    return Route(
        method="PUT",
        path=f"{files.path}/draft",
        handler=named(put_draft, f"put_{files.noun}_draft"),
        summary_zh=f"保存{files.zh}草稿",
        summary_en="Save the draft",
        body_types=XML_TYPES,
        body_limit=LARGEST_FILE,
        answer=DraftSaved,
        also_status=201,
        match=Match.REQUIRED,
        refusals=("invalid",),
    )


def _lint(files: DefinitionFiles) -> Route:
    async def lint(call: Call[Nothing, bytes]) -> Reply:
        # A large file takes long enough for others to notice.
        findings = await asyncio.to_thread(call.platform.lint, files.kind, call.body)
        return answered(LintReport(findings=shown_items(findings, LintFinding)))

    return Route(
        method="POST",
        path=f"{files.path}/lint",
        handler=named(lint, f"lint_{files.noun}"),
        summary_zh=f"检查{files.file_zh}，不保存",
        summary_en=f"Check a {files.file_en} without keeping it",
        body_types=XML_TYPES,
        body_limit=LARGEST_FILE,
        answer=LintReport,
        permission=Permission.PROCESS_READ,
    )


def _publish(files: DefinitionFiles) -> Route:
    async def publish(call: Call[Nothing, Publication]) -> Reply:
        command = PublishDefinition(
            actor=call.signed_in.actor,
            key=call.key,
            kind=files.kind,
            key_name=call.path[files.noun],
            note=call.body.note,
            draft_version=call.expected,
        )
        return await carry_out(call, command)

    return Route(
        method="POST",
        path=f"{files.path}/publish",
        handler=named(publish, f"publish_{files.noun}"),
        summary_zh="发布草稿为新版本",
        summary_en="Publish the draft as the next version",
        body=Publication,
        answer=Published,
        also_status=201,
        keyed=True,
        match=Match.OPTIONAL,
    )


def _file(files: DefinitionFiles, source: bytes, name: str, tag: str) -> Reply:
    headers = {"etag": tag, "content-disposition": f'attachment; filename="{name}.{files.suffix}"'}
    return Reply(body=source, content_type=XML_TYPES[0], headers=headers)


def _reading(path: str, handler: Handler, words: tuple[str, str], answer: Any) -> Route:
    """A route that answers a shape, or a file when there is none."""
    return Route(
        method="GET",
        path=path,
        handler=handler,
        summary_zh=words[0],
        summary_en=words[1],
        answer=answer,
        answer_type=XML_TYPES[0] if answer is None else JSON_TYPE,
        permission=Permission.PROCESS_READ,
    )
