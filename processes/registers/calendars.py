"""Saving a calendar: its rows are judged and staged, then published like every register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.actors import Actor
from engine.errors import Invalid
from processes.calendars import CalendarError, CompiledCalendar, calendar_from_json, compile_calendar, defects
from processes.contents import calendar_lines, calendar_register
from processes.registers.archive import RegisterArchive, Staging
from processes.registers.commands import PublishCalendar

MOST_DEFECTS = 100


class CalendarSaving:
    """Makes the command that saves a calendar."""

    def __init__(self, archive: RegisterArchive) -> None:
        self._archive = archive

    async def command(self, key: str, rows: Mapping[str, Any], *, expected: int, actor: Actor) -> PublishCalendar:
        """The command, its content staged. Raises ``Invalid`` with every defect of the rows, ``Unavailable``."""
        calendar = judged_calendar(key, rows)
        register = calendar_register(key)
        staging = Staging(
            register=register,
            lines=calendar_lines(calendar.rows),
            based_on=expected,
            rows_refused=0,
            report="{}",
            by=actor.id,
        )
        candidate = await self._archive.stage(staging)
        return PublishCalendar(actor=actor, expected=expected, register=register, candidate=candidate)


def judged_calendar(key: str, rows: Mapping[str, Any], *, root: str = "") -> CompiledCalendar:
    """The rows as a calendar that can count. Raises ``Invalid`` with every defect by pointer, below ``root``."""
    try:
        calendar = calendar_from_json({**rows, "key": key})
    except CalendarError as error:
        raise _refused([error], root) from error
    if found := list(defects(calendar)):
        raise _refused(found, root)
    return compile_calendar(calendar)


def _refused(found: list[CalendarError], root: str) -> Invalid:
    first = found[0]
    errors = [
        {
            "pointer": root + each.pointer,
            "code": each.code,
            "message_zh": each.message_zh,
            "message_en": each.message_en,
        }
        for each in found[:MOST_DEFECTS]
    ]
    return Invalid(
        first.code, first.message_zh, first.message_en, pointer=root + first.pointer, details={"errors": errors}
    )
