"""Timers as ``TableStorage``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from engine.projections import TimerRow, TimerState
from engine.storage.tables import columns, open_rows


class TimerTable:
    """Armed timers."""

    table = "timer"
    whole = """
        select id, instance, element, name, attached_to, due_at, state, armed_at, ended_at, lease
        from timer where tree = $1
    """
    load = open_rows("timer", whole)
    write = "write_timer"
    types = (
        "int[]", "int[]", "text[]", "text[]", "text[]", "timestamptz[]", "text[]", "timestamptz[]", "timestamptz[]",
    )  # fmt: skip

    def read(self, record: Sequence[Any]) -> tuple[int, TimerRow]:
        """Key and row."""
        key, instance, element, name, attached_to, due_at, state, armed_at, ended_at, lease = record
        return key, TimerRow(
            instance=instance,
            element=element,
            name=name,
            attached_to=attached_to,
            due_at=due_at,
            state=TimerState(state),
            armed_at=armed_at,
            ended_at=ended_at,
            lease=lease,
        )

    def folded(self, row: TimerRow) -> TimerRow:
        """Claims are the row's own."""
        return replace(row, lease=0)

    def arrays(self, rows: Sequence[tuple[int, TimerRow]]) -> Sequence[Sequence[Any]]:
        """One array per column."""
        return columns(
            [
                (key, r.instance, r.element, r.name, r.attached_to, r.due_at, r.state, r.armed_at, r.ended_at)
                for key, r in rows
            ]
        )
