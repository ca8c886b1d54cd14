"""A small share of what ``python -m tests.fuzz`` does at length."""

from __future__ import annotations

from tests.fuzz.running import run


def test_damaged_diagrams_are_refused_or_run_and_never_crash_or_hang() -> None:
    outcome = run(0, 60)
    assert outcome.failures == {}
    assert outcome.verdicts.total() == 60
    assert outcome.verdicts["run"] > 5
