"""The limit of a deadline as diagrams write it."""

from __future__ import annotations

import re
from decimal import Decimal

from engine.feel import Value, kind_of
from processes.deadlines import DeadlineError, TimeLimit, time_limit

_WRITTEN = re.compile(r"\s*(\d{1,9}(?:\.\d{1,9})?)\s*([^\W\d].{0,40})")


def read_limit(value: Value) -> TimeLimit:
    """``15 minute``, ``4 工作时``, or a context with ``amount`` and ``unit``. Raises ``DeadlineError``."""
    if isinstance(value, dict):
        amount, unit = value.get("amount"), value.get("unit")
        if isinstance(amount, Decimal) and isinstance(unit, str):
            return time_limit(amount, unit)
    written = _WRITTEN.fullmatch(value) if isinstance(value, str) else None
    if written is None:
        shown = value[:40] if isinstance(value, str) else kind_of(value)
        raise DeadlineError(
            "limit_form",
            "/limit",
            message_zh=f"时限应写成“4 work_hour”这样的数量和单位，或含 amount 与 unit 的上下文，得到的却是 {shown}",
            message_en=f"Expected an amount and a unit such as 4 work_hour, or a context of both, but got {shown}",
        )
    return time_limit(Decimal(written[1]), written[2])


def limit_problem(written: str) -> tuple[str, str] | None:
    """What is wrong with a limit that a diagram writes as text, in Chinese and English."""
    try:
        read_limit(written)
    except DeadlineError as error:
        return error.message_zh, error.message_en
    return None
