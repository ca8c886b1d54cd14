"""The files that the house rules speak of."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("engine", "forms", "processes", "connectors", "api", "guiliu")


@cache
def committed_files() -> tuple[str, ...]:
    """Every file git knows or would add, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    return tuple(sorted(name for name in listed if (ROOT / name).is_file()))


@cache
def product_sources() -> tuple[str, ...]:
    """Python files of the product itself."""
    return tuple(name for name in committed_files() if name.endswith(".py") and name.split("/")[0] in PACKAGES)
