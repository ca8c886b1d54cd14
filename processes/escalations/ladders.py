"""Ladders: published procedures that a deadline starts when it warns, each telling one after the other above."""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition import DefinitionView
from engine.effects import WARNING
from engine.errors import Refusal
from processes.verbs import Published


class Ladders:
    """The ladders of a city: what is published and declares to be started by a warning."""

    def __init__(self, published: Published) -> None:
        self._published = published

    def __iter__(self) -> Iterator[str]:
        """Their keys, in order; what this program refuses to run is no ladder."""
        for key in sorted(self._published.keys()):
            try:
                view = self._published.latest(key)
            except Refusal:
                continue
            if is_ladder(view):
                yield key


def is_ladder(view: DefinitionView) -> bool:
    """Whether a diagram is started by deadlines that warn."""
    return view.properties.get("startedBy", "").strip(", ") == WARNING
