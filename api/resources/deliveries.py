"""Deliveries: what outside systems are asked for, what became of it, and what people decide about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from api.answers import answered
from api.commands import carry_out
from api.lists import List, Paging, Word, next_cursor, position
from api.naming import element_name_en
from api.parameters import LARGEST_ID, Numbered
from api.previews import Preview
from api.resources.tasks import OpenedTask
from api.routes import Call, Nothing, Reply, Resource, Route, named
from api.shapes import shown
from engine.deliveries import DeliveryCommand, EditDelivery, RetryDelivery, SkipDelivery
from engine.errors import InvalidState
from processes.access import DELIVERY_PERMISSIONS, Permission

State = Literal["open", "accepted", "failed", "done", "rejected", "skipped", "cancelled"]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
#: Of these an answer is still waited for, so that a person may decide.
_UNDECIDED = ("open", "accepted", "failed")


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """Something that an outside system is asked for."""

    id: str
    case: int
    number: str
    element: str
    name: str
    name_en: str
    topic: str
    target: str
    state: State
    #: How often it was tried in vain, of how many tries.
    attempts: int
    retries: int
    requested_at: datetime
    #: When it is sent, while it is open.
    next_at: datetime
    ended_at: datetime | None
    #: Why the last try was in vain; empty when none was.
    code: str
    message_zh: str
    message_en: str
    #: How often a person has changed the payload.
    revision: int
    #: Whether it is being sent just now.
    is_held: bool


class DeliveryShown(Delivery, frozen=True, kw_only=True):
    """A delivery with what it says."""

    payload: dict[str, Any]
    #: What the diagram says of the task beside its payload.
    headers: dict[str, str]


class Deliveries(List, frozen=True, kw_only=True):
    """A page of deliveries, the newest first."""

    items: list[Delivery]


class DeliveryFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which deliveries."""

    state: State | None = None
    target: Word | None = None
    case: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_ID)] | None = None


class Edited(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be delivered instead, and why."""

    payload: dict[str, Any]
    reason: Reason


class Skipped(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the output mappings read instead of an answer, and why."""

    result: dict[str, Any] = {}
    reason: Reason


class Follows(msgspec.Struct, frozen=True, kw_only=True):
    """What would follow, in words."""

    zh: str
    en: str


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision moved; of a preview, what it would lead to."""

    case: int
    delivery: int
    taken: bool
    opened: list[OpenedTask] = []
    stage: str = ""
    follows: Follows | None = None


@dataclass(frozen=True, kw_only=True)
class Verb:
    """Something that a person may decide about a delivery."""

    name: str
    command: type[DeliveryCommand]
    body: type[msgspec.Struct]
    name_zh: str
    name_en: str
    #: With ``{target}`` and ``{name}``, the element's, of the delivery.
    follows: Follows

    @property
    def permission(self) -> Permission:
        """What it needs."""
        return DELIVERY_PERMISSIONS[self.command]


VERBS = (
    Verb(
        name="retry",
        command=RetryDelivery,
        body=Nothing,
        name_zh="重发",
        name_en="Send again",
        follows=Follows(
            zh="立即以同一编号重新发往“{target}”，重发次数从头计；“{name}”继续等待答复",
            en="It is sent to {target} at once under the same key, with all its tries anew; {name} waits on for its "
            "answer",
        ),
    ),
    Verb(
        name="edit",
        command=EditDelivery,
        body=Edited,
        name_zh="修改后重发",
        name_en="Change and send again",
        follows=Follows(
            zh="改后的内容以新的编号发往“{target}”，对方视为另一条消息：若前一条其实已送达，对方将办理两次",
            en="The changed content is sent to {target} under a new key, to it another message: had the one before "
            "arrived after all, it would act twice",
        ),
    ),
    Verb(
        name="skip",
        command=SkipDelivery,
        body=Skipped,
        name_zh="跳过",
        name_en="Skip",
        follows=Follows(
            zh="不再发往“{target}”；“{name}”以您填写的结果继续，对方以后的答复不再采用",
            en="Nothing more is sent to {target}; {name} goes on with the result that you give, and a later answer is "
            "not taken",
        ),
    ),
)


async def list_deliveries(call: Call[DeliveryFilter, None]) -> Reply:
    """Answer a page of the deliveries of cases that the caller may see."""
    page = await call.platform.deliveries.list(call.signed_in.actor, call.query, position(call), call.query.limit)
    items = [shown(row, Delivery, name_en=_name_en(call, row)) for row in page.items]
    return answered(Deliveries(items=items, next=next_cursor(call, page)))


async def get_delivery(call: Call[Nothing, None]) -> Reply:
    """Answer one delivery with what it says."""
    row = await _delivery(call)
    return answered(shown(row, DeliveryShown, name_en=_name_en(call, row)))


def _name_en(call: Call[Any, Any], row: Any) -> str:
    return element_name_en(call.platform, row.element, row.name)


async def _delivery(call: Call[Any, Any]) -> Any:
    wanted: Numbered = call.path["delivery"]
    return await call.platform.deliveries.detail(call.signed_in.actor, wanted.tree, wanted.number)


def _deciding(verb: Verb) -> Route:
    async def decide(call: Call[Preview, Any]) -> Reply:
        if call.query.preview:
            return answered(await _preview(call, verb))
        wanted: Numbered = call.path["delivery"]
        command: Callable[..., DeliveryCommand] = verb.command
        members = msgspec.structs.asdict(call.body)
        return await carry_out(
            call,
            command(actor=call.signed_in.actor, key=call.key, tree=wanted.tree, delivery=wanted.number, **members),
        )

    return Route(
        method="POST",
        path=f"/deliveries/{{delivery}}/{verb.name}",
        handler=named(decide, f"{verb.name}_delivery"),
        summary_zh=f"投递：{verb.name_zh}（preview=true 只说明后果）",
        summary_en=f"A delivery: {verb.name_en.lower()}; with preview=true only say what would follow",
        query=Preview,
        body=verb.body,
        answer=Decided,
        keyed=True,
        permission=verb.permission,
    )


async def _preview(call: Call[Preview, Any], verb: Verb) -> Decided:
    """What would follow. Raises what the command would be refused with."""
    row = await _delivery(call)
    if row.is_held or row.state not in _UNDECIDED:
        raise InvalidState(
            "delivery_not_at_rest",
            "正在发送或已有结果，不能再处理",
            f"Expected a delivery that waits, but {row.id} is being sent or has ended",
        )
    follows = Follows(
        zh=verb.follows.zh.format(target=row.target, name=row.name or row.element),
        en=verb.follows.en.format(target=row.target, name=_name_en(call, row) or row.element),
    )
    wanted: Numbered = call.path["delivery"]
    return Decided(case=wanted.tree, delivery=wanted.number, taken=False, follows=follows)


RESOURCE = Resource(
    name="deliveries",
    title_zh="外发",
    title_en="Deliveries",
    routes=(
        Route(
            method="GET",
            path="/deliveries",
            handler=list_deliveries,
            summary_zh="向外部系统的投递",
            summary_en="What outside systems are asked for",
            query=DeliveryFilter,
            answer=Deliveries,
            permission=Permission.FAULT_RETRY,
        ),
        Route(
            method="GET",
            path="/deliveries/{delivery}",
            handler=get_delivery,
            summary_zh="一次投递及其内容",
            summary_en="A delivery with what it says",
            answer=DeliveryShown,
            permission=Permission.FAULT_RETRY,
        ),
        *(_deciding(verb) for verb in VERBS),
    ),
)
