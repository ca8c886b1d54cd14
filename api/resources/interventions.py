"""Interventions: an operator's hand on an instance, each with a reason, and first in preview if wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.commands import carry_out
from api.naming import element_name_en
from api.parameters import LARGEST_SMALL_ID, Numbered, not_found, numbered
from api.ports import Platform
from api.previews import Preview
from api.resources.deliveries import Reason
from api.resources.tasks import OpenedTask
from api.routes import Call, Nothing, Reply, Resource, Route, named
from api.shapes import shown
from engine.errors import Invalid
from engine.interventions import (
    AddToken,
    CancelInstance,
    CancelToken,
    CorrectVariables,
    Intervention,
    MoveToken,
    PauseInstance,
    ResumeInstance,
)
from processes.access import Permission, against

TokenId = Annotated[str, msgspec.Meta(min_length=3, max_length=40)]
ElementId = Annotated[str, msgspec.Meta(min_length=1, max_length=255)]


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """Where a token of the instance stands."""

    id: str
    element: str
    name: str
    name_en: str
    #: Id of the activity that it is inside of; ``null`` on the top level of a case.
    around: str | None
    #: Whether something has come for it that is kept while the instance is paused.
    is_held: bool


class Tokens(msgspec.Struct, frozen=True, kw_only=True):
    """The tokens of an instance, the oldest first."""

    items: list[Token]


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """A level of variables."""

    scope: int
    #: Element of the activity whose own they are; empty for those of the instance.
    element: str
    variables: dict[str, Any]


class Scopes(msgspec.Struct, frozen=True, kw_only=True):
    """The open levels of variables of an instance, its own first."""

    items: list[Scope]


class Because(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why."""

    reason: Reason


class Correction(Because, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Variables to set, and in which scope; in that of the instance when none is named."""

    values: dict[str, Any]
    scope: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_SMALL_ID)] | None = None


class Movement(Because, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A token and where it goes; without a token one is added, without a place it is taken away."""

    token: TokenId | None = None
    to: ElementId | None = None


class Follows(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that would follow, in words."""

    kind: str
    element: str
    zh: str
    en: str


class InterventionTaken(msgspec.Struct, frozen=True, kw_only=True):
    """What an intervention moved; of a preview, what it would lead to."""

    case: int
    instance: int
    opened: list[OpenedTask] = []
    stage: str = ""
    #: ``null`` when it was carried out.
    follows: list[Follows] | None = None


async def list_tokens(call: Call[Nothing, None]) -> Reply:
    """Answer where the tokens of an instance stand."""
    wanted = await _inspected(call)
    tokens = await call.platform.inspection.tokens(call.signed_in.actor, wanted.tree, wanted.number)
    return answered(Tokens(items=[_token(call.platform, wanted.tree, token) for token in tokens]))


async def list_scopes(call: Call[Nothing, None]) -> Reply:
    """Answer the variables of an instance."""
    wanted = await _inspected(call)
    scopes = await call.platform.inspection.scopes(call.signed_in.actor, wanted.tree, wanted.number)
    return answered(Scopes(items=[shown(scope, Scope) for scope in scopes]))


def _token(platform: Platform, case: int, token: Any) -> Token:
    around = None if token.around is None else str(Numbered(case, token.around))
    name_en = element_name_en(platform, token.element, token.name)
    read: Token = shown(token, Token, id=str(Numbered(case, token.activity)), name_en=name_en, around=around)
    return read


async def _inspected(call: Call[Nothing, None]) -> Numbered:
    """The instance that is named. Raises ``NotFound`` as ``_known``, ``Forbidden`` for who may not intervene."""
    wanted = await _known(call)
    if refusal := against(call.signed_in.actor, Permission.INSTANCE_CONTROL):
        raise refusal
    return wanted


async def _known(call: Call[Any, Any]) -> Numbered:
    """The instance that is named. Raises ``NotFound`` when there is none in sight."""
    wanted: Numbered = call.path["instance"]
    await call.platform.cases.instance(call.signed_in.actor, wanted.tree, wanted.number)
    return wanted


def _correction(body: Correction, _wanted: Numbered) -> tuple[type[Intervention], dict[str, Any]]:
    return CorrectVariables, {"values": body.values, "scope": body.scope}


def _movement(body: Movement, wanted: Numbered) -> tuple[type[Intervention], dict[str, Any]]:
    match body:
        case Movement(token=None, to=None):
            raise Invalid(
                "movement_empty",
                "请指明要移动或撤去的令牌，或要加入令牌的元素",
                "Expected a token, or an element to go to, or both",
                pointer="/token",
            )
        case Movement(token=None):
            return AddToken, {"element": body.to}
        case Movement(to=None):
            return CancelToken, {"activity": _activity(body, wanted)}
        case _:
            return MoveToken, {"activity": _activity(body, wanted), "element": body.to}


def _activity(body: Movement, wanted: Numbered) -> int:
    """Number of the named token. Raises ``NotFound`` when it cannot be one of this case."""
    token = numbered(body.token or "")
    if token is None or token.tree != wanted.tree:
        raise not_found()
    return token.number


def _plain(command: type[Intervention]) -> Callable[[Because, Numbered], tuple[type[Intervention], dict[str, Any]]]:
    return lambda _body, _wanted: (command, {})


@dataclass(frozen=True, kw_only=True)
class Hand:
    """Something that an operator may do."""

    name: str
    body: type[Because]
    command: Callable[[Any, Numbered], tuple[type[Intervention], dict[str, Any]]]
    name_zh: str
    name_en: str


HANDS = (
    Hand(name="variables", body=Correction, command=_correction, name_zh="更正变量", name_en="correct variables"),
    Hand(
        name="move",
        body=Movement,
        command=_movement,
        name_zh="移动、加入或撤去令牌",
        name_en="move, add or take away a token",
    ),
    Hand(name="pause", body=Because, command=_plain(PauseInstance), name_zh="暂停", name_en="pause"),
    Hand(name="resume", body=Because, command=_plain(ResumeInstance), name_zh="恢复", name_en="resume"),
    Hand(name="cancel", body=Because, command=_plain(CancelInstance), name_zh="终止", name_en="cancel"),
)


def _intervening(hand: Hand) -> Route:
    async def intervene(call: Call[Preview, Any]) -> Reply:
        wanted = await _known(call)
        kind, members = hand.command(call.body, wanted)
        command = kind(
            actor=call.signed_in.actor,
            key=None if call.query.preview else call.key,
            tree=wanted.tree,
            instance=wanted.number,
            reason=call.body.reason,
            **members,
        )
        return await _previewed(call, command) if call.query.preview else await carry_out(call, command)

    return Route(
        method="POST",
        path=f"/instances/{{instance}}/{hand.name}",
        handler=named(intervene, f"{hand.name}_instance"),
        summary_zh=f"流程实例：{hand.name_zh}（preview=true 只说明后果）",
        summary_en=f"An instance: {hand.name_en}; with preview=true only say what would follow",
        query=Preview,
        body=hand.body,
        answer=InterventionTaken,
        keyed=True,
    )


async def _previewed(call: Call[Preview, Any], command: Intervention) -> Reply:
    follows = await call.platform.rehearsal.follow(command)
    told = [shown(consequence, Follows) for consequence in follows]
    return answered(InterventionTaken(case=command.tree, instance=command.instance, follows=told))


RESOURCE = Resource(
    name="interventions",
    title_zh="干预流程实例",
    title_en="Interventions",
    routes=(
        Route(
            method="GET",
            path="/instances/{instance}/tokens",
            handler=list_tokens,
            summary_zh="流程实例的令牌停在哪里",
            summary_en="Where the tokens of an instance stand",
            answer=Tokens,
        ),
        Route(
            method="GET",
            path="/instances/{instance}/variables",
            handler=list_scopes,
            summary_zh="流程实例的变量",
            summary_en="The variables of an instance",
            answer=Scopes,
        ),
        *(_intervening(hand) for hand in HANDS),
    ),
)
