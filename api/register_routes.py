"""The way in and out of a register, the same for each: versions, import with dry run, export.

    POST …/imports              read the file, stage what it would make of the register → report, nothing in force yet
    POST …/imports/{staged}/apply   the staged candidate becomes the next version
    GET  …/export               a version as a file

Staging may be repeated as it is: the same file against the same version is the same import, so it takes no key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from api.answers import answered
from api.commands import carry_out
from api.lists import next_cursor, position
from api.pages import MemoryPage
from api.parameters import etag
from api.register_shapes import (
    Against,
    Applying,
    ExportOptions,
    ImportOptions,
    ImportShown,
    RegisterPublished,
    RegisterVersion,
    RegisterVersionList,
    VersionDifferences,
    VersionPaging,
    import_shown,
)
from api.routes import Call, Match, Nothing, Reply, Route, named
from engine.jsontext import json_value
from processes.contents import RegisterName
from processes.files import FileFormat
from processes.registers import FORMATS, MOST_DIFFERENCES, SentFile, managing, publishing, register_differences

LARGEST_FILE = 32 << 20
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE_TYPES = ("application/octet-stream", "text/csv", XLSX_TYPE, "application/geo+json")
_TYPE_OF = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.XLSX: XLSX_TYPE,
    FileFormat.GEOJSON: "application/geo+json",
}


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A register with the place of its routes."""

    register: RegisterName
    #: Where its routes begin, such as ``/catalogue``.
    path: str
    #: In the names of its operations, such as ``catalogue``.
    name: str
    zh: str
    en: str


async def answer_versions(call: Call[VersionPaging, Any], register: str) -> Reply:
    """Answer the versions of any register, the newest first."""
    after, limit = position(call), call.query.limit
    entries = await call.platform.archive.versions(register, below=after[0] if after else None, limit=limit + 1)
    page = MemoryPage(
        items=entries[:limit], next=[entries[limit - 1].number] if len(entries) > limit else None, count=0
    )
    items = [
        RegisterVersion(
            number=entry.number,
            rows=entry.line_count,
            sha256=entry.digest.hex(),
            note=entry.note,
            published_by=entry.published_by,
            published_at=entry.published_at,
        )
        for entry in page.items
    ]
    return answered(RegisterVersionList(items=items, next=next_cursor(call, page)))


def exchange_routes(exchange: Exchange) -> tuple[Route, ...]:
    """The routes of one register."""
    differences = differences_route(
        exchange.path, exchange.name, lambda _: exchange.register, (exchange.zh, exchange.en)
    )
    return (_versions(exchange), differences, *_imports(exchange), _export(exchange))


def _versions(exchange: Exchange) -> Route:
    async def list_versions(call: Call[VersionPaging, None]) -> Reply:
        return await answer_versions(call, exchange.register)

    return Route(
        method="GET",
        path=f"{exchange.path}/versions",
        handler=named(list_versions, f"list_{exchange.name}_versions"),
        summary_zh=f"{exchange.zh}：历次版本",
        summary_en=f"{exchange.en}: versions",
        query=VersionPaging,
        answer=RegisterVersionList,
    )


def differences_route(path: str, name: str, register: Callable[[Call[Any, Any]], str], words: tuple[str, str]) -> Route:
    """The route that compares two versions of a register."""

    async def differences(call: Call[Against, None]) -> Reply:
        version: int = call.path["version"]
        against = version - 1 if call.query.against is None else call.query.against
        archive, wanted = call.platform.archive, register(call)
        after = await archive.lines_of_version(wanted, version)
        before = await archive.lines_of_version(wanted, against) if against else ()
        found = await asyncio.to_thread(register_differences, wanted, before, after)
        listed = found[:MOST_DIFFERENCES]
        return answered(VersionDifferences(version=version, against=against, count=len(found), differences=listed))

    return Route(
        method="GET",
        path=f"{path}/versions/{{version}}/differences",
        handler=named(differences, f"get_{name}_differences"),
        summary_zh=f"{words[0]}：两个版本之间的变化",
        summary_en=f"{words[1]}: what changed from one version to another",
        query=Against,
        answer=VersionDifferences,
    )


def _imports(exchange: Exchange) -> tuple[Route, ...]:
    return (_staging(exchange), _staged(exchange), _applying(exchange), _withdrawing(exchange))


def _staging(exchange: Exchange) -> Route:
    async def stage(call: Call[ImportOptions, bytes]) -> Reply:
        file = SentFile(content=call.body, mode=call.query.mode, crs=call.query.crs)
        staged = await call.platform.imports.stage(exchange.register, file, call.signed_in.actor)
        return answered(import_shown(staged), status=201)

    return Route(
        method="POST",
        path=f"{exchange.path}/imports",
        handler=named(stage, f"stage_{exchange.name}_import"),
        summary_zh=f"{exchange.zh}：试导入，逐行报告，不生效",
        summary_en=f"{exchange.en}: dry run of an import, with a report by row",
        query=ImportOptions,
        body_types=FILE_TYPES,
        body_limit=LARGEST_FILE,
        answer=ImportShown,
        status=201,
        permission=managing(exchange.register),
        refusals=("invalid",),
    )


def _staged(exchange: Exchange) -> Route:
    async def get(call: Call[Nothing, None]) -> Reply:
        return answered(import_shown(await call.platform.archive.staged(exchange.register, call.path["staged"])))

    return Route(
        method="GET",
        path=_one_import(exchange),
        handler=named(get, f"get_{exchange.name}_import"),
        summary_zh=f"{exchange.zh}：试导入的报告",
        summary_en=f"{exchange.en}: the report of a dry run",
        answer=ImportShown,
        permission=managing(exchange.register),
    )


def _applying(exchange: Exchange) -> Route:
    async def apply(call: Call[Nothing, Applying]) -> Reply:
        command = publishing(exchange.register)(
            actor=call.signed_in.actor,
            key=call.key,
            expected=call.expected,
            register=exchange.register,
            candidate=call.path["staged"],
            refusals_seen=call.body.refusals_seen,
            note=call.body.note,
        )
        return with_etag(await carry_out(call, command))

    return Route(
        method="POST",
        path=f"{_one_import(exchange)}/apply",
        handler=named(apply, f"apply_{exchange.name}_import"),
        summary_zh=f"{exchange.zh}：应用导入，成为新版本",
        summary_en=f"{exchange.en}: make an import the version in force",
        body=Applying,
        answer=RegisterPublished,
        also_status=201,
        keyed=True,
        match=Match.OPTIONAL,
    )


def _withdrawing(exchange: Exchange) -> Route:
    async def withdraw(call: Call[Nothing, None]) -> Reply:
        await call.platform.archive.withdraw(exchange.register, call.path["staged"])
        return Reply(status=204)

    return Route(
        method="DELETE",
        path=_one_import(exchange),
        handler=named(withdraw, f"withdraw_{exchange.name}_import"),
        summary_zh=f"{exchange.zh}：放弃导入",
        summary_en=f"{exchange.en}: withdraw an import",
        status=204,
        permission=managing(exchange.register),
    )


def _one_import(exchange: Exchange) -> str:
    return f"{exchange.path}/imports/{{staged}}"


def _export(exchange: Exchange) -> Route:
    register = exchange.register

    async def export(call: Call[ExportOptions, None]) -> Reply:
        wanted = call.query.format or FORMATS[register][0]
        number, crs = call.query.version, call.query.crs
        content = await call.platform.imports.export(register, wanted, number=number, crs=crs)
        headers = {"content-disposition": f'attachment; filename="{exchange.name}.{wanted}"'}
        return Reply(body=content, content_type=_TYPE_OF[wanted], headers=headers)

    formats = "、".join(FORMATS[register])
    return Route(
        method="GET",
        path=f"{exchange.path}/export",
        handler=named(export, f"export_{exchange.name}"),
        summary_zh=f"{exchange.zh}：导出（{formats}）",
        summary_en=f"{exchange.en}: export ({formats.replace('、', ', ')})",
        query=ExportOptions,
        answer_type="*/*",
        permission=managing(register),
        refusals=("not_found",),
    )


def with_etag(reply: Reply) -> Reply:
    """The answer of a configuration command with the object's new ``ETag``."""
    return replace(reply, headers={**reply.headers, "etag": etag(json_value(reply.body)["version"])})
