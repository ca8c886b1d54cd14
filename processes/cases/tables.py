"""The tables of cases as ``TableStorage``: the case itself, and what is known of its reporter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.jsontext import json_text, json_value
from engine.storage.tables import columns
from processes.cases.facts import FACTS_VERSION, upgraded
from processes.cases.rows import ONLY, CaseRow, PersonalRow

CASE_COLUMNS = """
    number, subcategory, condition, channel, description, address, lon, lat, given_crs, grid, community, street, media,
    unit, stage, is_open, reported_at, filed_at, closed_at, ended_at, "end", instance, audience, facts,
    facts_version, updated_at
"""


def case_row(record: Sequence[Any]) -> CaseRow:
    """The row from a record of ``CASE_COLUMNS``."""
    (number, subcategory, condition, channel, description, address, lon, lat, given_crs, grid, community, street, media,
     unit, stage, is_open, reported_at, filed_at, closed_at, ended_at, end, instance, audience, facts,
     facts_version, updated_at) = record  # fmt: skip
    return CaseRow(
        number=number,
        subcategory=subcategory,
        condition=condition,
        channel=channel,
        description=description,
        address=address,
        lon=lon,
        lat=lat,
        given_crs=given_crs,
        grid=grid,
        community=community,
        street=street,
        media=tuple(media),
        unit=unit,
        stage=stage,
        is_open=is_open,
        reported_at=reported_at,
        filed_at=filed_at,
        closed_at=closed_at,
        ended_at=ended_at,
        end=end,
        instance=instance,
        audience=tuple(audience),
        facts=upgraded(json_value(facts), facts_version),
        updated_at=updated_at,
    )


class CaseTable:
    """The one case of a tree."""

    table = "cases"
    load = f"select {CASE_COLUMNS} from cases where tree = $1"  # noqa: S608 - constants of this module
    whole = load
    write = "write_case"
    types = (
        "text", "text", "text", "text", "text", "text", "float8", "float8", "text", "text", "text", "text", "text[]",
        "text", "text", "bool", "timestamptz", "timestamptz", "timestamptz", "timestamptz", "text", "int", "text[]",
        "text", "smallint", "timestamptz",
    )  # fmt: skip

    def read(self, record: Sequence[Any]) -> tuple[int, CaseRow]:
        """Key and row."""
        return ONLY, case_row(record)

    def folded(self, row: CaseRow) -> CaseRow:
        """Everything comes from events."""
        return row

    def arrays(self, rows: Sequence[tuple[int, CaseRow]]) -> Sequence[Any]:
        """One value per column: a tree has one case."""
        [(_, r)] = rows
        return (
            r.number, r.subcategory, r.condition, r.channel, r.description, r.address, r.lon, r.lat, r.given_crs,
            r.grid, r.community, r.street, r.media, r.unit, r.stage, r.is_open, r.reported_at, r.filed_at, r.closed_at,
            r.ended_at, r.end, r.instance, r.audience, json_text(r.facts).decode(), FACTS_VERSION, r.updated_at,
        )  # fmt: skip


class PersonalTable:
    """What is known of reporters; written with the report and read by no command."""

    table = "personal"
    load = ""
    write = "write_personal"
    types = ("smallint[]", "text[]", "bytea[]")

    def read(self, record: Sequence[Any]) -> tuple[int, PersonalRow]:
        """Never asked."""
        raise NotImplementedError(f"what is known of a reporter is not loaded: {record}")

    def arrays(self, rows: Sequence[tuple[int, PersonalRow]]) -> Sequence[Sequence[Any]]:
        """One array per column."""
        return columns([(field, row.value, row.salt) for field, row in rows])


CASE_TABLES = (CaseTable(), PersonalTable())
AUDITED_CASE_TABLES = (CaseTable(),)
