"""PostgreSQL refuses to run as root; these are the ways to run its programs all the same.

As a plain user a program is simply run. As root it runs inside a user namespace in which root is an ordinary user:
files stay root's own, no folder is opened to anybody, no account is made. Where the kernel forbids that, it runs as
the system user ``postgres``, or ``guiliu``, which must then exist and be able to read the programs.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
SYSTEM_USERS = ("postgres", "guiliu")


class CannotRunAsRoot(Exception):
    """Root, no user namespaces, and no system user to become."""

    def __init__(self) -> None:
        super().__init__(
            "以 root 运行时，PostgreSQL 需要用户命名空间（unshare）或名为 postgres / guiliu 的系统用户。 / "
            "As root, PostgreSQL needs user namespaces (unshare) or a system user named postgres or guiliu."
        )


def unprivileged(data: Path) -> Sequence[str]:
    """The words to put before a server program's command line; ``data`` is handed over where the user changes."""
    if os.geteuid() != 0:
        return ()
    if shutil.which("unshare") and _succeeds([*NAMESPACE, "true"]):
        return NAMESPACE
    user = next((name for name in SYSTEM_USERS if _exists(name)), None)
    if user is None or not shutil.which("runuser"):
        raise CannotRunAsRoot
    shutil.chown(data.parent, user)
    return ("runuser", "-u", user, "--")


def _succeeds(command: Sequence[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603 - fixed words


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True
