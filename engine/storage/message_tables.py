"""Messages and signals as ``TableStorage``: written with the trees that throw and use them, never loaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.jsontext import json_text
from engine.projections import ThrownMessage, ThrownSignal, UsedMessage
from engine.storage.tables import columns


class ThrownMessageTable:
    """Messages that a tree throws."""

    table = "thrown_message"
    load = ""
    write = "throw_messages"
    types = ("int[]", "text[]", "text[]", "text[]", "timestamptz[]", "timestamptz[]")

    def read(self, record: Sequence[Any]) -> tuple[int, ThrownMessage]:
        """Never asked."""
        raise NotImplementedError(f"a thrown message is not loaded: {record}")

    def arrays(self, rows: Sequence[tuple[int, ThrownMessage]]) -> Sequence[Sequence[Any]]:
        """One array per column."""
        return columns(
            [(thrown, r.name, r.key, json_text(r.variables).decode(), r.thrown_at, r.expires_at) for thrown, r in rows]
        )


class UsedMessageTable:
    """Messages that a tree uses up."""

    table = "used_message"
    load = ""
    write = "consume_messages"
    types = ("bigint[]", "int[]", "timestamptz[]")

    def read(self, record: Sequence[Any]) -> tuple[int, UsedMessage]:
        """Never asked."""
        raise NotImplementedError(f"a used message is not loaded: {record}")

    def arrays(self, rows: Sequence[tuple[int, UsedMessage]]) -> Sequence[Sequence[Any]]:
        """One array per column."""
        return columns([(message, r.subscription, r.used_at) for message, r in rows])


class ThrownSignalTable:
    """Signals that a tree throws."""

    table = "thrown_signal"
    load = ""
    write = "throw_signals"
    types = ("int[]", "text[]", "text[]", "text[]")

    def read(self, record: Sequence[Any]) -> tuple[int, ThrownSignal]:
        """Never asked."""
        raise NotImplementedError(f"a thrown signal is not loaded: {record}")

    def arrays(self, rows: Sequence[tuple[int, ThrownSignal]]) -> Sequence[Sequence[Any]]:
        """One array per column."""
        return columns([(thrown, r.name, json_text(r.variables).decode(), r.element) for thrown, r in rows])
