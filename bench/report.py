"""What was measured: a table for people and JSON for machines, with the bar beside each figure that has one."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, kw_only=True)
class Bar:
    """What the design asks for."""

    at_least: float | None = None
    at_most: float | None = None

    def is_met(self, value: float) -> bool:
        """Whether the value is on the right side."""
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)

    def __str__(self) -> str:
        return f"≥ {self.at_least:g}" if self.at_least is not None else f"≤ {self.at_most:g}"


@dataclass(frozen=True)
class Figure:
    """One measured number."""

    name: str
    value: float
    unit: str
    bar: Bar | None
    #: Of the bench, that measured it.
    part: str


@dataclass
class Report:
    """The figures of one run."""

    figures: list[Figure] = field(default_factory=list)
    #: The part that is being measured.
    part: str = ""

    def add(self, name: str, value: float, unit: str, bar: Bar | None = None) -> None:
        """Keep and print a figure."""
        figure = Figure(name, float(value), unit, bar, self.part)
        self.figures.append(figure)
        print(_line(figure), flush=True)

    @property
    def missed(self) -> list[Figure]:
        """Those that do not reach their bar."""
        return [figure for figure in self.figures if figure.bar and not figure.bar.is_met(figure.value)]

    def save(self) -> Path:
        """Write the figures and the facts of the machine as JSON; the file."""
        RESULTS.mkdir(exist_ok=True)
        now = datetime.now(UTC)
        content = {
            "at": now.isoformat(),
            "machine": {
                "cores": os.cpu_count(),
                "load": os.getloadavg(),
                "python": platform.python_version(),
                "kernel": platform.release(),
                "memory_kb": int(Path("/proc/meminfo").read_text().split()[1]),
            },
            "figures": [
                {"part": figure.part, "name": figure.name.strip(), "value": figure.value, "unit": figure.unit,
                 "bar": str(figure.bar) if figure.bar else None,
                 "met": figure.bar.is_met(figure.value) if figure.bar else None}
                for figure in self.figures
            ],
        }  # fmt: skip
        path = RESULTS / f"{now:%Y%m%d-%H%M%S}.json"
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1))
        return path


def _line(figure: Figure) -> str:
    mark = "" if figure.bar is None else ("✓" if figure.bar.is_met(figure.value) else "✗")
    value = f"{figure.value:,.2f}" if abs(figure.value) < 100 else f"{figure.value:,.0f}"
    return f"{figure.name:<62} {value:>10} {figure.unit:<4} {figure.bar or ''!s:<8} {mark}"
