"""Which flows and elements of the diagrams scenarios pass, and which none of them does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.definition import DefinitionView
from engine.events import Recorded
from processes.scenarios.situation import passed_by_definition


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """What was passed of one diagram; ids in the order of the file."""

    key: str
    elements_passed: tuple[str, ...]
    elements_missed: tuple[str, ...]
    flows_passed: tuple[str, ...]
    flows_missed: tuple[str, ...]

    @property
    def share(self) -> float:
        """Of the flows, from 0 to 1; 1 for a diagram without any."""
        flows = len(self.flows_passed) + len(self.flows_missed)
        return len(self.flows_passed) / flows if flows else 1.0


def coverage_of(views: Iterable[DefinitionView], stories: Iterable[Iterable[Recorded]]) -> list[Coverage]:
    """The coverage of each diagram by all stories together."""
    passed: dict[str, set[str]] = {}
    for recorded in stories:
        for sha, ids in passed_by_definition(recorded).items():
            passed.setdefault(sha, set()).update(ids)
    return [_coverage(view, passed.get(view.sha.hex(), set())) for view in views]


def _coverage(view: DefinitionView, passed: set[str]) -> Coverage:
    return Coverage(
        key=view.key,
        elements_passed=_those(view.elements, passed, True),
        elements_missed=_those(view.elements, passed, False),
        flows_passed=_those(view.flows, passed, True),
        flows_missed=_those(view.flows, passed, False),
    )


def _those(ids: Mapping[str, object], passed: set[str], wanted: bool) -> tuple[str, ...]:
    return tuple(each for each in ids if (each in passed) is wanted)
