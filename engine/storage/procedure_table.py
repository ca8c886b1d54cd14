"""Procedures as ``TableStorage``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.projections import ProcedureRow, ProcedureState
from engine.storage.tables import columns, joined, open_rows, split


class ProcedureTable:
    """Procedures that still run."""

    table = "procedure"
    whole = """
        select id, verb, host_instance, host_activity, host_element, state, started_at, starter, data, comment,
               effects, ended_at, ends
        from procedure where tree = $1
    """
    load = open_rows("procedure", whole)
    write = "write_procedure"
    types = (
        "int[]", "text[]", "int[]", "int[]", "text[]", "text[]", "timestamptz[]", "text[]", "text[]", "text[]",
        "text[]", "timestamptz[]", "text[]",
    )  # fmt: skip

    def read(self, record: Sequence[Any]) -> tuple[int, ProcedureRow]:
        """Key and row."""
        (key, verb, host_instance, host_activity, host_element, state, started, starter, data, comment, effects, ended,
         ends) = record  # fmt: skip
        return key, ProcedureRow(
            verb=verb,
            host_instance=host_instance,
            host_activity=host_activity,
            host_element=host_element,
            state=ProcedureState(state),
            started_at=started,
            starter=starter,
            data=data,
            comment=comment,
            effects=split(effects),
            ended_at=ended,
            ends=split(ends),
        )

    def folded(self, row: ProcedureRow) -> ProcedureRow:
        """Everything comes from events."""
        return row

    def arrays(self, rows: Sequence[tuple[int, ProcedureRow]]) -> Sequence[Sequence[Any]]:
        """One array per column."""
        return columns(
            [
                (key, r.verb, r.host_instance, r.host_activity, r.host_element, r.state, r.started_at, r.starter,
                 r.data, r.comment, joined(r.effects), r.ended_at, joined(r.ends))
                for key, r in rows
            ]
        )  # fmt: skip
