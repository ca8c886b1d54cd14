"""The audit: what was done to the house itself, and whether nobody has changed the records since."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.lists import List, Paging, Word, next_cursor, position, shown_items
from api.parameters import LARGEST_ID
from api.routes import Call, Reply, Resource, Route
from api.shapes import shown
from engine.jsontext import json_value
from processes.access import Permission


class AuditFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which lines of the security chain."""

    type: Word | None = None
    #: Id of who acted, such as ``user:7``.
    actor: Word | None = None
    #: From this moment on, and before that one.
    since: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    before: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


class AuditLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the security chain."""

    seq: int
    at: datetime
    actor: str
    type: str
    payload: dict[str, Any]


class AuditList(List, frozen=True, kw_only=True):
    """A page of lines, the newest first."""

    items: list[AuditLine]


class Chain(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which chain to verify."""

    #: The chain of this case; without it the security chain.
    case: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_ID)] | None = None


class BrokenLink(msgspec.Struct, frozen=True, kw_only=True):
    """Where a chain does not hold."""

    chain: str
    seq: int
    message_zh: str
    message_en: str


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a chain holds."""

    holds: bool
    broken: list[BrokenLink]


async def search_audit(call: Call[AuditFilter, None]) -> Reply:
    """Answer lines of the security chain."""
    page = await call.platform.audit.security_events(call.query, position(call), call.query.limit)
    lines = [shown(row, AuditLine, payload=json_value(row.payload)) for row in page.items]
    return answered(AuditList(items=lines, next=next_cursor(call, page)))


async def verify_audit(call: Call[Chain, None]) -> Reply:
    """Answer where a chain does not hold."""
    case, audit = call.query.case, call.platform.audit
    broken = await audit.verify_security() if case is None else await audit.verify_tree(case)
    return answered(Verification(holds=not broken, broken=shown_items(broken, BrokenLink)))


RESOURCE = Resource(
    name="audit",
    title_zh="审计",
    title_en="The audit",
    routes=(
        Route(
            method="GET",
            path="/audit",
            handler=search_audit,
            summary_zh="查询安全审计记录",
            summary_en="Search the security chain",
            query=AuditFilter,
            answer=AuditList,
            permission=Permission.AUDIT_READ,
        ),
        Route(
            method="GET",
            path="/audit/verify",
            handler=verify_audit,
            summary_zh="校验审计链",
            summary_en="Verify a chain",
            query=Chain,
            answer=Verification,
            permission=Permission.AUDIT_READ,
        ),
    ),
)
