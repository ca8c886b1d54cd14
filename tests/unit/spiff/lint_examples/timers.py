"""Timers, and what stands on a border, with one thing wrong."""

from __future__ import annotations

from tests.unit.spiff.drawing import (
    boundary,
    chain,
    flow,
    script,
    start,
    sub,
    timer,
    user,
)
from tests.unit.spiff.lint_examples.parts import (
    LINE,
    Example,
    repeating,
    waiting,
)

TIMER_ERRORS: dict[str, Example] = {
    "a timer start that reports nothing": (
        ("start.report", "start"),
        (start("start", timer("timeCycle", "R/P7D")), user("a"), chain("start", "a")),
    ),
    "a timer start without a moment": (
        ("timer.missing", "start"),
        (start("start", "<bpmn:timerEventDefinition/>"), user("a"), chain("start", "a")),
    ),
    "a terminate definition at the start": (
        ("element.unsupported", "start"),
        (start("start", "<bpmn:terminateEventDefinition/>"), user("a"), chain("start", "a")),
    ),
    "a flow into a boundary event": (
        ("flow.into_boundary", "a-late"),
        (*LINE, boundary("late", "a", timer("timeDuration", "PT1H")), flow("a", "late")),
    ),
    "a catch event that waits for nothing": (("timer.missing", "w"), waiting("")),
    "a timer without a moment": (("timer.missing", "w"), waiting("<bpmn:timerEventDefinition/>")),
    "an empty timer": (("timer.missing", "w"), waiting(timer("timeDate", " "))),
    "two moments of one timer": (
        ("timer.several", "w"),
        waiting(
            timer("timeDuration", "PT1H").replace(
                "</bpmn:timer", "<bpmn:timeDate>2030-01-01</bpmn:timeDate></bpmn:timer"
            )
        ),
    ),
    "a duration of nothing": (("timer.unusable", "w"), waiting(timer("timeDuration", "PT0S"))),
    "a duration backwards": (("timer.unusable", "w"), waiting(timer("timeDuration", "-PT5M"))),
    "a duration beyond ten years": (("timer.unusable", "w"), waiting(timer("timeDuration", "P99999999Y"))),
    "a duration beyond all numbers": (("timer.unusable", "w"), waiting(timer("timeDuration", "P" + "9" * 80 + "D"))),
    "a duration as a date": (("timer.unusable", "w"), waiting(timer("timeDate", "PT10M"))),
    "a date as a duration": (("timer.unusable", "w"), waiting(timer("timeDuration", "2026-05-01"))),
    "a moment that is none": (("timer.unusable", "w"), waiting(timer("timeDate", "2026-02-30T08:00:00"))),
    "a FEEL error in a timer": (("expression.syntax", "w"), waiting(timer("timeDuration", "= duration("))),
    "a cycle in the flow": (("timer.cycle", "w"), waiting(timer("timeCycle", "R3/PT1H"))),
    "a cycle that interrupts": (
        ("timer.cycle", "late"),
        (*LINE, boundary("late", "a", timer("timeCycle", "R3/PT1H"))),
    ),
    "a cycle of nothing": (("timer.unusable", "late"), repeating("R1000000/PT0S")),
    "a cycle that never fires": (("timer.unusable", "late"), repeating("R0/PT1H")),
    "a cycle that fires too often": (("timer.unusable", "late"), repeating("R10001/PT1H")),
    "a cycle of calendar months": (("timer.unusable", "late"), repeating("R/P1M")),
    "a cycle that is a cron line": (("timer.unusable", "late"), repeating("0 0 9 * * *")),
    "a boundary event on nothing": (
        ("boundary.detached", "late"),
        (*LINE, boundary("late", "zz", timer("timeDuration", "PT1H"))),
    ),
    "a boundary event on a script": (
        ("boundary.detached", "late"),
        (start(), script("s", "= 1", "x"), boundary("late", "s", timer("timeDuration", "PT1H")), chain("start", "s")),
    ),
    "a boundary event on a task of another scope": (
        ("boundary.detached", "late"),
        (
            *LINE,
            sub("part", start("s"), user("b"), boundary("late", "a", timer("timeDuration", "PT1H")), chain("s", "b")),
            flow("a", "part"),
        ),
    ),
}
