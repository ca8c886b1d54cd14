"""Signals that leave a tree, on their way to everybody who waits for them at its commit; never loaded with a tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.events import Recorded
from engine.message_events import SignalThrown
from engine.projection import Rows


@dataclass(frozen=True, kw_only=True)
class ThrownSignal:
    """A signal that a tree has thrown."""

    name: str
    element: str
    variables: dict[str, Any]


class ThrownSignalProjection:
    """Lets signals go."""

    table = "thrown_signal"
    events = (SignalThrown,)

    def fold(self, rows: Rows[ThrownSignal], recorded: Recorded) -> None:
        """Let one go."""
        match recorded.event:
            case SignalThrown() as thrown:
                signal = ThrownSignal(name=thrown.signal, element=thrown.element, variables=thrown.variables)
                rows.put(thrown.thrown, signal)
