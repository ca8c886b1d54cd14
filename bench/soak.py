"""A long day at 60 % of what the house can bear: does anything grow? ``python -m bench.soak --minutes 30``.

Two servers and two workers over one database; people come at their own rate. Memory, connections, files and dead rows
are looked at all the time, and their slopes are told once the first third (ten minutes at most) is over. At the end
one server after the other is replaced while people work.
"""

from __future__ import annotations

import asyncio
import os
import signal
import statistics
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp

import asyncpg

from bench.house import HOST, family, free_port, wait_for
from bench.report import Bar, Report
from guiliu.load import Load, Outcome, drive, examine_history
from guiliu.platform import build_platform, open_platform
from guiliu.postgres import EmbeddedServer
from guiliu.preparing import prepare
from guiliu.settings import Settings, read_settings

SHARE = 0.6
USERS = 16
#: Seconds in which the maximum is found, and between two looks.
TRIAL, LOOK = 20, 5
SETTLED = 600.0
_CONNECTIONS = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
_DEAD = "select coalesce(sum(n_dead_tup), 0) from pg_stat_user_tables"


@dataclass
class Process:
    """One of ours, and how to begin it again."""

    command: str
    environment: dict[str, str]
    running: subprocess.Popen[bytes] = field(init=False)

    def begin(self) -> None:
        """Start it; a server is waited for."""
        self.running = subprocess.Popen([sys.executable, "-m", "guiliu", self.command], env=self.environment)
        if self.command == "serve":
            wait_for(int(self.environment["GUILIU_PORT"]))

    def end(self) -> None:
        """Tell it to stop, and wait until it has."""
        self.running.send_signal(signal.SIGTERM)
        self.running.wait(60)


@dataclass(frozen=True)
class Look:
    """What was seen at one moment."""

    at: float
    seen: dict[str, float]


def slope(looks: Sequence[Look], name: str) -> float:
    """Growth in per cent an hour of what is usual, by least squares."""
    times, values = [look.at for look in looks], [look.seen[name] for look in looks]
    usual = statistics.fmean(values)
    return statistics.linear_regression(times, values).slope * 3600 / usual * 100 if usual else 0.0


async def soak(settings: Settings, url: str, minutes: float, report: Report) -> int:
    """Everything; 0 when nobody went without an answer and nothing was lost."""
    with _processes(settings, url) as processes:
        servers = processes[:2]
        urls = tuple(f"http://{HOST}:{server.environment['GUILIU_PORT']}" for server in servers)
        load = Load(
            urls=urls,
            lasting=timedelta(seconds=TRIAL),
            users=USERS,
            rate=None,
            seed=1,
            history=settings.home / "trial.jsonl",
        )
        trial = await drive(load)
        most = trial.answered / trial.lasted
        report.add(f"maximum, {USERS} users, two servers", most, "/s")
        history = settings.home / "history.jsonl"
        steady = Load(
            urls=urls,
            lasting=timedelta(minutes=minutes * 2 + 10),
            users=4 * USERS,
            rate=most * SHARE,
            seed=2,
            history=history,
        )
        over = asyncio.Event()
        driving = asyncio.create_task(drive(steady, over=over))
        looks = await _watched(url, processes, minutes * 60)
        for server in servers:
            await asyncio.to_thread(server.end)
            await asyncio.to_thread(server.begin)
        over.set()
        latencies = await driving
    _tell(report, looks, minutes)
    report.add("answers", latencies.answered, "")
    report.add("  p99", latencies.all.percentile(0.99), "ms")
    report.add("asked again because no answer came", latencies.outcomes.get(Outcome.UNKNOWN, 0), "")
    report.add("never answered, two restarts included", latencies.given_up, "", Bar(at_most=0))
    async with open_platform(build_platform(settings, url)) as platform:
        broken = [each async for each in examine_history(platform.database, history) if not each.is_well]
    report.add("laws of the history broken", len(broken), "", Bar(at_most=0))
    return 0 if not broken and not latencies.given_up else 1


def _tell(report: Report, looks: Sequence[Look], minutes: float) -> None:
    settled = min(SETTLED, minutes * 60 / 3)
    later = [look for look in looks if look.at - looks[0].at >= settled]
    for name in looks[0].seen:
        report.add(name, statistics.fmean(look.seen[name] for look in later), "")
        report.add("  slope", slope(later, name), "%/h", Bar(at_most=5))


async def _watched(url: str, processes: Sequence[Process], seconds: float) -> list[Look]:
    connection = await asyncpg.connect(url)
    looks: list[Look] = []
    until = time.monotonic() + seconds
    try:
        while time.monotonic() < until:
            await asyncio.sleep(LOOK)
            looks.append(Look(time.monotonic(), await _seen(connection, processes)))
            print(f"\r{len(looks) * LOOK / 60:.1f} min", end="", flush=True)
    finally:
        await connection.close()
    print()
    return looks


async def _seen(connection: asyncpg.Connection, processes: Sequence[Process]) -> dict[str, float]:
    seen = {
        "connections": float(await connection.fetchval(_CONNECTIONS)),
        "dead rows": float(await connection.fetchval(_DEAD)),
    }
    for number, process in enumerate(processes):
        name = f"{process.command} {number % 2 + 1}"
        members = family(process.running.pid)
        seen[f"{name}, memory MB"] = sum(map(_resident, members)) / (1 << 20)
        seen[f"{name}, open files"] = float(sum(map(_files, members)))
    return seen


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _files(process: int) -> int:
    try:
        return len(os.listdir(f"/proc/{process}/fd"))
    except OSError:
        return 0


@contextmanager
def _processes(settings: Settings, url: str) -> Iterator[list[Process]]:
    """Two servers, then two workers; the second worker has a home of its own, as on another machine."""
    with ExitStack() as stack:
        begun = []
        for command, number in (("serve", 1), ("serve", 2), ("work", 1), ("work", 2)):
            home = settings.home if (command, number) != ("work", 2) else settings.home / "second"
            home.mkdir(exist_ok=True)
            names = {"HOME": str(home), "PORT": str(free_port()), "WORKERS": "1", "PROFILE": "demo"}
            environment = {**os.environ, "DATABASE_URL": url}
            environment |= {f"GUILIU_{name}": value for name, value in names.items()}
            process = Process(command, environment)
            process.begin()
            stack.callback(process.end)
            begun.append(process)
        yield begun


def main() -> int:
    """Soak as long as asked."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    minutes = parser.parse_args().minutes
    home = Path(mkdtemp(prefix="guiliu-soak-"))
    settings = read_settings({"GUILIU_HOME": str(home), "GUILIU_PROFILE": "demo", "GUILIU_SAMPLE_CASES": "0"})
    report = Report()
    with EmbeddedServer(home) as url:
        asyncio.run(prepare(settings, url))
        verdict = asyncio.run(soak(settings, url, minutes, report))
    print(f"→ {report.save()}; history and data stay in {home}")
    return verdict


if __name__ == "__main__":
    raise SystemExit(main())
