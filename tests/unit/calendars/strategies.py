"""Random calendars that hold together, and moments around them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from processes.calendars import (
    AnnouncedYear,
    Calendar,
    DayKind,
    DaySpan,
    FixedHoliday,
    MonthDay,
    Season,
    Window,
)

FIRST_DATE = date(2026, 1, 1)
ZONES = ("Asia/Shanghai", "Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "UTC")


@st.composite
def window_rows(draw: st.DrawFn) -> tuple[Window, ...]:
    ticks = draw(st.lists(st.integers(0, 24 * 60), min_size=2, max_size=6, unique=True).map(sorted))
    pairs = zip(ticks[::2], ticks[1::2], strict=False)
    return tuple(Window(timedelta(minutes=opens), timedelta(minutes=closes)) for opens, closes in pairs)


@st.composite
def season_rows(draw: st.DrawFn) -> tuple[Season, ...]:
    first_days = draw(st.lists(st.integers(0, 365), min_size=1, max_size=3, unique=True).map(sorted))
    leap_year = date(2000, 1, 1)
    names = {"name_zh": "季", "name_en": "season"}
    seasons = []
    for begins, after in zip(first_days, [*first_days[1:], first_days[0] + 366], strict=True):
        first, last = (leap_year + timedelta(days=day % 366) for day in (begins, after - 1))
        seasons.append(
            Season(
                **names,
                begins=MonthDay(first.month, first.day),
                ends=MonthDay(last.month, last.day),
                windows=draw(window_rows()),
            )
        )
    return tuple(seasons)


@st.composite
def day_spans(draw: st.DrawFn, year: int) -> tuple[DaySpan, ...]:
    days = draw(st.lists(st.integers(0, 364), max_size=8, unique=True).map(sorted))
    spans = []
    for day, following in zip(days, [*days, 365][1:], strict=True):
        kind = draw(st.sampled_from(DayKind))
        begins = date(year, 1, 1) + timedelta(days=day)
        length = draw(st.integers(1, min(9, following - day)))
        windows = draw(window_rows()) if kind is DayKind.SPECIAL_HOURS else ()
        ends = begins + timedelta(days=length - 1)
        spans.append(DaySpan(kind=kind, begins=begins, ends=ends, name_zh="日", name_en="day", windows=windows))
    return tuple(spans)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    announced = tuple(
        AnnouncedYear(year=year, source="test", days=draw(day_spans(year)))
        for year in draw(st.lists(st.sampled_from((2025, 2026, 2027)), unique=True))
    )
    return Calendar(
        key="random",
        name_zh="随机",
        name_en="random",
        zone=draw(st.sampled_from(ZONES)),
        working_weekdays=tuple(draw(st.lists(st.integers(1, 7), min_size=1, max_size=7, unique=True))),
        seasons=draw(season_rows()),
        announced_years=announced,
        fixed_holidays=(FixedHoliday(on=MonthDay(1, 1), name_zh="元旦", name_en="New Year"),),
        local_days=draw(day_spans(2026)),
    )


def moments(days: int = 400) -> st.SearchStrategy[datetime]:
    """Moments from December 2025 on; round ones and working-hour ones are common, so that boundaries are met."""
    first = datetime(2025, 12, 20, tzinfo=UTC)
    seconds = st.one_of(
        st.integers(0, days * 86_400),
        st.integers(0, days * 48).map(lambda half_hours: half_hours * 1_800),
    )
    return seconds.map(lambda offset: first + timedelta(seconds=offset))
