"""Sample calendars to begin with: the announced holidays of 2025 and 2026 under two sets of office hours."""

import json
from importlib.resources import files
from typing import Any

from processes.calendars.reading import calendar_from_json
from processes.calendars.rows import Calendar


def sample_calendars() -> dict[str, Calendar]:
    """The calendars ``standard`` and ``seasonal`` by key, read from the JSON files shipped beside this module."""
    holidays = _sample("statutory_holidays.json")
    shared = {name: holidays[name] for name in ("announced_years", "fixed_holidays")}
    calendars = [calendar_from_json(hours | shared) for hours in _sample("office_hours.json")["calendars"]]
    return {calendar.key: calendar for calendar in calendars}


def _sample(name: str) -> dict[str, Any]:
    text = files(__package__).joinpath("sample", name).read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document
