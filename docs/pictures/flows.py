"""Arrivals against closures of a simulated city: python -m docs.pictures.flows"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from guiliu.postgres import EmbeddedServer
from guiliu.preparing import prepare
from guiliu.settings import Settings, read_settings
from guiliu.simulation import CityDays, Outcome, simulate
from guiliu.simulation.flows import Flow, flows

PICTURE = Path(__file__).with_name("flows.svg")
#: A week that ends on a Saturday evening.
DAYS, CASES, SEED, END = 7, 240, 1, datetime(2026, 11, 21, 18, tzinfo=ZoneInfo("Asia/Shanghai"))
_WIDTH, _HEIGHT, _MARGIN, _FOOT = 860, 300, 46, 44
_COLOURS = {"reported": "#2b7bb9", "ended": "#3a9d5d", "backlog": "#b45f06"}
_WORDS = {"reported": "上报 reported", "ended": "办结 ended", "backlog": "在办 backlog"}


def svg(drawn: Sequence[Flow]) -> str:
    """Two bars for each stretch of time, and the backlog as a line over them."""
    most, highest = max(max(flow.reported, flow.ended) for flow in drawn), max(flow.backlog for flow in drawn)
    parts = [*_bars(drawn, most), _line(drawn, highest), *_days(drawn), *_legend(most, highest)]
    body = "\n".join(parts)
    size = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    return f'{head}\n<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>\n{body}\n</svg>\n'


def _step(drawn: Sequence[Flow]) -> float:
    return (_WIDTH - 2 * _MARGIN) / len(drawn)


def _height(value: float, most: float) -> float:
    return value / most * (_HEIGHT - _FOOT - _MARGIN)


def _bars(drawn: Sequence[Flow], most: int) -> Iterator[str]:
    step = _step(drawn)
    for number, flow in enumerate(drawn):
        for place, name in enumerate(("reported", "ended")):
            height = _height(getattr(flow, name), most)
            left, top = _MARGIN + step * (number + 0.1 + 0.4 * place), _HEIGHT - _FOOT - height
            size = f'x="{left:.1f}" y="{top:.1f}" width="{step * 0.38:.1f}" height="{height:.1f}"'
            yield f'<rect {size} fill="{_COLOURS[name]}"/>'


def _line(drawn: Sequence[Flow], highest: int) -> str:
    step = _step(drawn)
    places = (
        f"{_MARGIN + step * (number + 0.5):.1f},{_HEIGHT - _FOOT - _height(flow.backlog, highest):.1f}"
        for number, flow in enumerate(drawn)
    )
    return f'<polyline points="{" ".join(places)}" fill="none" stroke="{_COLOURS["backlog"]}" stroke-width="2"/>'


def _days(drawn: Sequence[Flow]) -> Iterator[str]:
    step, seen = _step(drawn), ""
    for number, flow in enumerate(drawn):
        if (day := f"{flow.begins:%m-%d}") != seen:
            seen = day
            yield f'<text x="{_MARGIN + step * number:.1f}" y="{_HEIGHT - _FOOT + 18}" fill="#555555">{day}</text>'


def _legend(most: int, highest: int) -> Iterator[str]:
    for number, (name, words) in enumerate(_WORDS.items()):
        left, top = _MARGIN + number * 170, 20
        limit = highest if name == "backlog" else most
        yield f'<rect x="{left}" y="{top - 10}" width="12" height="12" fill="{_COLOURS[name]}"/>'
        yield f'<text x="{left + 18}" y="{top}" fill="#333333">{words} ≤ {limit}</text>'


async def _played(settings: Settings, url: str) -> tuple[CityDays, Outcome]:
    await prepare(settings, url)
    played = CityDays(days=DAYS, cases=CASES, seed=SEED, end=END)
    return played, await simulate(settings, url, played)


def main() -> None:
    """Play the days and draw them."""
    with TemporaryDirectory(prefix="guiliu-picture-") as home, EmbeddedServer(Path(home)) as url:
        settings = read_settings({"GUILIU_HOME": home, "GUILIU_PROFILE": "demo"})
        played, outcome = asyncio.run(_played(settings, url))
    PICTURE.write_text(svg(flows(outcome.tally.moments, played)), encoding="utf-8")


if __name__ == "__main__":
    main()
