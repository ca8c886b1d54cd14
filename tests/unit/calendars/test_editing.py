"""One row of a calendar put in, changed or taken out; the others stay as they are."""

from __future__ import annotations

import pytest

from processes.calendars import (
    CalendarError,
    RowPlace,
    calendar_from_json,
    calendar_to_json,
    defects,
    pointer_of_row,
    rows_by_place,
    sample_calendars,
    with_row,
    without_row,
)

STANDARD = calendar_to_json(sample_calendars()["standard"])
NAMES = {"name_zh": "停电", "name_en": "power cut"}
DAY_OFF = {"kind": "local_day_off", **NAMES}
PLACES = (
    (RowPlace("local_days", "begins", "2026-05-20"), DAY_OFF),
    (RowPlace("fixed_holidays", "on", "08-08"), NAMES),
    (RowPlace("days", "begins", "2026-12-24", 2026), {"kind": "holiday", **NAMES}),
    (RowPlace("announced_years", "year", 2031), {"source": "试验", "days": []}),
)


@pytest.mark.parametrize(("place", "row"), PLACES, ids=lambda value: getattr(value, "section", ""))
def test_a_row_comes_changes_and_goes(place: RowPlace, row: dict[str, object]) -> None:
    made = with_row(STANDARD, place, row)
    (added,) = rows_by_place(made).keys() - rows_by_place(STANDARD).keys()
    assert added.endswith(str(place.name))
    assert not list(defects(calendar_from_json(made)))
    again = with_row(made, place, row)
    assert again == made
    assert without_row(made, place) == STANDARD


def test_a_row_is_pointed_to_where_it_stands() -> None:
    place = RowPlace("days", "begins", "2026-12-24", 2026)
    made = with_row(STANDARD, place, {"kind": "holiday", **NAMES})
    years = [year["year"] for year in made["announced_years"]]
    days = made["announced_years"][years.index(2026)]["days"]
    assert pointer_of_row(made, place) == f"/announced_years/{years.index(2026)}/days/{len(days) - 1}"


@pytest.mark.parametrize(
    "place", [RowPlace("local_days", "begins", "2026-05-20"), RowPlace("days", "begins", "2031-01-01", 2031)]
)
def test_a_row_that_is_not_there_cannot_be_taken_out(place: RowPlace) -> None:
    with pytest.raises(CalendarError) as refused:
        without_row(STANDARD, place)
    assert refused.value.code == "unknown_key"
