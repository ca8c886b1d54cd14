"""Subscriptions as ``TableStorage``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.projections import SubscriptionRow, SubscriptionState
from engine.storage.tables import columns, joined, open_rows, split


class SubscriptionTable:
    """Open subscriptions."""

    table = "subscription"
    whole = """
        select id, instance, element, name, attached_to, kind, message, key, state, opened_at, ended_at, origin, queue
        from subscription where tree = $1
    """
    load = open_rows("subscription", whole)
    write = "write_subscription"
    types = (
        "int[]", "int[]", "text[]", "text[]", "text[]", "text[]", "text[]", "text[]", "text[]", "timestamptz[]",
        "timestamptz[]", "int[]", "text[]",
    )  # fmt: skip

    def read(self, record: Sequence[Any]) -> tuple[int, SubscriptionRow]:
        """Key and row."""
        (identity, instance, element, name, attached_to, kind, message, key, state, opened_at, ended_at, origin,
         queue) = record  # fmt: skip
        return identity, SubscriptionRow(
            instance=instance,
            element=element,
            name=name,
            attached_to=attached_to,
            kind=kind,
            message=message,
            key=key,
            state=SubscriptionState(state),
            opened_at=opened_at,
            ended_at=ended_at,
            origin=origin,
            groups=split(queue),
        )

    def folded(self, row: SubscriptionRow) -> SubscriptionRow:
        """Everything comes from events."""
        return row

    def arrays(self, rows: Sequence[tuple[int, SubscriptionRow]]) -> Sequence[Sequence[Any]]:
        """One array per column."""
        return columns(
            [
                (identity, r.instance, r.element, r.name, r.attached_to, r.kind, r.message, r.key, r.state,
                 r.opened_at, r.ended_at, r.origin, joined(r.groups))
                for identity, r in rows
            ]
        )  # fmt: skip
