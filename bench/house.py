"""A house to measure: its own database server and HTTP server on loopback, gone when the block ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from guiliu.postgres import EmbeddedServer
from processes.sample import SAMPLE_PASSWORD

HOST = "127.0.0.1"
PATIENCE = 300.0
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class House:
    """A running installation with the sample city."""

    home: Path
    port: int
    server: int

    @property
    def database_url(self) -> str:
        """The database under it."""
        return f"postgresql://postgres@/guiliu?host={self.home / 'postgres'}"

    def call(self, method: str, path: str, token: str = "", body: Any = None, key: str = "") -> Any:
        """One request, outside of what is measured; the answer's JSON. Raises on anything but success."""
        headers = {"content-type": "application/json"} if body is not None else {}
        if token:
            headers["authorization"] = f"Bearer {token}"
        if key:
            headers["idempotency-key"] = key
        data = msgspec.json.encode(body) if body is not None else None
        request = urllib.request.Request(f"http://{HOST}:{self.port}{path}", data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
                return msgspec.json.decode(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path}: {error.code} {error.read().decode()}") from error

    def sign_in(self, username: str) -> str:
        """A token of a sample account."""
        body = {"username": username, "password": SAMPLE_PASSWORD}
        return str(self.call("POST", "/api/v1/sessions", body=body)["token"])

    def app_seconds(self) -> float:
        """CPU seconds of the server's processes so far, without the background worker's and the database's."""
        return sum(cpu_seconds(process) for process in family(self.server))

    def database_seconds(self) -> float:
        """CPU seconds of the database server's processes so far."""
        return sum(cpu_seconds(process) for process in family(postmaster_of(self.home)))


@contextmanager
def running_house(program: Sequence[str] = ("guiliu",), database_settings: str = "") -> Iterator[House]:
    """Set up, serve with one worker, and take everything down again.

    ``program`` is the module that takes the place of ``guiliu``, and what it is told first.
    """
    with TemporaryDirectory(prefix="guiliu-bench-") as folder:
        port = free_port()
        _make_database(Path(folder), database_settings)
        environment = {
            **os.environ, "GUILIU_HOME": folder, "GUILIU_PORT": str(port), "GUILIU_WORKERS": "1",
            "GUILIU_PROFILE": "demo", "GUILIU_SAMPLE_CASES": "0", "DATABASE_URL": "",
        }  # fmt: skip
        command = [sys.executable, "-m", *program, "run"]
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(port)
            yield House(Path(folder), port, server.pid)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def postmaster_of(home: Path) -> int:
    """The first process of the database server of a home."""
    return int((home / "postgres/data/postmaster.pid").read_text().splitlines()[0])


def family(root: int) -> list[int]:
    """A process and all its descendants."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, waiting = [], [root]
    while waiting:
        process = waiting.pop()
        found.append(process)
        waiting += children.get(process, [])
    return found


def cpu_seconds(process: int) -> float:
    """CPU seconds a process has used, its ended children not counted; 0 when it is gone."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def _make_database(home: Path, settings: str) -> None:
    if settings:
        server = EmbeddedServer(home)
        with server, (server.data / "postgresql.conf").open("a") as configuration:
            configuration.write(settings)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])


def wait_for(port: int) -> None:
    """Until somebody serves there. Raises ``TimeoutError``."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=2)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("the house did not begin to serve")
