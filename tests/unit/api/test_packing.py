"""Which answers are packed, and for whom."""

from __future__ import annotations

import gzip
from typing import Any

import msgspec
import pytest

from api.packing import SHORTEST, is_worth_packing, packed, takes
from api.routes import Reply, Route
from api.surfaces import RESOURCES

ROUTES = [route for resources in RESOURCES.values() for resource in resources for route in resource.routes]
LONG = b'"' + b"x" * SHORTEST + b'"'


async def answer(_call: Any) -> Reply:
    return Reply(body=LONG)


def route(**further: Any) -> Route:
    return Route(method="GET", path="/grids", handler=answer, summary_zh="网格", summary_en="Grids", **further)


@pytest.mark.parametrize(
    ("accepted", "is_taken"),
    [
        ("gzip, deflate, br", True),
        ("br, GZIP ;q=0.5", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0, br", False),
        ("gzip; q=0.000", False),
        ("x-gzip", False),
    ],
)
def test_gzip_is_taken_by_who_names_it(accepted: str, is_taken: bool) -> None:
    assert takes("gzip", accepted) is is_taken


def test_what_is_long_is_worth_packing() -> None:
    assert is_worth_packing(route(), Reply(body=LONG))


@pytest.mark.parametrize("reply", [Reply(body=b'"short"'), Reply(body=LONG, content_type="image/png")])
def test_what_is_short_or_packed_already_stays_as_it_is(reply: Reply) -> None:
    assert not is_worth_packing(route(), reply)


def test_a_secret_is_never_packed() -> None:
    assert not is_worth_packing(route(tells_secret=True), Reply(body=LONG))


def tells(each: Route) -> set[str]:
    """Names of what an answer is made of."""
    told = msgspec.json.schema(each.answer) if each.answer else {}
    return {name for shape in told.get("$defs", {}).values() for name in shape.get("properties", {})}


def test_every_answer_with_a_secret_is_marked() -> None:
    secret = {f"{each.method} {each.path}" for each in ROUTES if tells(each) & {"csrf", "token"}}
    assert len(secret) == 4
    assert secret == {f"{each.method} {each.path}" for each in ROUTES if each.tells_secret}


async def test_a_packed_answer_is_the_same_answer() -> None:
    sent = await packed(LONG)
    assert len(sent) < len(LONG) / 10
    assert gzip.decompress(sent) == LONG
