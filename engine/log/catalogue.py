"""Every event there is, by name and version; one that is not here is an error, never skipped."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import msgspec

from engine.event import Event


class UnknownEvent(Exception):
    """The log holds an event that this program does not know; the text names it."""


class EventCatalogue:
    """Reads stored events of the engine and of the city."""

    def __init__(self, events: Iterable[type[Event]]) -> None:
        self._decoders: dict[tuple[str, int], msgspec.json.Decoder[Event]] = {}
        for event in events:
            identity = (event.__name__, event.version)
            if identity in self._decoders:
                raise ValueError(f"two events are called {identity[0]}, version {identity[1]}")
            self._decoders[identity] = msgspec.json.Decoder(event, float_hook=Decimal)

    def decode(self, type_: str, version: int, payload: str | bytes) -> Event:
        """The event of a stored payload. Raises ``UnknownEvent``."""
        decoder = self._decoders.get((type_, version))
        if decoder is None:
            raise UnknownEvent(f"no event is called {type_}, version {version}")
        return decoder.decode(payload)
