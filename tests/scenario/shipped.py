"""The shipped diagrams and their scenarios, as tests play them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import cache

from guiliu.deploying import SHIPPED_DIAGRAMS
from guiliu.scenarios import Theatre
from guiliu.testing import scenario_files, scenarios_in, scenery_beside
from processes.scenarios import Outcome, Scenario, read_scenarios

FILES = scenario_files(SHIPPED_DIAGRAMS)
SCENERY, KEYS = scenery_beside(FILES)
SCENARIOS: Mapping[str, Scenario] = {scenario.name: scenario for scenario in scenarios_in(FILES)}
THEATRE = Theatre(SCENERY)


@cache
def outcome_of(name: str) -> Outcome:
    """How a shipped scenario goes, straight and with storing and loading; played once."""
    return asyncio.run(THEATRE.perform(SCENARIOS[name]))


def told(text: str, theatre: Theatre = THEATRE) -> list[Outcome]:
    """How the scenarios of a text go."""
    return [asyncio.run(theatre.perform(scenario)) for scenario in read_scenarios(text.encode(), "told.scenario.yaml")]
