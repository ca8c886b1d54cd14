"""The way of one row into a register, the same for each: PUT and DELETE over the version that was seen.

With ``preview=true`` nothing is kept, and the answer says what would differ. Either way it names the register's
version, whose ``ETag`` the next change needs.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.commands import carry_out
from api.parameters import etag
from api.routes import Call, Match, Reply, Route, named
from processes.catalogue import Difference
from processes.contents import ChangeCount
from processes.registers import MOST_DIFFERENCES, Change, Edited, managing


class EditOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a change is meant."""

    #: Answers what the change would do, and keeps nothing.
    preview: bool = False
    #: Why, kept with the version.
    note: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class RegisterEdited(msgspec.Struct, frozen=True, kw_only=True):
    """What a change does to its register."""

    register: str
    is_preview: bool
    #: The version in force after the answer, and ``ETag``: still the old one after a preview.
    version: int
    #: Of the content that is, or would be, in force.
    sha256: str
    rows: int
    changes: ChangeCount
    #: Field by field; the first thousand.
    differences: tuple[Difference, ...]
    #: Of a preview: cases that are open and go on as they began; ``null`` where rows bind none.
    open_cases: int | None


#: From a call to the change that it wants.
Wanted = Callable[[Call[EditOptions, Any]], Awaitable[Change]]


@dataclass(frozen=True, kw_only=True)
class RowRoutes:
    """The routes that change one sort of row."""

    #: Of the register, by path parameters.
    register: Callable[[Call[Any, Any]], str]
    #: A register of the same permission.
    like: str
    path: str
    #: In the names of the operations, such as ``catalogue_class``.
    name: str
    zh: str
    en: str
    body: type[msgspec.Struct]
    put: Wanted
    #: ``None`` where rows are never taken out.
    remove: Wanted | None
    #: How many open cases go on as they began.
    open_cases: Callable[[Call[Any, Any]], Awaitable[int]] | None = None


def row_routes(rows: RowRoutes) -> tuple[Route, ...]:
    """The routes of a sort of row."""
    shared: dict[str, Any] = {
        "path": rows.path,
        "query": EditOptions,
        "answer": RegisterEdited,
        "match": Match.REQUIRED,
        "permission": managing(rows.like),
    }
    putting = Route(
        method="PUT",
        handler=named(_carrying(rows, rows.put), f"put_{rows.name}"),
        summary_zh=f"{rows.zh}：新增或修改，成为新版本；可预览",
        summary_en=f"{rows.en}: add or change, as a new version; preview=true only tells",
        body=rows.body,
        also_status=201,
        **shared,
    )
    if rows.remove is None:
        return (putting,)
    removing = Route(
        method="DELETE",
        handler=named(_carrying(rows, rows.remove), f"remove_{rows.name}"),
        summary_zh=f"{rows.zh}：停用，成为新版本；可预览",
        summary_en=f"{rows.en}: retire, as a new version; preview=true only tells",
        **shared,
    )
    return putting, removing


def _carrying(rows: RowRoutes, wanted: Wanted) -> Any:
    async def change(call: Call[EditOptions, Any]) -> Reply:
        assert call.expected is not None  # noqa: S101 - the route requires If-Match
        edited = await call.platform.editing.edited(rows.register(call), await wanted(call), expected=call.expected)
        if call.query.preview:
            open_cases = await rows.open_cases(call) if rows.open_cases else None
            return _told(edited, is_preview=True, open_cases=open_cases)
        command = await call.platform.editing.command(edited, actor=call.signed_in.actor, note=call.query.note)
        done = await carry_out(call, command)
        return _told(edited, is_preview=False, status=done.status)

    return change


def _told(edited: Edited, *, is_preview: bool, status: int = 200, open_cases: int | None = None) -> Reply:
    version = edited.based_on + (not is_preview)
    body = RegisterEdited(
        register=edited.register,
        is_preview=is_preview,
        version=version,
        sha256=edited.digest.hex(),
        rows=len(edited.lines),
        changes=edited.changes,
        differences=edited.differences[:MOST_DIFFERENCES],
        open_cases=open_cases,
    )
    return answered(body, status=status, headers={"etag": etag(version)})
