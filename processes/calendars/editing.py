"""One row of a calendar put in, changed or taken out: holidays, make-up work days, local days, windows of a season."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from processes.calendars.errors import CalendarError

JsonRow = Mapping[str, Any]
_YEARS, _YEAR, _DAYS = "announced_years", "year", "days"


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row stands in the JSON form of a calendar."""

    #: ``seasons``, ``fixed_holidays``, ``local_days``, ``announced_years``, or ``days`` of an announced year.
    section: str
    #: The field that tells its rows apart, and what it holds here.
    field: str
    name: str | int
    #: The announced year whose day it is.
    year: int | None = None


def with_row(calendar: JsonRow, place: RowPlace, row: JsonRow) -> dict[str, Any]:
    """The calendar with the row in its place, new ones in order; whether it makes sense is for ``defects``."""

    def put(rows: Sequence[JsonRow]) -> list[JsonRow]:
        kept = [each for each in rows if each[place.field] != place.name]
        return sorted([*kept, {**row, place.field: place.name}], key=lambda each: each[place.field])

    return _changed(calendar, place, put)


def without_row(calendar: JsonRow, place: RowPlace) -> dict[str, Any]:
    """The calendar without the row. CalendarError ``unknown_key`` when there is none."""

    def taken(rows: Sequence[JsonRow]) -> list[JsonRow]:
        kept = [each for each in rows if each[place.field] != place.name]
        if len(kept) == len(rows):
            raise _unknown(place.section, place.name)
        return kept

    return _changed(calendar, place, taken)


def pointer_of_row(calendar: JsonRow, place: RowPlace) -> str:
    """Where the row stands, as a JSON pointer."""
    rows, root = calendar[place.section if place.year is None else _YEARS], f"/{place.section}"
    if place.year is not None:
        at = next(index for index, each in enumerate(rows) if each[_YEAR] == place.year)
        rows, root = rows[at][_DAYS], f"/{_YEARS}/{at}/{_DAYS}"
    return f"{root}/{next(index for index, each in enumerate(rows) if each[place.field] == place.name)}"


def rows_by_place(calendar: JsonRow) -> dict[str, JsonRow]:
    """The rows one by one under the names of their places; what stands beside them under ``calendar``."""
    sections = {"seasons": "begins", "fixed_holidays": "on", "local_days": "begins"}
    found: dict[str, JsonRow] = {
        "calendar": {name: value for name, value in calendar.items() if name not in (*sections, _YEARS)}
    }
    for section, field in sections.items():
        found |= {f"{section}/{row[field]}": row for row in calendar[section]}
    for year in calendar[_YEARS]:
        found[f"{_YEARS}/{year[_YEAR]}"] = {"source": year["source"]}
        found |= {f"{_YEARS}/{year[_YEAR]}/{row['begins']}": row for row in year[_DAYS]}
    return found


def _changed(calendar: JsonRow, place: RowPlace, change: Any) -> dict[str, Any]:
    if place.year is None:
        return {**calendar, place.section: change(calendar[place.section])}
    if not any(each[_YEAR] == place.year for each in calendar[_YEARS]):
        raise _unknown(_YEARS, place.year)
    years = [{**each, _DAYS: change(each[_DAYS])} if each[_YEAR] == place.year else each for each in calendar[_YEARS]]
    return {**calendar, _YEARS: years}


def _unknown(section: str, name: str | int) -> CalendarError:
    return CalendarError(
        "unknown_key",
        f"/{section}",
        message_zh=f"日历中没有 {name} 这一行",
        message_en=f"the calendar has no row {name} in {section}",
    )
