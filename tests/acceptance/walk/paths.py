"""The ways of a case through the diagram, from its report to an end: who does what at which element."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from engine.clock import machine_time
from tests.acceptance.city import CONDITION, UNIT


@dataclass(frozen=True)
class Step:
    """A task is claimed and completed by somebody of a post."""

    element: str
    post: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Use:
    """A verb is used on the case by somebody of a post."""

    verb: str
    post: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Path:
    """From the report to an end."""

    name: str
    steps: tuple[Step | Use, ...]
    #: The stage in which it ends.
    end: str


_ACCEPT = Step("accept", "acceptor", {"decision": "accept"})
_FILE = Step("file", "shift-lead", {"decision": "file", "condition": CONDITION, "urgency": "urgent"})
_DISPATCH = Step("dispatch_case", "dispatcher", {"decision": "dispatch", "responsible_unit": UNIT})
_DISPOSE = Step("dispose", "clerk", {"result": "fixed", "measures": "补装井盖"})
_PASS = Step("verify", "verifier", {"result": "passed"})
_CLOSE = Step("close", "shift-lead", {"decision": "close"})
_TO_DISPOSAL = (_ACCEPT, _FILE, _DISPATCH, _DISPOSE)

STRAIGHT = Path("straight", (*_TO_DISPOSAL, _PASS, _CLOSE), "closed")
REFUSED = Path(
    "refused",
    (
        Step("accept", "acceptor", {"decision": "refuse", "refusal_reason": "不属于城市管理范围"}),
        Step("reply", "acceptor", {"reply": "请联系物业", "reply_channel": "message"}),
    ),
    "refused",
)
REWORKED = Path(
    "reworked",
    (
        *_TO_DISPOSAL,
        Step("verify", "verifier", {"result": "not_passed", "note": "井盖松动"}),
        _DISPOSE,
        Step("verify", "inspector", {"result": "unable", "note": "道路封闭"}),
        Step("close", "shift-lead", {"decision": "rework", "reason": "无法确认"}),
        _DISPOSE,
        _PASS,
        _CLOSE,
    ),
    "closed",
)
VOIDED = Path("voided", (_ACCEPT, Step("file", "shift-lead", {"decision": "void", "reason": "测试上报"})), "voided")
RETURNED = Path(
    "returned",
    (
        _ACCEPT,
        Step("file", "shift-lead", {"decision": "send_back", "reason": "位置不清"}),
        _ACCEPT,
        _FILE,
        Step("dispatch_case", "dispatcher", {"decision": "send_back", "reason": "立案条件有误"}),
        _FILE,
        _DISPATCH,
        _DISPOSE,
        _PASS,
        _CLOSE,
    ),
    "closed",
)
_APPROVED = {"decision": "approve"}
_IN_A_MONTH = (machine_time() + timedelta(days=30)).isoformat()
USED_VERBS = Path(
    "used verbs",
    (
        *_TO_DISPOSAL[:-1],
        Use("extension", "clerk", {"reason": "须停水作业"}),
        Step("review", "dispatcher", _APPROVED),
        Use("suspension", "clerk", {"reason": "待料", "until": _IN_A_MONTH}),
        Step("review", "shift-lead", _APPROVED),
        Use("lifting", "dispatcher", {"reason": "已到料"}),
        Use("urge", "shift-lead", {"opinion": "群众再次来电"}),
        Use("return", "clerk", {"reason": "不属于本单位"}),
        Step("review", "dispatcher", _APPROVED),
        _DISPATCH,
        _DISPOSE,
        _PASS,
        _CLOSE,
    ),
    "closed",
)
PATHS = (STRAIGHT, REFUSED, REWORKED, VOIDED, RETURNED, USED_VERBS)
