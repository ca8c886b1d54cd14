"""Escalations as ``TableStorage``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.storage.tables import columns, joined, open_rows, split
from processes.escalations.projection import TABLE
from processes.escalations.rows import EscalationRow, EscalationState

_COLUMNS = """
    id, instance, element, title, level, groups, deadline, name, stage, unit, warn_at, due_at, raised_at, state,
    ended_at, acknowledged_by, note
"""


class EscalationTable:
    """The escalations of which somebody is still to take notice."""

    table = TABLE
    whole = f"select {_COLUMNS} from escalation where tree = $1"  # noqa: S608 - constants of this module
    load = open_rows(TABLE, whole)
    write = "write_escalation"
    types = (
        "int[]", "int[]", "text[]", "text[]", "text[]", "text[]", "int[]", "text[]", "text[]", "text[]",
        "timestamptz[]", "timestamptz[]", "timestamptz[]", "text[]", "timestamptz[]", "text[]", "text[]",
    )  # fmt: skip

    def read(self, record: Sequence[Any]) -> tuple[int, EscalationRow]:
        """Key and row."""
        (key, instance, element, title, level, groups, deadline, name, stage, unit, warn_at, due_at, raised_at, state,
         ended_at, acknowledged_by, note) = record  # fmt: skip
        return key, EscalationRow(
            instance=instance,
            element=element,
            title=title,
            level=level,
            groups=split(groups),
            deadline=deadline,
            name=name,
            stage=stage,
            unit=unit,
            warn_at=warn_at,
            due_at=due_at,
            raised_at=raised_at,
            state=EscalationState(state),
            ended_at=ended_at,
            acknowledged_by=acknowledged_by,
            note=note,
        )

    def folded(self, row: EscalationRow) -> EscalationRow:
        """Everything comes from events."""
        return row

    def arrays(self, rows: Sequence[tuple[int, EscalationRow]]) -> Sequence[Sequence[Any]]:
        """One array per column."""
        return columns([_values(key, row) for key, row in rows])


def _values(key: int, row: EscalationRow) -> Sequence[Any]:
    return (
        key, row.instance, row.element, row.title, row.level, joined(row.groups), row.deadline, row.name, row.stage,
        row.unit, row.warn_at, row.due_at, row.raised_at, row.state, row.ended_at, row.acknowledged_by, row.note,
    )  # fmt: skip


ESCALATION_TABLES = (EscalationTable(),)
