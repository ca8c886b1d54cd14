"""Deadlines as ``TableStorage``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from engine.jsontext import json_text, json_value
from engine.storage.tables import columns, open_rows
from processes.deadlines import Deadline, Ending, Extension, LimitUnit, Pause, StartCause, Subject, TimeLimit
from processes.timekeeping.projection import TABLE
from processes.timekeeping.rows import DeadlineRow

#: An empty list as it is stored.
_NONE = "[]"
DEADLINE_COLUMNS = """
    id, instance, element, name, stage, unit, amount, time_unit, warn_share, calendar, calendar_version, cause, attempt,
    started_at, pauses, extensions, warn_at, due_at, ended_at, ending, used, is_latest, has_warned,
    tree
"""


def deadline_row(record: Sequence[Any]) -> tuple[int, DeadlineRow]:
    """Key and row from a record of ``DEADLINE_COLUMNS``."""
    (key, instance, element, name, stage, unit, amount, time_unit, warn_share, calendar, calendar_version, cause,
     attempt, started_at, pauses, extensions, warn_at, due_at, ended_at, ending, used, is_latest,
     has_warned, tree) = record  # fmt: skip
    clock = Deadline(
        subject=Subject(deadline_id=f"{tree}.{key}", case_id=str(tree), stage=stage, unit_id=unit),
        limit=_limit(amount, time_unit),
        started_at=started_at,
        pauses=() if pauses == _NONE else tuple(Pause(*map(_moment, pause)) for pause in json_value(pauses)),
        extensions=()
        if extensions == _NONE
        else tuple(Extension(Decimal(added), _moment(at)) for added, at in json_value(extensions)),
        warn_share=warn_share,
        calendar_key=calendar,
        calendar_version=calendar_version,
        warn_at=warn_at,
        due_at=due_at,
        cause=StartCause(cause),
        attempt=attempt,
        ended_at=ended_at,
        ending=Ending(ending) if ending else None,
        used=used,
    )
    row = DeadlineRow(
        instance=instance, element=element, name=name, clock=clock, is_latest=is_latest, has_warned=has_warned
    )
    return key, row


@cache
def _limit(amount: Decimal, unit: str) -> TimeLimit:
    """One for all clocks with the same: there are as many as the diagrams of a city declare."""
    return TimeLimit(amount, LimitUnit(unit))


class DeadlineTable:
    """The deadlines that commands still look at."""

    table = TABLE
    whole = f"select {DEADLINE_COLUMNS} from deadline where tree = $1"  # noqa: S608 - constants of this module
    load = open_rows(TABLE, whole)
    write = "write_deadline"
    types = (
        "int[]", "int[]", "text[]", "text[]", "text[]", "text[]", "numeric[]", "text[]", "numeric[]", "text[]",
        "text[]", "text[]", "int[]", "timestamptz[]", "text[]", "text[]", "timestamptz[]", "timestamptz[]",
        "timestamptz[]", "text[]", "numeric[]", "boolean[]", "boolean[]",
    )  # fmt: skip

    def read(self, record: Sequence[Any]) -> tuple[int, DeadlineRow]:
        """Key and row."""
        return deadline_row(record)

    def folded(self, row: DeadlineRow) -> DeadlineRow:
        """Everything comes from events."""
        return row

    def arrays(self, rows: Sequence[tuple[int, DeadlineRow]]) -> Sequence[Sequence[Any]]:
        """One array per column."""
        return columns([_values(key, row, row.clock) for key, row in rows])


def _values(key: int, row: DeadlineRow, clock: Deadline) -> Sequence[Any]:
    return (
        key, row.instance, row.element, row.name, clock.subject.stage, clock.subject.unit_id, clock.limit.amount,
        clock.limit.unit, clock.warn_share, clock.calendar_key, clock.calendar_version, clock.cause, clock.attempt,
        clock.started_at, _text([[pause.begins, pause.ends] for pause in clock.pauses]),
        _text([[str(extension.amount), extension.granted_at] for extension in clock.extensions]),
        clock.warn_at, clock.due_at, clock.ended_at, clock.ending, clock.used, row.is_latest,
        row.has_warned,
    )  # fmt: skip


def _text(values: Sequence[Any]) -> str:
    return json_text(values).decode()


def _moment(text: str | None) -> Any:
    return datetime.fromisoformat(text) if text else None


DEADLINE_TABLES = (DeadlineTable(),)
