"""What each person keeps in sight: watched cases with what is new in them, and filters under a name."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.commands import carry_out
from api.naming import CaseNames, case_names, event_name_en, person_name
from api.ports import Platform
from api.routes import Call, Nothing, Reply, Resource, Route
from api.shapes import shown
from processes.attention import RemoveFilter, SaveFilter, SeeNotices, UnwatchCase, WatchCase

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
Value = Annotated[str, msgspec.Meta(max_length=200)]
#: Members of a page's address.
Members = Annotated[dict[Annotated[str, msgspec.Meta(min_length=1, max_length=40)], Value], msgspec.Meta(max_length=20)]


class SavedFilter(msgspec.Struct, frozen=True, kw_only=True):
    """A question to a list, kept under a name."""

    #: The list that is asked, such as ``inbox``.
    page: str
    name: str
    #: The members of the page's address.
    query: dict[str, str]
    saved_at: datetime


class SavedFilters(msgspec.Struct, frozen=True, kw_only=True):
    """The caller's own filters, by page."""

    items: list[SavedFilter]


class FilterNamed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which filter."""

    page: Name
    name: Name


class FilterBody(FilterNamed, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to keep; the same name again replaces it."""

    query: Members


class FilterKept(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept now."""

    page: str
    name: str
    query: dict[str, str]
    version: int


class FilterRemoved(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept no more."""

    page: str
    name: str
    version: int


class Watching(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the caller watches a case."""

    case: int
    is_watched: bool


class WatchingChanged(Watching, frozen=True, kw_only=True):
    """Whether the caller watches a case from now on."""

    version: int


class WatchedCase(CaseNames, frozen=True, kw_only=True):
    """A case that the caller watches."""

    case: int
    number: str
    subcategory: str
    description: str
    address: str
    unit: str | None
    stage: str
    is_open: bool
    since: datetime


class WatchedCases(msgspec.Struct, frozen=True, kw_only=True):
    """The cases that the caller watches, the latest first."""

    items: list[WatchedCase]


class Notice(CaseNames, frozen=True, kw_only=True):
    """Something that somebody else did in a watched case."""

    case: int
    number: str
    subcategory: str
    description: str
    address: str
    unit: str | None
    #: As in the case's history.
    seq: int
    type: str
    at: datetime
    actor: str
    actor_name: str
    payload: dict[str, Any]
    name_en: str


class Notices(msgspec.Struct, frozen=True, kw_only=True):
    """What is new in watched cases, the newest first; at most 100."""

    items: list[Notice]


class NoticesSeen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """In which case everything was seen; in all of them without one."""

    case: Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)] | None = None


class NoticesWereSeen(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen."""

    case: int | None
    version: int


async def list_filters(call: Call[Nothing, None]) -> Reply:
    """Answer the caller's own filters."""
    filters = await call.platform.attention.filters(call.signed_in.account)
    return answered(SavedFilters(items=[shown(entry, SavedFilter) for entry in filters]))


async def save_filter(call: Call[Nothing, FilterBody]) -> Reply:
    """Keep a filter under a name."""
    body = call.body
    return await carry_out(call, SaveFilter(**_own(call), page=body.page, name=body.name, query=body.query))


async def remove_filter(call: Call[Nothing, FilterNamed]) -> Reply:
    """Forget a filter."""
    return await carry_out(call, RemoveFilter(**_own(call), page=call.body.page, name=call.body.name))


async def get_watching(call: Call[Nothing, None]) -> Reply:
    """Answer whether the caller watches a case."""
    case: int = call.path["case"]
    await call.platform.cases.detail(call.signed_in.actor, case)
    is_watched = await call.platform.attention.is_watched(call.signed_in.account, case)
    return answered(Watching(case=case, is_watched=is_watched))


async def watch_case(call: Call[Nothing, Nothing]) -> Reply:
    """Watch a case from now on."""
    return await carry_out(call, WatchCase(**_own(call), case=call.path["case"]))


async def unwatch_case(call: Call[Nothing, Nothing]) -> Reply:
    """Watch a case no more."""
    return await carry_out(call, UnwatchCase(**_own(call), case=call.path["case"]))


async def list_watched(call: Call[Nothing, None]) -> Reply:
    """Answer the cases that the caller watches."""
    platform, caller = call.platform, call.signed_in
    rows = await platform.attention.watched(caller.actor, caller.account)
    return answered(WatchedCases(items=[shown(row, WatchedCase, **case_names(platform, row)) for row in rows]))


async def list_notices(call: Call[Nothing, None]) -> Reply:
    """Answer what is new in watched cases."""
    platform, caller = call.platform, call.signed_in
    rows = await platform.attention.notices(caller.actor, caller.account)
    return answered(Notices(items=[_notice(platform, row) for row in rows]))


def _notice(platform: Platform, row: Any) -> Notice:
    names = {"actor_name": person_name(platform, row.actor), "name_en": event_name_en(platform, row.payload)}
    read: Notice = shown(row, Notice, **names, **case_names(platform, row))
    return read


async def see_notices(call: Call[Nothing, NoticesSeen]) -> Reply:
    """Take what is new as seen."""
    return await carry_out(call, SeeNotices(**_own(call), case=call.body.case))


def _own(call: Call[Any, Any]) -> dict[str, Any]:
    return {"actor": call.signed_in.actor, "key": call.key, "account": call.signed_in.account}


def _change(
    path: str,
    handler: Any,
    words: tuple[str, str],
    body: type[msgspec.Struct],
    answer: Any,
    refusals: tuple[str, ...] = (),
) -> Route:
    return Route(
        method="POST",
        path=path,
        handler=handler,
        summary_zh=words[0],
        summary_en=words[1],
        body=body,
        answer=answer,
        keyed=True,
        also_status=201,
        refusals=refusals,
    )


def _read(path: str, handler: Any, words: tuple[str, str], answer: Any) -> Route:
    return Route(method="GET", path=path, handler=handler, summary_zh=words[0], summary_en=words[1], answer=answer)


RESOURCE = Resource(
    name="attention",
    title_zh="关注与常用筛选",
    title_en="Watched cases and kept filters",
    routes=(
        _read("/me/filters", list_filters, ("本人的常用筛选", "One's own filters"), SavedFilters),
        _change("/me/filters", save_filter, ("保存筛选", "Keep a filter"), FilterBody, FilterKept),
        _change(
            "/me/filters/remove",
            remove_filter,
            ("删除筛选", "Forget a filter"),
            FilterNamed,
            FilterRemoved,
            ("not_found",),
        ),
        _read("/me/watched", list_watched, ("本人关注的案件", "Cases that one watches"), WatchedCases),
        _read("/me/notices", list_notices, ("关注的案件有何新情况", "What is new in watched cases"), Notices),
        _change("/me/notices/seen", see_notices, ("标为已阅", "Take it as seen"), NoticesSeen, NoticesWereSeen),
        _read("/cases/{case}/watch", get_watching, ("是否关注此案", "Whether one watches a case"), Watching),
        _change("/cases/{case}/watch", watch_case, ("关注案件", "Watch a case"), Nothing, WatchingChanged),
        _change("/cases/{case}/unwatch", unwatch_case, ("取消关注", "Watch a case no more"), Nothing, WatchingChanged),
    ),
)
