"""A simulation on the terminal: a bar while it runs, then tables and a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from guiliu.simulation.flows import Flow, flows
from guiliu.simulation.plan import CityDays
from guiliu.simulation.playing import Outcome, Progress
from guiliu.simulation.tally import Line

#: Of the columns, by the figure that stands in them; the English is told below the tables.
_HEADINGS = {
    "reported": ("上报", "reported"),
    "filed": ("立案", "filed"),
    "closed": ("结案", "closed"),
    "on_time": ("按时", "on time"),
    "open": ("在办", "open"),
    "escalated": ("升级", "escalated"),
    "returned": ("退回", "returned"),
    "reworked": ("返工", "reworked"),
    "rated": ("评价", "rated"),
    "satisfied": ("满意", "satisfied"),
}
_WIDEST = 40


@contextmanager
def progress_bar(console: Console, played: CityDays) -> Iterator[Callable[[Progress], None]]:
    """A bar over the days, with the rate of commands."""
    columns = (
        TextColumn("{task.fields[day]}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=console, transient=True) as bar:
        whole = (played.end - played.start).total_seconds()
        task = bar.add_task("", total=whole, day=f"{played.start:%m-%d %H:%M}", rate="")

        def tell(progress: Progress) -> None:
            seconds = (progress.now - played.start).total_seconds()
            elapsed = bar.tasks[task].elapsed or 1.0
            rate = f"{progress.commands / max(elapsed, 0.1):.0f}/s"
            bar.update(task, completed=seconds, day=f"{progress.now:%m-%d %H:%M}", rate=rate)

        yield tell


def show(console: Console, played: CityDays, outcome: Outcome) -> None:
    """What became of the days."""
    tally, progress = outcome.tally, outcome.progress
    console.print(_table("大类\nclass", tally.by_class, outcome.names), "")
    console.print(_table("责任单位\nunit", tally.by_unit, outcome.names))
    console.print(" · ".join(f"{zh} {en}" for zh, en in _HEADINGS.values()), "", style="dim")
    console.print(_picture(flows(tally.moments, played)), "")
    console.print(f"{progress.commands} 次操作 / commands", *_refusals(progress.refused))


def _refusals(refused: Mapping[str, int]) -> Sequence[str]:
    return [f"· {code} × {number}" for code, number in sorted(refused.items())]


def _table(title: str, lines: Sequence[Line], names: Mapping[str, str]) -> Table:
    table = Table(box=None, pad_edge=False, show_footer=True)
    table.add_column(title, footer="合计 total", overflow="fold")
    for figure, (heading, _) in _HEADINGS.items():
        table.add_column(
            heading, justify="right", no_wrap=True, footer=str(sum(getattr(line, figure) for line in lines))
        )
    for line in lines:
        figures = (str(getattr(line, figure)) for figure in _HEADINGS)
        table.add_row(names.get(line.key, line.key) or "尚未派遣 none yet", *figures)
    return table


def _picture(drawn: Sequence[Flow]) -> Table:
    """Arrivals against closures, a row for each stretch of time."""
    most = max((max(flow.reported, flow.ended) for flow in drawn), default=0) or 1
    table = Table(box=None, pad_edge=False)
    for heading in ("时段 / from", "[cyan]上报 / reported[/] · [green]办结 / ended[/]", "在办 / backlog"):
        table.add_column(heading)
    for flow in drawn:
        bars = f"[cyan]{_bar(flow.reported, most)}[/]\n[green]{_bar(flow.ended, most)}[/]"
        table.add_row(f"{flow.begins:%m-%d %H:%M}", bars, str(flow.backlog))
    return table


def _bar(number: int, most: int) -> str:
    return "▇" * round(number / most * _WIDEST) + f" {number}"
