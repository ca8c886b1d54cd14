"""The calendars and rows of ``hand_checked.md``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from processes.calendars import (
    Calendar,
    CompiledCalendar,
    DayKind,
    DaySpan,
    Window,
    WorkDayRule,
    compile_calendar,
    sample_calendars,
)
from processes.deadlines import Deadline, Subject, extend, pause, resume, start, time_limit

SHANGHAI = ZoneInfo("Asia/Shanghai")
TABLE = Path(__file__).with_name("hand_checked.md")


@dataclass(frozen=True)
class PaperRow:
    key: str
    calendar: str
    limit: str
    start: str
    events: str
    due: str
    warn: str
    provisional: str
    steps: str


def paper_rows() -> list[PaperRow]:
    lines = [line for line in TABLE.read_text().splitlines() if line.startswith("| ")][1:]
    return [PaperRow(*(cell.strip() for cell in line.strip("|").split("|"))) for line in lines]


def paper_calendars() -> dict[str, CompiledCalendar]:
    samples = sample_calendars()
    standard = samples["standard"]
    rows = {
        **samples,
        "eight_hours": replace(standard, work_day_rule=WorkDayRule.FIXED_HOURS),
        "local": with_local_days(standard),
    }
    return {key: compile_calendar(calendar) for key, calendar in rows.items()}


def with_local_days(calendar: Calendar) -> Calendar:
    off = DaySpan(
        kind=DayKind.LOCAL_DAY_OFF,
        begins=date(2026, 8, 18),
        ends=date(2026, 8, 18),
        name_zh="那达慕",
        name_en="Naadam",
    )
    short = DaySpan(
        kind=DayKind.SPECIAL_HOURS,
        begins=date(2026, 3, 6),
        ends=date(2026, 3, 6),
        name_zh="半日班",
        name_en="morning only",
        windows=(Window(timedelta(hours=8, minutes=30), timedelta(hours=12)),),
    )
    return replace(calendar, local_days=(off, short))


def moment(text: str) -> datetime:
    told = datetime.fromisoformat(text.strip())
    return told if told.tzinfo else told.replace(tzinfo=SHANGHAI)


def moment_or_none(text: str) -> datetime | None:
    return None if text == "-" else moment(text)


def deadline_of(row: PaperRow, calendar: CompiledCalendar) -> Deadline:
    amount, unit = row.limit.split()
    subject = Subject(deadline_id=row.key, case_id="case", stage="disposal", unit_id="unit")
    deadline = start(calendar, subject, limit=time_limit(Decimal(amount), unit), at=moment(row.start))
    for event in () if row.events == "-" else row.events.split(";"):
        deadline = _after(deadline, calendar, event.strip())
    return deadline


def _after(deadline: Deadline, calendar: CompiledCalendar, event: str) -> Deadline:
    verb, _, rest = event.partition(" ")
    if verb == "extend":
        return extend(deadline, calendar, amount=Decimal(rest), at=deadline.started_at)
    begins, _, ends = rest.partition(" to ")
    paused = pause(deadline, calendar, at=moment(begins))
    return resume(paused, calendar, at=moment(ends)) if ends else paused
