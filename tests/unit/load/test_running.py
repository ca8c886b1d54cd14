"""When people come is drawn beforehand, and how long they work is written in words of a terminal."""

from __future__ import annotations

from datetime import timedelta

import pytest

from guiliu.load import span_of
from guiliu.load.running import moments


def test_people_come_at_the_rate_that_was_asked_for_and_at_the_same_moments_again() -> None:
    drawn = list(moments(timedelta(seconds=100), 50, seed=3))
    assert drawn == list(moments(timedelta(seconds=100), 50, seed=3))
    assert drawn == sorted(drawn)
    assert drawn[0] > 0
    assert drawn[-1] < 100
    assert 4700 < len(drawn) < 5300


@pytest.mark.parametrize(("text", "seconds"), [("30s", 30), ("5m", 300), ("2h", 7200)])
def test_spans(text: str, seconds: int) -> None:
    assert span_of(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "5", "m", "0s", "-1s", "1.5h", "5d"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="30s, 5m, 2h"):
        span_of(text)
