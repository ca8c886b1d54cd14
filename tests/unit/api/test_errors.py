"""Every refusal has its status and is said in two languages."""

from __future__ import annotations

import msgspec
import pytest

from api.errors import KINDS, problem
from api.languages import Language, preferred_language
from engine.errors import REFUSALS, Invalid, TooMany, Unauthenticated
from engine.idempotency import answer_of, refusal_of

STATUS = {
    "malformed": 400,
    "unauthenticated": 401,
    "forbidden": 403,
    "not_found": 404,
    "invalid_state": 409,
    "stale": 412,
    "unsupported": 415,
    "invalid": 422,
    "precondition_missing": 428,
    "too_many": 429,
    "unavailable": 503,
}


@pytest.mark.parametrize("kind", REFUSALS)
def test_every_kind_of_refusal_has_its_status(kind: str) -> None:
    refusal = REFUSALS[kind]("some_code", "中文", "English")
    found = problem(refusal, Language.CHINESE)
    document = msgspec.json.decode(found.body)
    assert found.status == document["status"] == STATUS[kind]
    assert (document["title"], document["detail"]) == (KINDS[kind].title_zh, "中文")


def test_the_place_that_is_wrong_is_named() -> None:
    refusal = Invalid(
        "x", "中", "en", pointer="/a", element="task_1", line=3, details={"errors": [{"pointer": "/a/b"}]}
    )
    document = msgspec.json.decode(problem(refusal, Language.ENGLISH).body)
    assert (document["pointer"], document["element"], document["line"]) == ("/a", "task_1", 3)
    assert document["errors"] == [{"pointer": "/a/b"}]


def test_who_asks_too_often_is_told_when_to_come_again() -> None:
    refusal = TooMany("x", "中", "en", details={"retry_after": 8})
    assert problem(refusal, Language.CHINESE).headers["retry-after"] == "8"


def test_who_is_not_known_is_told_how_to_say_it() -> None:
    assert problem(Unauthenticated("x", "中", "en"), Language.CHINESE).headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        (None, "zh"),
        ("", "zh"),
        ("*", "zh"),
        ("fr", "zh"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("mn,en;q=0.5,zh;q=0.4", "en"),
        ("en;q=x", "zh"),
    ],
)
def test_the_language_is_the_one_preferred(accept: str | None, language: str) -> None:
    assert preferred_language(accept) == language


def test_a_refusal_that_was_stored_is_said_again_to_the_letter() -> None:
    errors = [{"pointer": "/a", "code": "enum", "message_zh": "中", "message_en": "en"}]
    refusal = Invalid("x", "中", "en", pointer="/a", details={"errors": errors, "current_version": 2})
    again = refusal_of(answer_of(refusal, b""))
    assert problem(again, Language.CHINESE) == problem(refusal, Language.CHINESE)
