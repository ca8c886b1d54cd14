"""Deliveries as ``TableStorage``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from engine.jsontext import json_text, json_value
from engine.projections import DeliveryRow, DeliveryState
from engine.storage.tables import columns, open_rows

_COLUMNS = """
    id, instance, element, name, topic, target, headers, state, retries, attempts, next_at, requested_at, ended_at,
    code, message_zh, message_en, revision, lease, coalesce(leased_until > clock_timestamp(), false) as is_held
"""
_NAMES = (
    "instance", "element", "name", "topic", "target", "headers", "state", "retries", "attempts", "next_at",
    "requested_at", "ended_at", "code", "message_zh", "message_en", "revision", "lease", "is_held",
)  # fmt: skip


class DeliveryTable:
    """Deliveries that are not answered; their payloads stay where they are."""

    table = "delivery"
    whole = f"select {_COLUMNS}, payload from delivery where tree = $1"  # noqa: S608 - constants of this module
    load = open_rows("delivery", f"select {_COLUMNS}, null::text as payload from delivery where tree = $1")  # noqa: S608 - the same
    write = "write_delivery"
    types = (
        "int[]", "int[]", "text[]", "text[]", "text[]", "text[]", "text[]", "text[]", "text[]", "int[]", "int[]",
        "timestamptz[]", "timestamptz[]", "timestamptz[]", "text[]", "text[]", "text[]", "int[]", "int[]",
    )  # fmt: skip

    def read(self, record: Sequence[Any]) -> tuple[int, DeliveryRow]:
        """Key and row."""
        key, *values, payload = record
        members = dict(zip(_NAMES, values, strict=True))
        members["headers"] = json_value(members["headers"])
        members["state"] = DeliveryState(members["state"])
        return key, DeliveryRow(payload=None if payload is None else json_value(payload), **members)

    def folded(self, row: DeliveryRow) -> DeliveryRow:
        """Claims are the row's own."""
        return replace(row, lease=0, is_held=False)

    def arrays(self, rows: Sequence[tuple[int, DeliveryRow]]) -> Sequence[Sequence[Any]]:
        """One array per column."""
        return columns(
            [
                (key, r.instance, r.element, r.name, r.topic, r.target, _text(r.payload), _text(r.headers), r.state,
                 r.retries, r.attempts, r.next_at, r.requested_at, r.ended_at, r.code, r.message_zh, r.message_en,
                 r.revision, r.lease)
                for key, r in rows
            ]
        )  # fmt: skip


def _text(value: Any) -> str | None:
    return None if value is None else json_text(value).decode()
