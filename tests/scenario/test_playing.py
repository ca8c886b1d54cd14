"""How stories are played: time passes, timers fire on the way, and what goes otherwise is told."""

from __future__ import annotations

from dataclasses import replace

from guiliu.scenarios import Theatre
from processes.scenarios import Outcome
from tests.scenario.shipped import SCENERY, told
from tests.unit.spiff.drawing import (
    boundary,
    chain,
    document,
    end,
    exclusive,
    extensions,
    flow,
    mapping,
    message,
    of_message,
    start,
    timer,
    user,
)

WAITING = document(
    start(),
    user("a", groups="acceptor"),
    end(),
    boundary("late", "a", timer("timeDuration", "PT2H"), interrupts=False),
    user("remind", groups="shift-lead"),
    exclusive("g"),
    user("never", groups="acceptor"),
    chain("start", "a", "g"),
    flow("late", "remind"),
    flow("g", "end", "= 1 = 2"),
    flow("g", "never", "= 1 = 3"),
    key="waiting",
)


def story(steps: str, given: str = "") -> Outcome:
    theatre = Theatre(replace(SCENERY, processes={**SCENERY.processes, "waiting": WAITING}))
    text = f"given: {{process: waiting{given}}}\nscenarios:\n  - name: it\n    steps:\n{steps}"
    [outcome] = told(text, theatre)
    return outcome


def test_timers_fire_on_the_way_each_at_its_moment() -> None:
    outcome = story("""
      - wait: PT1H59M
        then: {open: [a], timers: [{element: late, due_at: 2026-07-01T10:30:00+08:00}]}
      - wait: P1D
        then: {open: [a, remind], timers: [], passed: [late, remind]}
""")
    assert outcome.failure is None
    assert {each.at.isoformat() for each in outcome.recorded if type(each.event).__name__ == "TimerFired"} == {
        "2026-07-01T10:30:00+08:00"
    }


def test_working_time_leaves_holidays_out() -> None:
    outcome = story(
        """
      - wait_working: P1D
      - wait_until: 2026-10-08T08:00:00+08:00
        then: {open: [a, remind]}
""",
        ", start: 2026-09-30T10:00:00+08:00",
    )
    # A work day from the eve of the holiday ends after it.
    assert outcome.failure is not None
    assert "已经过去" in outcome.failure.message_zh


def test_a_case_that_stands_still_fails_the_story_unless_it_says_so() -> None:
    silent = story("      - {complete: a, by: acceptor}\n")
    spoken = story("      - {complete: a, by: acceptor, then: {faults: [g]}}\n")
    assert silent.failure is not None
    assert (silent.failure.code, silent.failure.line) == ("gateway_without_flow", 5)
    assert silent.failure.situation is not None
    assert [fault["element"] for fault in silent.failure.situation["faults"]] == ["g"]
    assert spoken.failure is None


def test_a_refusal_is_expected_by_its_code_and_its_absence_is_told() -> None:
    unseen = story("      - {complete: a, by: verifier, refused: not_found}\n")
    assert unseen.failure is None
    refused = story("      - {complete: a, by: shift-lead, refused: not_a_candidate, then: {open: [a]}}\n")
    missing = story("      - {wait: PT1M, refused: not_a_candidate}\n")
    assert refused.failure is None
    assert missing.failure is not None
    assert "却成功了" in missing.failure.message_zh


REPORT = (
    '= {subcategory: "component-0101", channel: "inspector", location: {lon: 122.07, lat: 46.08, crs: "CGCS2000"}, '
    "description: if note = null then string(today()) else note}"
)
ROUNDS = document(
    message("m", "rounds.asked"),
    start(
        "due",
        extensions(mapping(outputs={"note": "= asked", "report": REPORT}))
        + timer("timeCycle", "R/2026-01-05T08:00:00/P7D")
        + of_message("m"),
    ),
    user("look", groups="acceptor"),
    end(),
    chain("due", "look", "end"),
    key="rounds",
)


def begun(given: str) -> Outcome:
    theatre = Theatre(replace(SCENERY, processes={**SCENERY.processes, "rounds": ROUNDS}))
    text = f"""
given: {{process: rounds, start: 2026-07-06T08:00:00+08:00, {given}}}
scenarios:
  - name: it
    then: {{open: [look], passed: [due, look], facts: {{description: "2026-07-06"}}}}
"""
    [outcome] = told(text, theatre)
    return outcome


def test_a_case_begins_with_what_the_timer_of_its_process_reports() -> None:
    assert begun("begun_by: timer").failure is None


def test_a_case_begins_with_what_the_start_makes_of_a_message() -> None:
    assert begun('begun_by: "message:rounds.asked", variables: {asked: "2026-07-06"}').failure is None


def test_a_case_does_not_begin_with_what_its_process_does_not() -> None:
    outcome = begun("begun_by: signal:storm")
    assert outcome.failure is not None
    assert outcome.failure.code == "start_gone"
