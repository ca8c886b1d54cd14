"""Time comes through one port: only the modules named here may read a clock."""

from __future__ import annotations

import re

import pytest

from tests.house.sources import ROOT, product_sources

READS_A_CLOCK = re.compile(
    r"\b(?:datetime|date)\.(?:now|today|utcnow)\(|\btime\.(?:time|time_ns|monotonic|monotonic_ns|perf_counter)\("
    r"|\bloop\.time\(|\btimezone\.now\(|\bfrom time import"
)
#: Module → why it may.
MAY_READ_A_CLOCK = {
    "engine/clock.py": "the port itself",
    "guiliu/postgres/server.py": "monotonic: patience while a server starts",
}


@pytest.mark.parametrize("source", product_sources(), ids=str)
def test_only_named_modules_read_a_clock(source: str) -> None:
    text = (ROOT / source).read_text()
    lines = [number for number, line in enumerate(text.splitlines(), 1) if READS_A_CLOCK.search(line)]
    assert source in MAY_READ_A_CLOCK or not lines, f"{source}: reads a clock in lines {lines}"


def test_every_named_module_still_reads_one() -> None:
    idle = [name for name in MAY_READ_A_CLOCK if not READS_A_CLOCK.search((ROOT / name).read_text())]
    assert not idle, f"no longer read a clock: {idle}"
