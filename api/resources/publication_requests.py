"""Asking another person to publish a draft, and what became of it; approving is publishing what was asked for.

GET  /publication-requests            what awaits the caller's decision, and what became of his own
POST /publication-requests            ask for a draft
POST /publication-requests/refuse     say no, and why
POST /publication-requests/withdraw   take one's own from the list
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.commands import carry_out
from api.naming import definition_name_en, person_name
from api.routes import Call, Nothing, Reply, Resource, Route
from api.shapes import shown
from engine.actors import Actor
from engine.definitions import (
    DefinitionKind,
    PublicationRequest,
    RefusePublication,
    RequestPublication,
    WithdrawPublicationRequest,
)
from processes.access import Permission

Key = Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
DraftVersion = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]


class Approver(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may publish."""

    #: As an actor, such as ``user:7``.
    id: str
    name: str


class ShownRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A draft that somebody asked another person to publish."""

    #: ``process``, ``decision`` or ``form``.
    kind: str
    key: str
    #: Of the newest version; empty where nothing was published.
    name: str
    name_en: str
    #: The version of the draft that is meant.
    draft_version: int
    note: str
    asked_by: str
    asked_by_name: str
    asked_at: datetime
    #: ``waiting``, ``approved`` or ``refused``.
    state: str
    #: Empty while it waits.
    decided_by_name: str
    decided_at: datetime | None
    #: Why it was refused.
    reason: str
    #: Whether it waits for nothing, because the draft was changed since.
    is_outdated: bool
    #: Whether the caller asked.
    is_own: bool


class PublicationRequestList(msgspec.Struct, frozen=True, kw_only=True):
    """What awaits the caller's decision and what became of his own requests, the newest first."""

    items: list[ShownRequest]
    #: Whether who edited a draft last may not publish it, as in production.
    four_eyes: bool
    #: All who may publish, by name.
    approvers: list[Approver]


class _OfKey(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """About which definition."""

    kind: DefinitionKind
    key: Key


class RequestBody(_OfKey, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which draft is to be published, and what has changed."""

    #: As it was looked at, 0 where none was; another one is stale.
    draft_version: DraftVersion
    note: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class RefusalBody(_OfKey, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which request is refused, and why."""

    draft_version: DraftVersion
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]


class WithdrawalBody(_OfKey, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which of one's own requests is taken from the list."""


class RequestChanged(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked, refused or withdrawn."""

    kind: str
    key: str
    version: int


async def list_publication_requests(call: Call[Nothing, None]) -> Reply:
    """Answer what concerns the caller."""
    actor = call.signed_in.actor
    asked = await call.platform.publication_requests.all()
    items = [_shown(call, request) for request in asked if _concerns(actor, request)]
    return answered(
        PublicationRequestList(items=items, four_eyes=call.platform.is_production, approvers=_approvers(call))
    )


async def request_publication(call: Call[Nothing, RequestBody]) -> Reply:
    """Ask for a draft to be published."""
    body = call.body
    command = RequestPublication(**_about(call), draft_version=body.draft_version, note=body.note)
    return await carry_out(call, command)


async def refuse_publication(call: Call[Nothing, RefusalBody]) -> Reply:
    """Say no."""
    body = call.body
    command = RefusePublication(**_about(call), draft_version=body.draft_version, reason=body.reason)
    return await carry_out(call, command)


async def withdraw_publication_request(call: Call[Nothing, WithdrawalBody]) -> Reply:
    """Take one's own from the list."""
    return await carry_out(call, WithdrawPublicationRequest(**_about(call)))


def _about(call: Call[Nothing, Any]) -> dict[str, Any]:
    return {"actor": call.signed_in.actor, "key": call.key, "kind": call.body.kind, "key_name": call.body.key}


def _concerns(actor: Actor, request: PublicationRequest) -> bool:
    """What somebody else decided about one's own; what waits for whoever may publish and did not edit it last."""
    if request.asked_by == actor.id:
        return request.decided_by != actor.id
    may = Permission.PROCESS_PUBLISH in actor.permissions and request.editor != actor.id
    return may and request.state == "waiting" and not request.is_outdated


def _approvers(call: Call[Nothing, None]) -> list[Approver]:
    register = call.platform.people.register
    actors = (register.actor(account) for account in register.organisation.accounts)
    found = [actor for actor in actors if actor and Permission.PROCESS_PUBLISH in actor.permissions]
    return [Approver(id=actor.id, name=actor.name) for actor in sorted(found, key=lambda actor: (actor.name, actor.id))]


def _shown(call: Call[Nothing, None], request: PublicationRequest) -> Any:
    return shown(
        request,
        ShownRequest,
        name_en=definition_name_en(call.platform, DefinitionKind(request.kind), request.key, request.name),
        asked_by_name=person_name(call.platform, request.asked_by),
        decided_by_name=person_name(call.platform, request.decided_by),
        is_own=request.asked_by == call.signed_in.actor.id,
    )


def _change(path: str, handler: Any, words: tuple[str, str], body: type[msgspec.Struct], *refusals: str) -> Route:
    return Route(
        method="POST",
        path=path,
        handler=handler,
        summary_zh=words[0],
        summary_en=words[1],
        body=body,
        answer=RequestChanged,
        keyed=True,
        also_status=201,
        refusals=refusals,
    )


PATH = "/publication-requests"
RESOURCE = Resource(
    name="publication-requests",
    title_zh="送审",
    title_en="Requests to publish",
    routes=(
        Route(
            method="GET",
            path=PATH,
            handler=list_publication_requests,
            summary_zh="等本人批准的送审，和本人送审的结果",
            summary_en="What awaits one's approval, and what became of one's own requests",
            answer=PublicationRequestList,
            permission=Permission.PROCESS_READ,
        ),
        _change(
            PATH,
            request_publication,
            ("送审草稿，请另一人发布", "Ask another person to publish a draft"),
            RequestBody,
            "not_found",
            "stale",
        ),
        _change(
            f"{PATH}/refuse",
            refuse_publication,
            ("不同意发布，并说明原因", "Refuse to publish, and say why"),
            RefusalBody,
            "not_found",
        ),
        _change(
            f"{PATH}/withdraw",
            withdraw_publication_request,
            ("撤回本人的送审，或将其结果标为已阅", "Withdraw one's own request, or take its outcome as seen"),
            WithdrawalBody,
            "not_found",
        ),
    ),
)
