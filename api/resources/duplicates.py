"""Likely duplicates: what was reported before that may be the same thing."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.lists import Word
from api.naming import CaseNames, case_names
from api.positions import Position
from api.routes import Call, Nothing, Reply, Resource, Route
from api.shapes import shown
from processes.access import Permission
from processes.territory import Crs


class LikenessShown(msgspec.Struct, frozen=True, kw_only=True):
    """What speaks for its being the same thing."""

    #: From 0 to 1.
    score: float
    metres: float
    same_subcategory: bool
    #: Share of the words in common, from 0 to 1.
    words: float


class LikelyCase(CaseNames, frozen=True, kw_only=True):
    """A case that may be the same thing."""

    case: int
    number: str
    subcategory: str
    description: str
    address: str
    unit: str | None
    stage: str
    is_open: bool
    reported_at: datetime
    likeness: LikenessShown


class LikelyCases(msgspec.Struct, frozen=True, kw_only=True):
    """At most ten, the likeliest first."""

    items: list[LikelyCase]


class Heard(Position, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known so far of what is about to be reported."""

    subcategory: Word | None = None
    text: Annotated[str, msgspec.Meta(max_length=500)] = ""


async def get_case_duplicates(call: Call[Nothing, None]) -> Reply:
    """Answer what may be the same thing as a case."""
    return _likely(call, await call.platform.duplicates.of_case(call.signed_in.actor, call.path["case"]))


async def list_likely_cases(call: Call[Heard, None]) -> Reply:
    """Answer what may be the same thing as what is about to be reported."""
    heard = call.query
    at = heard.point().to(Crs.CGCS2000)
    found = await call.platform.duplicates.of_report(
        call.signed_in.actor, subcategory=heard.subcategory, lon=at.lon, lat=at.lat, text=heard.text
    )
    return _likely(call, found)


def _likely(call: Call[Any, Any], found: Any) -> Reply:
    platform = call.platform
    items = [
        shown(row, LikelyCase, likeness=shown(row.likeness, LikenessShown), **case_names(platform, row))
        for row in found
    ]
    return answered(LikelyCases(items=items))


RESOURCE = Resource(
    name="duplicates",
    title_zh="疑似重复",
    title_en="Likely duplicates",
    routes=(
        Route(
            method="GET",
            path="/cases/{case}/duplicates",
            handler=get_case_duplicates,
            summary_zh="与本案疑似重复的案件及理由",
            summary_en="What may be the same thing as a case, and why",
            answer=LikelyCases,
        ),
        Route(
            method="GET",
            path="/cases/likely",
            handler=list_likely_cases,
            summary_zh="上报之前：同一地点、相近时间是否已有人报过",
            summary_en="Before reporting: what was reported nearby that may be the same thing",
            query=Heard,
            answer=LikelyCases,
            permission=Permission.CASE_REPORT,
        ),
    ),
)
