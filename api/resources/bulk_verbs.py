"""Many cases at once: a verb is used on each by itself, with an answer of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from api.commands import carry_out
from api.lists import Word
from api.parameters import LARGEST_ID
from api.resources.bulk_tasks import StartedBatch
from api.routes import Call, Nothing, Reply, Resource, Route
from engine.batches import StartBatch
from engine.errors import Invalid
from processes.verbs import VERB, verb_item

#: The verb by which cases are urged.
URGE = "urge"
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


class ChosenCases(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Cases, or those that a filter finds."""

    #: Their ids, each once.
    cases: Annotated[list[Id], msgspec.Meta(min_length=1, max_length=MOST_CASES)] | None = None
    filter: OpenCases | None = None


class ManyCases(ChosenCases, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which verb is used on which cases, and what was typed into its form."""

    verb: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    data: dict[str, Any] = {}
    comment: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class Urging(ChosenCases, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said to whom."""

    opinion: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]


async def use_verb_on_many(call: Call[Nothing, ManyCases]) -> Reply:
    """Begin a batch with one item for each case."""
    body = call.body
    return await _begin(call, [verb_item(case, body.verb, body.data, body.comment) for case in await _cases(call)])


async def urge_cases(call: Call[Nothing, Urging]) -> Reply:
    """Begin a batch that urges each case."""
    said = {"opinion": call.body.opinion}
    return await _begin(call, [verb_item(case, URGE, said) for case in await _cases(call)])


async def _begin(call: Call[Nothing, Any], items: list[dict[str, Any]]) -> Reply:
    command = StartBatch(actor=call.signed_in.actor, key=call.key, kind=VERB, items=items)
    return replace(await carry_out(call, command), status=202)


async def _cases(call: Call[Nothing, Any]) -> list[int]:
    body: ChosenCases = call.body
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
    name="bulk_verbs",
    title_zh="批量操作",
    title_en="Verbs on many cases",
    routes=(
        Route(
            method="POST",
            path="/cases/bulk",
            handler=use_verb_on_many,
            summary_zh="对多件或筛选出的案件发起同一操作，逐件答复",
            summary_en="Use a verb on several cases, or on those that a filter finds, each with an answer of its own",
            body=ManyCases,
            answer=StartedBatch,
            status=202,
            keyed=True,
        ),
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
