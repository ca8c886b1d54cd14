"""Worker processes forked from one program: one that ends unasked is replaced, and a stop is passed on once.

The one who watches serves nothing itself, so nothing but a signal ends it; should it be killed all the same, its
workers notice and stop as if they had been told to.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess

import structlog

_FORK = multiprocessing.get_context("fork")
_STOP = frozenset({signal.SIGINT, signal.SIGTERM})
#: Seconds before an ended worker is replaced, so that one that cannot begin does not keep the processor busy.
PAUSE = 0.5
#: Seconds for what is under way when told to stop; longer than a server's own patience.
PATIENCE = 15.0

_log = structlog.get_logger("guiliu.api")


class Workers:
    """A number of processes that do the same work."""

    def __init__(self, work: Callable[[], None], *, number: int, forget: Callable[[int], None]) -> None:
        """``forget`` is told the id of each process that has ended and is to be replaced."""
        self._work = work
        self._number = number
        self._forget = forget
        self._processes: list[ForkProcess] = []

    def keep_working(self, stopping: Callable[[], None]) -> None:
        """Return after SIGINT or SIGTERM, once every worker has ended; ``stopping`` is called before they are told."""
        with _noticed_signals() as told, _lifeline() as lifeline:
            self._processes = [self._started(lifeline) for _ in range(self._number)]
            while not wait([told], timeout=0):
                wait([told, *(process.sentinel for process in self._processes)])
                self._replace_ended(told, lifeline)
            stopping()
            self._stop()

    def _replace_ended(self, told: socket.socket, lifeline: tuple[Connection, Connection]) -> None:
        for place, process in enumerate(self._processes):
            if process.is_alive() or wait([told], timeout=PAUSE):
                continue
            _log.warning("worker_replaced", pid=process.pid, exit_code=process.exitcode)
            self._forget(process.pid or 0)
            self._processes[place] = self._started(lifeline)

    def _started(self, lifeline: tuple[Connection, Connection]) -> ForkProcess:
        process = _FORK.Process(target=_begin, args=(self._work, lifeline), daemon=True)
        # A stop that comes while the child still has its parent's handlers must not be lost.
        signal.pthread_sigmask(signal.SIG_BLOCK, _STOP)
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOP)
        return process

    def _stop(self) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join(PATIENCE)
            process.kill()


@contextmanager
def _noticed_signals() -> Iterator[socket.socket]:
    """A socket that becomes readable at the first signal to stop; further ones change nothing."""
    told, teller = socket.socketpair()
    teller.setblocking(False)
    before = signal.set_wakeup_fd(teller.fileno(), warn_on_full_buffer=False)
    handlers = {number: signal.signal(number, lambda *_: None) for number in _STOP}
    try:
        yield told
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(before)
        told.close()
        teller.close()


@contextmanager
def _lifeline() -> Iterator[tuple[Connection, Connection]]:
    """A pipe that nobody writes to: its reading end tells that the last writer, the one who watches, is gone."""
    reader, writer = _FORK.Pipe(duplex=False)
    try:
        yield reader, writer
    finally:
        reader.close()
        writer.close()


def _begin(work: Callable[[], None], lifeline: tuple[Connection, Connection]) -> None:
    """Entry point of a worker."""
    reader, writer = lifeline
    writer.close()
    signal.set_wakeup_fd(-1)
    for number in _STOP:
        signal.signal(number, signal.SIG_DFL)
    # A terminal sends its signals to the whole group; ours come from the one who watches, once.
    os.setpgid(0, 0)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOP)
    threading.Thread(target=_stop_when_alone, args=(reader,), daemon=True).start()
    work()


def _stop_when_alone(lifeline: Connection) -> None:
    lifeline.poll(None)
    os.kill(os.getpid(), signal.SIGTERM)
