"""Keeps the embedded server running: one that died under those who use it is started again, without a loss.

Its own recovery brings back every commit; the pools of the processes connect anew by themselves.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from guiliu.postgres.server import EmbeddedServer, ServerFailed

SECONDS_BETWEEN_LOOKS = 1.0
_log = structlog.get_logger("guiliu.postgres")


@contextmanager
def kept_running(server: EmbeddedServer, every: float = SECONDS_BETWEEN_LOOKS) -> Iterator[None]:
    """Look after an attached server for as long as the block lasts."""
    stop = threading.Event()
    watch = threading.Thread(target=_watch, args=(server, every, stop), name="postgres-watch", daemon=True)
    watch.start()
    try:
        yield
    finally:
        stop.set()
        watch.join()


def _watch(server: EmbeddedServer, every: float, stop: threading.Event) -> None:
    while not stop.wait(every):
        if _is_there(server):
            continue
        try:
            server.revive()
        except (ServerFailed, OSError) as error:
            _log.error("database_lost", reason=str(error))
        else:
            _log.warning("database_revived")


def _is_there(server: EmbeddedServer) -> bool:
    """Whether somebody listens; costs no process, and whoever hangs up before a word leaves no line in its log."""
    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(str(server.socket))
        except OSError:
            return False
    return True
