"""Urging many cases at once: each is urged by itself and has an answer of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

import msgspec

from api.commands import carry_out
from api.lists import Word
from api.parameters import LARGEST_ID
from api.resources.bulk_tasks import StartedBatch
from api.routes import Call, Nothing, Reply, Resource, Route
from engine.batches import StartBatch
from engine.errors import Invalid
from processes.supervision import URGING, urging_item

MOST_CASES = 1_000
Id = Annotated[int, msgspec.Meta(ge=1, le=LARGEST_ID)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class OpenCases(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which open cases, as the list of cases filters them."""

    stage: Word | None = None
    category: Word | None = None
    unit: Word | None = None
    grid: Word | None = None
    channel: Word | None = None
    text: Word | None = None
    reported_from: Moment | None = None
    reported_before: Moment | None = None
    lamp: Literal["red", "yellow", "green", "grey"] | None = None
    overdue: bool | None = None

    @property
    def open(self) -> bool:
        """What has ended is not urged."""
        return True


class Urging(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said to whom: cases, or those that a filter finds."""

    opinion: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
    #: Their ids, each once.
    cases: Annotated[list[Id], msgspec.Meta(min_length=1, max_length=MOST_CASES)] | None = None
    filter: OpenCases | None = None


async def urge_cases(call: Call[Nothing, Urging]) -> Reply:
    """Begin a batch with one item for each case."""
    items = [urging_item(case, call.body.opinion) for case in await _cases(call)]
    command = StartBatch(actor=call.signed_in.actor, key=call.key, kind=URGING, items=items)
    return replace(await carry_out(call, command), status=202)


async def _cases(call: Call[Nothing, Urging]) -> list[int]:
    body = call.body
    if (body.cases is None) is (body.filter is None):
        raise Invalid(
            "cases_or_filter", "请写 cases 或 filter 其中之一", "Expected either cases or a filter", pointer="/cases"
        )
    if body.filter is None:
        return _each_once(body.cases or [])
    found = await call.platform.cases.matching(call.signed_in.actor, body.filter, MOST_CASES + 1)
    if 1 <= len(found) <= MOST_CASES:
        return list(found)
    raise Invalid(
        "filter_unfit",
        f"筛选应命中 1 至 {MOST_CASES} 件在办案件",
        f"Expected the filter to find 1 to {MOST_CASES} open cases",
        pointer="/filter",
    )


def _each_once(cases: list[int]) -> list[int]:
    for place, case in enumerate(cases):
        if case in cases[:place]:
            raise Invalid(
                "case_repeated",
                f"案件 {case} 重复",
                f"Expected each case once, but {case} is repeated",
                pointer=f"/cases/{place}",
            )
    return cases


RESOURCE = Resource(
    name="urging",
    title_zh="批量催办",
    title_en="Urging many cases",
    routes=(
        Route(
            method="POST",
            path="/supervision/urge",
            handler=urge_cases,
            summary_zh="催办一件、多件或筛选出的案件，逐件答复",
            summary_en="Urge one case, several, or those that a filter finds, each with an answer of its own",
            body=Urging,
            answer=StartedBatch,
            status=202,
            keyed=True,
        ),
    ),
)
