"""What the answer of an outside system means for the case that asked. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec

from connectors.targets import AnswerRule, Meaning, Target
from engine.deliveries import Completed, Failed, Outcome, Rejected
from engine.jsontext import json_value

_AGAIN = frozenset({408, 425, 429})
#: Characters of the other side's words that are kept.
_LONGEST_WORDS = 200


class AnswerUnreadable(Exception):
    """The body is not what its headers or JSON say it is."""


def read_answer(content_type: str, body: bytes) -> Any:
    """The JSON value of an answer; ``None`` when it is empty. Raises ``AnswerUnreadable``."""
    if not body:
        return None
    kind, _, parameters = content_type.partition(";")
    kind = kind.strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        raise AnswerUnreadable(f"its type is {kind[:60] or 'not given'}")
    if "charset" in parameters.lower() and "utf-8" not in parameters.lower():
        raise AnswerUnreadable("it is not UTF-8")
    try:
        return json_value(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise AnswerUnreadable("it is no JSON") from None


def meaning_of(target: Target, status: int, answer: Any, *, wish: timedelta | None = None) -> Outcome:
    """What a status with a readable answer means; ``wish`` is how long the other side wants to be left alone."""
    rule = next((rule for rule in target.answers if _fits(rule, status, answer)), None)
    response = {"status": status, "body": answer}
    match rule.then if rule else _usual(status):
        case Meaning.DONE:
            return Completed({"response": response})
        case Meaning.ERROR if rule:
            return Rejected(rule.error, _words(answer), {"response": response})
        case Meaning.RETRY:
            return Failed(f"http_{status}", *_said(status, answer), retry_after=wish)
        case _:
            return Failed(f"http_{status}", *_said(status, answer), is_final=True)


def wish_of(retry_after: str, now: datetime) -> timedelta | None:
    """What a ``Retry-After`` asks for; ``None`` when it asks for nothing that can be understood."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit() and len(text) <= 8:
        return timedelta(seconds=int(text))
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(aware - now, timedelta(0))


def _usual(status: int) -> Meaning:
    if 200 <= status < 300:
        return Meaning.DONE
    return Meaning.RETRY if status in _AGAIN or status >= 500 else Meaning.FINAL


def _fits(rule: AnswerRule, status: int, answer: Any) -> bool:
    low, high = rule.status
    if not low <= status <= high:
        return False
    if rule.member is None:
        return True
    value = answer.get(rule.member) if isinstance(answer, Mapping) else None
    return type(value) is type(rule.equals) and value == rule.equals


def _said(status: int, answer: Any) -> tuple[str, str]:
    words = _words(answer)
    return f"对方答复 {status} {words}".strip(), f"the other side said {status} {words}".strip()


def _words(answer: Any) -> str:
    """What the other side says in words, as plain text without control characters."""
    found = (
        [answer.get(name) for name in ("message", "detail", "title", "error")] if isinstance(answer, Mapping) else []
    )
    text = next((each for each in found if isinstance(each, str)), "")
    return "".join(character for character in text if character.isprintable())[:_LONGEST_WORDS]
