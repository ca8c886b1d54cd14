"""Diagrams: drafted, checked, published as versions that stay for ever."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.commands import carry_out
from api.lists import shown_items
from api.parameters import etag
from api.routes import XML_TYPES, Call, Match, Nothing, Reply, Resource, Route
from engine.definitions import DefinitionKind, PublishDefinition, SaveDefinitionDraft
from engine.jsontext import json_value
from processes.access import Permission

LARGEST_DIAGRAM = 2 << 20
KIND = DefinitionKind.PROCESS


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
    message_zh: str
    message_en: str
    fix_zh: str
    fix_en: str


class LintReport(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a check has to say; a draft with an error cannot be published."""

    findings: list[LintFinding]


async def list_processes(call: Call[Nothing, None]) -> Reply:
    """Answer every process with its latest version and its draft."""
    summaries = await call.platform.definitions.summaries(KIND)
    return answered(DefinitionList(items=shown_items(summaries, DefinitionSummary)))


async def get_process_draft(call: Call[Nothing, None]) -> Reply:
    """Answer the draft as it was saved."""
    draft = await call.platform.definitions.draft(KIND, call.path["process"])
    return _diagram(draft.source, call.path["process"], etag(draft.version))


async def put_process_draft(call: Call[Nothing, bytes]) -> Reply:
    """Replace the draft; ``If-Match: "0"`` makes the first one."""
    command = SaveDefinitionDraft(
        actor=call.signed_in.actor, expected=call.expected, kind=KIND, key_name=call.path["process"], source=call.body
    )
    reply = await carry_out(call, command)
    return replace(reply, headers={"etag": etag(json_value(reply.body)["version"])})


async def list_process_versions(call: Call[Nothing, None]) -> Reply:
    """Answer all versions of a process."""
    versions = await call.platform.definitions.versions(KIND, call.path["process"])
    return answered(VersionList(items=shown_items(versions, DefinitionVersion)))


async def get_process_version(call: Call[Nothing, None]) -> Reply:
    """Answer the diagram of a version, byte for byte."""
    key, number = call.path["process"], call.path["version"]
    return _diagram(await call.platform.definitions.source(KIND, key, number), key, etag(number))


async def lint_process(call: Call[Nothing, bytes]) -> Reply:
    """Answer what a check has to say of a diagram, stored nowhere."""
    # A large diagram takes long enough for others to notice.
    findings = await asyncio.to_thread(call.platform.lint, KIND, call.body)
    return answered(LintReport(findings=shown_items(findings, LintFinding)))


async def publish_process(call: Call[Nothing, Publication]) -> Reply:
    """Make the draft the next version; ``If-Match`` names the draft that was reviewed."""
    command = PublishDefinition(
        actor=call.signed_in.actor,
        key=call.key,
        kind=KIND,
        key_name=call.path["process"],
        note=call.body.note,
        draft_version=call.expected,
    )
    return await carry_out(call, command)


def _diagram(source: bytes, key: str, tag: str) -> Reply:
    headers = {"etag": tag, "content-disposition": f'attachment; filename="{key}.bpmn"'}
    return Reply(body=source, content_type=XML_TYPES[0], headers=headers)


def _reading(path: str, handler: Any, words: tuple[str, str], **more: Any) -> Route:
    return Route(
        method="GET",
        path=path,
        handler=handler,
        summary_zh=words[0],
        summary_en=words[1],
        permission=Permission.PROCESS_READ,
        **more,
    )


RESOURCE = Resource(
    name="processes",
    title_zh="流程",
    title_en="Processes",
    routes=(
        _reading("/processes", list_processes, ("流程列表", "Processes"), answer=DefinitionList),
        _reading(
            "/processes/{process}/draft",
            get_process_draft,
            ("流程草稿（BPMN）", "The draft (BPMN)"),
            answer_type=XML_TYPES[0],
        ),
        Route(
            method="PUT",
            path="/processes/{process}/draft",
            handler=put_process_draft,
            summary_zh="保存流程草稿",
            summary_en="Save the draft",
            body_types=XML_TYPES,
            body_limit=LARGEST_DIAGRAM,
            answer=DraftSaved,
            also_status=201,
            match=Match.REQUIRED,
            refusals=("invalid",),
        ),
        _reading("/processes/{process}/versions", list_process_versions, ("流程版本", "Versions"), answer=VersionList),
        _reading(
            "/processes/{process}/versions/{version}",
            get_process_version,
            ("某一版本的流程图（BPMN）", "The diagram of a version (BPMN)"),
            answer_type=XML_TYPES[0],
        ),
        Route(
            method="POST",
            path="/processes/{process}/lint",
            handler=lint_process,
            summary_zh="检查流程图，不保存",
            summary_en="Check a diagram without keeping it",
            body_types=XML_TYPES,
            body_limit=LARGEST_DIAGRAM,
            answer=LintReport,
            permission=Permission.PROCESS_READ,
        ),
        Route(
            method="POST",
            path="/processes/{process}/publish",
            handler=publish_process,
            summary_zh="发布草稿为新版本",
            summary_en="Publish the draft as the next version",
            body=Publication,
            answer=Published,
            also_status=201,
            keyed=True,
            match=Match.OPTIONAL,
        ),
    ),
)
