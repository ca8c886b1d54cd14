"""A load on the terminal: a bar while it lasts, then what was answered and how fast."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from guiliu.load.history import Outcome
from guiliu.load.latencies import Latencies, Measured
from guiliu.load.running import Load, Tell

_SHARES = (0.5, 0.95, 0.99, 1.0)
_HEADINGS = ("请求\nkind", "次数\ncount", "拒绝\nrefused", "不明\nunknown", "p50 ms", "p95 ms", "p99 ms", "最长 max ms")


@contextmanager
def load_bar(console: Console, load: Load) -> Iterator[Tell]:
    """A bar over the time, with the rate of answers so far and what was not answered."""
    columns = (TextColumn("{task.fields[said]}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=load.lasting.total_seconds(), said="")

        def tell(latencies: Latencies) -> None:
            passed = bar.tasks[task].elapsed or 0.0
            unknown = latencies.outcomes.get(Outcome.UNKNOWN, 0)
            said = f"{latencies.answered} · {latencies.answered / max(passed, 0.1):.0f}/s · {unknown} 不明 / unknown"
            bar.update(task, completed=passed, said=said)

        yield tell


def show_load(console: Console, load: Load, latencies: Latencies) -> None:
    """What was answered, and how fast."""
    table = Table(box=None, pad_edge=False)
    for number, heading in enumerate(_HEADINGS):
        table.add_column(heading, justify="right" if number else "left")
    for kind, measured in sorted(latencies.of_kind.items()):
        table.add_row(kind, *_cells(measured))
    table.add_row("合计 all", *_cells(latencies.all), style="bold")
    console.print(table, "")
    rate = latencies.answered / latencies.lasted if latencies.lasted else 0.0
    asked = f"，预定 / intended {load.rate:g}/s" if load.rate else ""
    console.print(f"{rate:.1f} 次/秒 / answers a second{asked} · {load.users} 用户 / users")
    if latencies.given_up:
        console.print(f"{latencies.given_up} 次始终没有答复 / never answered", style="red")
    for code, number in sorted(latencies.refused.items()):
        console.print(f"· {code} × {number}")
    console.print(f"历史 / history: {load.history}", markup=False)


def _cells(measured: Measured) -> list[str]:
    outcomes = measured.outcomes
    counts = (sum(outcomes.values()), outcomes[Outcome.FAILED], outcomes[Outcome.UNKNOWN])
    return [*map(str, counts), *(f"{measured.percentile(share):.1f}" for share in _SHARES)]
