"""Start, share and stop one server per home folder.

Every process that uses the server holds a shared lock on ``users.lock``; the kernel drops it however the process ends.
Who leaves last, and can therefore take the lock for itself alone, stops the server. Starting is done under
``start.lock``, so several processes may begin at once and one of them does the work.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from guiliu.postgres.binaries import find_binaries
from guiliu.postgres.privileges import unprivileged

#: A unix socket's path may not be longer than this (``sun_path`` less PostgreSQL's file name).
LONGEST_SOCKET_FOLDER = 85
#: Crash recovery of a large database takes a while.
START_PATIENCE = 120.0
SETTINGS = """
# Written by Guiliu when the cluster was made.
listen_addresses = ''
unix_socket_permissions = 0700
shared_buffers = 256MB
max_connections = 200
max_locks_per_transaction = 256
wal_sync_method = fdatasync
max_wal_size = 2GB
checkpoint_timeout = 15min
wal_compression = on
timezone = 'UTC'
log_timezone = 'UTC'
jit = off
"""


class ServerFailed(Exception):
    """The server's programs failed; the text holds what they said."""


class EmbeddedServer:
    """The server of one home folder. Use as a context manager, or ``attach`` and ``detach``."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "postgres"
        self.data = self.folder / "data"
        self._binaries = find_binaries()
        self._users: IO[bytes] | None = None
        self._words: Sequence[str] = ()

    @property
    def socket_folder(self) -> Path:
        """Where the unix socket is: in the home, or in the temporary folder when that path is too long for one."""
        if len(str(self.folder)) <= LONGEST_SOCKET_FOLDER:
            return self.folder
        digest = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"guiliu-{digest}"

    @property
    def socket(self) -> Path:
        """The unix socket on which it listens."""
        return self.socket_folder / ".s.PGSQL.5432"

    def url(self, database: str = "guiliu") -> str:
        """The address of a database on this server, in libpq's form."""
        return f"postgresql://postgres@/{database}?host={self.socket_folder}"

    def attach(self) -> str:
        """Make the cluster if there is none, start the server if it is not running; the database's address."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.socket_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._alone():
            self._words = unprivileged(self.data)
            self._users = (self.folder / "users.lock").open("ab")
            fcntl.flock(self._users, fcntl.LOCK_SH)
            if not self.data.exists():
                self._make_cluster()
            self._start()
        return self.url()

    def revive(self) -> None:
        """Start the server again if it died meanwhile; whoever of its users comes first does it for all."""
        with self._alone():
            self._start()

    def detach(self) -> None:
        """Leave the server; it is stopped when nobody else uses it."""
        if self._users is None:
            return
        with self._alone():
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                self._run("pg_ctl", "stop", "-D", self.data, "-m", "fast", "-w", "-t", "60")
            finally:
                self._users.close()
                self._users = None

    def __enter__(self) -> str:
        return self.attach()

    def __exit__(self, *_: object) -> None:
        self.detach()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.folder / "start.lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make_cluster(self) -> None:
        # Made under another name first: a folder called ``data`` is always a whole cluster.
        unfinished = self.folder / "data.unfinished"
        if unfinished.exists():
            shutil.rmtree(unfinished)
        self._run(
            "initdb", "-D", unfinished, "-U", "postgres", "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--data-checksums",
        )  # fmt: skip
        with (unfinished / "postgresql.conf").open("a") as configuration:
            configuration.write(SETTINGS)
            configuration.flush()
            os.fsync(configuration.fileno())
        unfinished.rename(self.data)

    def _start(self) -> None:
        deadline = time.monotonic() + START_PATIENCE
        options = f"-k '{self.socket_folder}'"
        while not self._is_ready():
            # Right after a crash ``pg_ctl status`` still calls the dead server running, so only readiness counts.
            started = self._try(
                "pg_ctl", "start", "-D", self.data, "-l", self.folder / "server.log", "-o", options, "-w"
            )
            if started.returncode != 0 and time.monotonic() > deadline:
                raise ServerFailed(f"pg_ctl start: {started.stdout}{started.stderr}{self._log_tail()}")
            time.sleep(0.05)
        created = self._try("createdb", "-h", self.socket_folder, "-U", "postgres", "guiliu")
        if created.returncode != 0 and "already exists" not in created.stderr:
            raise ServerFailed(f"createdb: {created.stderr}")

    def _is_ready(self) -> bool:
        return self._try("pg_isready", "-h", self.socket_folder, "-q").returncode == 0

    def _log_tail(self) -> str:
        log = self.folder / "server.log"
        return "\n".join(["", *log.read_text(errors="replace").splitlines()[-15:]]) if log.exists() else ""

    def _run(self, program: str, *arguments: str | Path) -> None:
        done = self._try(program, *arguments)
        if done.returncode != 0:
            raise ServerFailed(f"{program}: {done.stdout}{done.stderr}{self._log_tail()}")

    def _try(self, program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [*self._words, str(self._binaries / program), *map(str, arguments)]
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        # The server outlives this process and must not hold its pipes open: output goes to a file.
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(  # noqa: S603 - our own programs, no shell
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment,
                check=False, start_new_session=True, cwd=self.folder,
            )  # fmt: skip
            output.seek(0)
            return subprocess.CompletedProcess(command, done.returncode, stdout="", stderr=output.read())
