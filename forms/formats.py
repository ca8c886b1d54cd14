"""The text formats that forms know; the same functions serve both validators."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})"
)
_PHONE = re.compile(r"\+?[0-9][0-9 -]{3,18}[0-9]")


def is_date(text: str) -> bool:
    """Whether ``text`` is a calendar day such as ``2026-07-01``."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_date_time(text: str) -> bool:
    """Whether ``text`` is an instant with its offset such as ``2026-07-01T08:30:00+08:00``."""
    if not _DATE_TIME.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_phone(text: str) -> bool:
    """Whether ``text`` looks like a telephone number: 5 to 20 ASCII digits, spaces and dashes."""
    return _PHONE.fullmatch(text) is not None


FORMATS: Mapping[str, Callable[[str], bool]] = {"date": is_date, "date-time": is_date_time, "phone": is_phone}
