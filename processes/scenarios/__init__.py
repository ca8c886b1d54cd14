"""Scenarios: stories of cases beside the diagrams, played on a clock that is moved, through the one door.

A file is YAML judged by ``schema.json``; ``read_scenarios`` reads it, ``play`` plays one scenario on a ``Stage``. The
same story is played in memory, where it takes milliseconds, and on PostgreSQL; both must come to the same events.
"""

from processes.scenarios.beginning import BeginStory, BeginStoryHandler
from processes.scenarios.cast import Cast, cast_of
from processes.scenarios.coverage import Coverage, coverage_of
from processes.scenarios.dry_run import Attempt, DryRun, Taken, dry_run
from processes.scenarios.failing import StepFailed
from processes.scenarios.judging import Difference
from processes.scenarios.outcome import Failure, Outcome, compared, unplayable
from processes.scenarios.playing import play
from processes.scenarios.reading import read_scenarios
from processes.scenarios.recording import held_in_the_end, written
from processes.scenarios.scenario import Given, Scenario, Step
from processes.scenarios.situation import Situation, passed_by_definition
from processes.scenarios.stage import Stage

__all__ = [
    "Attempt",
    "BeginStory",
    "BeginStoryHandler",
    "Cast",
    "Coverage",
    "Difference",
    "DryRun",
    "Failure",
    "Given",
    "Outcome",
    "Scenario",
    "Situation",
    "Stage",
    "Step",
    "StepFailed",
    "Taken",
    "cast_of",
    "compared",
    "coverage_of",
    "dry_run",
    "held_in_the_end",
    "passed_by_definition",
    "play",
    "read_scenarios",
    "unplayable",
    "written",
]
