"""Refusals as RFC 9457 problem documents: one status table, one shape, two languages.

    {"type": "urn:guiliu:problem:invalid_state", "title": …, "status": 409, "detail": …,
     "code": "task_not_open", "message_zh": …, "message_en": …, "pointer" | "element" | "line": …}

``title`` and ``detail`` follow ``Accept-Language``, Chinese unless English is preferred; both messages always stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.languages import Language
from engine.errors import Refusal
from engine.jsontext import json_text

PROBLEM_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 1


@dataclass(frozen=True)
class Kind:
    """How one kind of refusal is said over HTTP."""

    status: int
    title_zh: str
    title_en: str


#: The one place where a refusal gets its status; the second half are refusals of the HTTP floor itself.
KINDS: Mapping[str, Kind] = {
    "malformed": Kind(400, "请求无法读取", "The request cannot be read"),
    "unauthenticated": Kind(401, "尚未登录", "Not signed in"),
    "forbidden": Kind(403, "没有权限", "Not allowed"),
    "not_found": Kind(404, "没有找到", "Not found"),
    "invalid_state": Kind(409, "当前状态不允许", "The state forbids this"),
    "stale": Kind(412, "版本已过时", "The version is behind"),
    "unsupported": Kind(415, "不支持的内容类型", "The content type is not spoken here"),
    "invalid": Kind(422, "内容有误", "The content is wrong"),
    "precondition_missing": Kind(428, "缺少版本条件", "The version to start from is missing"),
    "too_many": Kind(429, "请求过多", "Too many requests"),
    "unavailable": Kind(503, "暂时无法服务", "Cannot be served just now"),
    "method_not_allowed": Kind(405, "不支持的方法", "The method is not allowed here"),
    "timed_out": Kind(408, "请求未按时到达", "The request did not arrive in time"),
    "too_large": Kind(413, "内容过大", "The content is too large"),
    "address_too_long": Kind(414, "地址过长", "The address is too long"),
    "expectation_failed": Kind(417, "无法满足期望", "The expectation cannot be met"),
    "failed": Kind(500, "内部错误", "Internal error"),
}


class MethodNotAllowed(Refusal):
    """The address exists, but not for this method."""

    kind = "method_not_allowed"


class TimedOut(Refusal):
    """The request did not arrive in time."""

    kind = "timed_out"


class TooLarge(Refusal):
    """The request is larger than is read here."""

    kind = "too_large"


class AddressTooLong(Refusal):
    """The address is longer than is read here."""

    kind = "address_too_long"


class ExpectationFailed(Refusal):
    """An ``Expect`` header names what is not done here."""

    kind = "expectation_failed"


class Failed(Refusal):
    """A defect of ours; the details name the log line and nothing else."""

    kind = "failed"


@dataclass(frozen=True)
class Problem:
    """A refusal ready to be sent."""

    status: int
    body: bytes
    headers: Mapping[str, str]


def problem(refusal: Refusal, language: Language) -> Problem:
    """The problem document of a refusal, in the caller's language."""
    kind = KINDS[refusal.kind]
    chinese = language is Language.CHINESE
    document: dict[str, Any] = {
        "type": f"urn:guiliu:problem:{refusal.kind}",
        "title": kind.title_zh if chinese else kind.title_en,
        "status": kind.status,
        "detail": refusal.message_zh if chinese else refusal.message_en,
        **refusal.as_json(),
    }
    return Problem(kind.status, json_text(document), _headers(refusal, kind.status, language))


def _headers(refusal: Refusal, status: int, language: Language) -> dict[str, str]:
    headers = {"content-language": language.value, "vary": "accept-language"}
    if status in (429, 503):
        headers["retry-after"] = str(refusal.details.get("retry_after", RETRY_AFTER_SECONDS))
    if status == 401:
        headers["www-authenticate"] = 'Bearer realm="guiliu"'
    if status == 405:
        headers["allow"] = ", ".join(refusal.details.get("allowed", ()))
    return headers
