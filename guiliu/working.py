"""Background work: duties that come round again, done by one process of each home."""

from __future__ import annotations

import asyncio
import fcntl
import signal
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Protocol

import structlog
import uvloop

from engine.anchors import Anchors
from engine.batches import BatchWorker
from engine.deliveries import DeliveryClaims, DeliveryWorker
from engine.errors import Unavailable
from engine.messages import MessageWorker, expire_messages
from engine.start_timers import StartTimerClaims, StartTimerWorker
from engine.storage.anchored_heads import AnchoredHeads
from engine.storage.unit_of_work import UnitOfWork
from engine.timers import TimerClaims, TimerWorker
from guiliu.deadline_changes import rederive_deadlines
from guiliu.log import configure_log
from guiliu.platform import Platform, build_platform, open_platform
from guiliu.preparing import check_schema
from guiliu.settings import Settings
from processes.access import forget_attempts, forget_ended_sessions
from processes.escalations import DeadlineWatch, WarningClaims
from processes.media import forget_uploads
from processes.registers import forget_candidates

MONTHS_AHEAD = 2
KEYS_AT_ONCE = 5000
#: After storage could not be reached.
PAUSE = timedelta(seconds=5)

_log = structlog.get_logger("guiliu.work")


@dataclass(frozen=True, kw_only=True)
class Duty:
    """Something to do again and again."""

    name: str
    every: timedelta
    do: Callable[[], Awaitable[object]]


class Worker(Protocol):
    """Work that comes at any time."""

    def start(self) -> None:
        """Start; returns at once."""
        ...

    async def stop(self) -> None:
        """Finish what is at hand and stop."""
        ...


def duties(platform: Platform) -> list[Duty]:
    """What one worker of a home takes care of."""
    anchors = Anchors(platform.settings.home / "anchors.jsonl", AnchoredHeads(platform.database))

    def within_one(task: Callable[[UnitOfWork], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        async def do() -> None:
            async with platform.database.unit_of_work() as uow:
                await task(uow)

        return do

    return [
        Duty(name="prepare_partitions", every=timedelta(hours=6), do=within_one(_prepare_partitions)),
        Duty(name="purge_keys", every=timedelta(minutes=10), do=within_one(_purge_keys)),
        Duty(name="forget_sessions", every=timedelta(minutes=10), do=within_one(forget_ended_sessions)),
        Duty(name="forget_attempts", every=timedelta(minutes=10), do=within_one(forget_attempts)),
        Duty(name="forget_uploads", every=timedelta(hours=1), do=within_one(forget_uploads)),
        Duty(name="forget_candidates", every=timedelta(hours=1), do=within_one(forget_candidates)),
        Duty(name="rederive_deadlines", every=timedelta(seconds=15), do=partial(rederive_deadlines, platform)),
        Duty(
            name="expire_messages",
            every=timedelta(minutes=1),
            do=partial(expire_messages, platform.database, platform.clock),
        ),
        Duty(name="write_anchor", every=timedelta(hours=1), do=anchors.write),
    ]


def keep_working(settings: Settings, url: str) -> None:
    """Work until SIGINT or SIGTERM; at once done when another process does the home's work. Raises ``Unfit``."""
    configure_log()
    with only_worker_of(settings.home) as is_mine:
        if is_mine:
            uvloop.run(_working(settings, url))


async def _working(settings: Settings, url: str) -> None:
    await check_schema(url)
    async with open_platform(build_platform(settings, url)) as platform:
        await work_until_signalled(platform)


async def work_until_signalled(platform: Platform) -> None:
    """Work until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await work(platform, stop)


async def work(platform: Platform, stop: asyncio.Event) -> None:
    """Do every duty in its rhythm, and let the workers work, until told to stop."""
    async with AsyncExitStack() as stack:
        for worker in workers(platform):
            worker.start()
            stack.push_async_callback(worker.stop)
        group = await stack.enter_async_context(asyncio.TaskGroup())
        for duty in duties(platform):
            group.create_task(_keep_doing(duty, stop))


def workers(platform: Platform) -> Sequence[Worker]:
    """Whoever lets timers fire and deadlines warn, sends deliveries, hands messages over and works batches off.

    Those to whom work comes with a commit are told of each.
    """
    database, bus, clock = platform.database, platform.bus, platform.clock
    deliveries = DeliveryWorker(bus, DeliveryClaims(database, clock), platform.connector())
    messages = MessageWorker(platform.deliverer)
    batches = BatchWorker(database, platform.batch_runner)
    for told in (deliveries, messages, batches):
        platform.feed.hear(told.wake)
    timers = TimerWorker(bus, TimerClaims(database, clock))
    starts = StartTimerWorker(bus, StartTimerClaims(database, clock))
    return timers, starts, DeadlineWatch(bus, WarningClaims(database, clock)), deliveries, messages, batches


@contextmanager
def only_worker_of(home: Path) -> Iterator[bool]:
    """Whether this process is the one that does the home's duties; the kernel frees the place when it ends."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (home / "work.lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


async def _keep_doing(duty: Duty, stop: asyncio.Event) -> None:
    while not stop.is_set():
        pause = duty.every
        try:
            await duty.do()
        except Unavailable as refusal:
            _log.warning("duty_postponed", duty=duty.name, reason=refusal.message_en)
            pause = PAUSE
        except Exception:
            # One duty that fails must not end the others; it is tried again in its rhythm.
            _log.exception("duty_failed", duty=duty.name)
        await _rest(pause, stop)


async def _rest(pause: timedelta, stop: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(pause.total_seconds()):
            await stop.wait()
    except TimeoutError:
        return


async def _prepare_partitions(uow: UnitOfWork) -> None:
    await uow.fetch("select prepare_event_partitions($1)", MONTHS_AHEAD)


async def _purge_keys(uow: UnitOfWork) -> None:
    await uow.fetchval("select purge_keys($1)", KEYS_AT_ONCE)
