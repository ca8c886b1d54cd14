"""How the case of a scenario begins: reported like any other, then given what the story takes for granted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.events import FactsChanged
from engine.feel import from_json, temporal_from_text
from engine.handlers.progress import progress
from engine.handling import Work
from processes.cases import FACTS, CaseSettings, FactType, Registers, ReportCase, ReportCaseHandler, facts_of


@dataclass(frozen=True, kw_only=True)
class BeginStory(ReportCase):
    """Report a case, set facts of it and start a diagram on it."""

    #: ``None`` starts the diagram that the city decides upon.
    process: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)


class BeginStoryHandler:
    """Decides ``BeginStory``."""

    def __init__(self, settings: CaseSettings, registers: Registers, reporting: ReportCaseHandler) -> None:
        self._settings = settings
        self._registers = registers
        self._reporting = reporting

    def __call__(self, command: BeginStory, work: Work) -> dict[str, Any]:
        """The new case, as after a report. Raises ``Invalid`` for unknown facts and wrong values."""
        number = self._reporting.register(command, work)
        if command.facts:
            facts = facts_of(self._settings, self._registers)({"cases": work.rows("cases")})
            stored: dict[str, Any] = {}
            for name, value in command.facts.items():
                stored.update(facts.assign(name, _fact(name, value)))
            work.record(FactsChanged(instance=0, element="", facts=stored))
        process = command.process or self._reporting.process_of(work)
        work.start(process, {name: from_json(value) for name, value in command.variables.items()})
        return {"case": work.tree, "number": number, **progress(work)}


def _fact(name: str, value: Any) -> Any:
    """The FEEL value of a fact as scenarios write it: moments are texts there."""
    fact = FACTS.get(name)
    is_moment = fact is not None and fact.type is FactType.DATE_TIME and isinstance(value, str)
    return (temporal_from_text(value) if is_moment else None) or from_json(value)
