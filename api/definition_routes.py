"""Definitions in files, the same for each kind: drafted, checked, published as versions that stay for ever.

GET PUT …/{key}/draft    any bytes may be a draft; its ETag is the version that was seen
POST    …/{key}/lint     what a check has to say of posted bytes, kept nowhere
GET     …/{key}/versions and …/versions/{n}, byte for byte

``api.definition_publishing`` says what is in use.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from api.answers import answered
from api.commands import carry_out
from api.definition_diff import definition_diff
from api.definition_publishing import definition_publishing
from api.definition_shapes import (
    LARGEST_FILE,
    DefinitionFiles,
    DefinitionList,
    DraftSaved,
    DraftState,
    LintReport,
    VersionList,
    shown_findings,
    shown_summary,
    shown_version,
)
from api.definition_uses import definition_uses
from api.naming import definition_name_en
from api.parameters import etag
from api.routes import JSON_TYPE, Call, Handler, Match, Nothing, Reply, Route, named
from engine.definitions import SaveDefinitionDraft
from engine.jsontext import json_value
from processes.access import Permission
from processes.cases import Names


def definition_reading(files: DefinitionFiles) -> tuple[Route, ...]:
    """What there is, and each version of it."""

    async def list_all(call: Call[Nothing, None]) -> Reply:
        summaries = await call.platform.definitions.summaries(files.kind)
        names = _names(call)
        items = [shown_summary(row, _name_en(files, call, row.key, row.name), names) for row in summaries]
        return answered(DefinitionList(items=items))

    async def list_versions(call: Call[Nothing, None]) -> Reply:
        key, names = call.path[files.noun], _names(call)
        versions = await call.platform.definitions.versions(files.kind, key)
        items = [shown_version(row, _name_en(files, call, key, row.name), names) for row in versions]
        return answered(VersionList(items=items, draft=await _draft_state(files, call)))

    async def get_version(call: Call[Nothing, None]) -> Reply:
        key, number = call.path[files.noun], call.path["version"]
        source = await call.platform.definitions.source(files.kind, key, number)
        return _file(files, source, f"{key}-{number}", etag(number))

    listed = named(list_all, f"list_{files.nouns}")
    versions = named(list_versions, f"list_{files.noun}_versions")
    version = named(get_version, f"get_{files.noun}_version")
    one = f"某一版本的{files.file_zh}", f"The {files.file_en} of a version"
    return (
        _reading(files, f"/{files.nouns}", listed, (f"{files.zh}列表", files.en), DefinitionList),
        _reading(files, f"{files.path}/versions", versions, (f"{files.zh}版本", "Versions"), VersionList),
        _reading(files, f"{files.path}/versions/{{version}}", version, one, files.document),
        definition_uses(files),
    )


def definition_editing(files: DefinitionFiles) -> tuple[Route, ...]:
    """Drafting, checking, comparing, publishing, retiring."""
    drafting = _get_draft(files), _put_draft(files), _lint(files), definition_diff(files)
    return (*drafting, *definition_publishing(files))


async def _draft_state(files: DefinitionFiles, call: Call[Nothing, None]) -> DraftState | None:
    draft = await call.platform.definitions.find_draft(files.kind, call.path[files.noun])
    if draft is None:
        return None
    name = _names(call).person(draft.editor)
    return DraftState(
        state="draft", version=draft.version, editor=draft.editor, editor_name=name, edited_at=draft.edited_at
    )


def _name_en(files: DefinitionFiles, call: Call[Any, Any], key: str, name: str) -> str:
    return definition_name_en(call.platform, files.kind, key, name)


def _names(call: Call[Any, Any]) -> Names:
    people = call.platform.people
    return Names(organisation=lambda: people.register.organisation)


def _get_draft(files: DefinitionFiles) -> Route:
    async def get_draft(call: Call[Nothing, None]) -> Reply:
        key = call.path[files.noun]
        draft = await call.platform.definitions.draft(files.kind, key)
        return _file(files, draft.source, key, etag(draft.version))

    words = f"{files.zh}草稿", f"The draft of the {files.file_en}"
    return _reading(
        files, f"{files.path}/draft", named(get_draft, f"get_{files.noun}_draft"), words, files.document and Any
    )


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
        body_types=files.types,
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
        return answered(shown_findings(findings))

    return Route(
        method="POST",
        path=f"{files.path}/lint",
        handler=named(lint, f"lint_{files.noun}"),
        summary_zh=f"检查{files.file_zh}，不保存",
        summary_en=f"Check a {files.file_en} without keeping it",
        body_types=files.types,
        body_limit=LARGEST_FILE,
        answer=LintReport,
        permission=Permission.PROCESS_READ,
    )


def _file(files: DefinitionFiles, source: bytes, name: str, tag: str) -> Reply:
    headers = {"etag": tag, "content-disposition": f'attachment; filename="{name}.{files.suffix}"'}
    return Reply(body=source, content_type=files.types[0], headers=headers)


def _reading(files: DefinitionFiles, path: str, handler: Handler, words: tuple[str, str], answer: Any) -> Route:
    """A route that answers a shape, or a file when there is none."""
    return Route(
        method="GET",
        path=path,
        handler=handler,
        summary_zh=words[0],
        summary_en=words[1],
        answer=answer,
        answer_type=files.types[0] if answer is None else JSON_TYPE,
        permission=Permission.PROCESS_READ,
    )
