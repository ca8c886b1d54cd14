"""Documents that show commands, and the shell that runs them as a reader would."""

from __future__ import annotations

import asyncio
import os
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: The address that documents speak of.
WRITTEN = "http://127.0.0.1:8000"
PATIENCE_SECONDS = 120
_BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Commands:
    """What a document tells its reader to paste (``sh``), and lines he is told to see then (``text``)."""

    script: str
    promised: tuple[str, ...]

    @classmethod
    def of(cls, document: str) -> Commands:
        """The blocks of a document, from top to bottom."""
        blocks = _BLOCK.findall((ROOT / document).read_text())
        script = "\n".join(text for kind, text in blocks if kind == "sh")
        promised = "".join(text for kind, text in blocks if kind == "text")
        return cls(script, tuple(promised.splitlines()))


@dataclass(frozen=True)
class Ran:
    """What became of a script."""

    status: int
    lines: tuple[str, ...]
    complaints: str


async def run(commands: Commands, address: str, folder: Path) -> Ran:
    """Paste the commands into a shell in a folder, with a server at an address; the first that fails ends it."""
    process = await asyncio.create_subprocess_exec(
        "bash", "-euo", "pipefail", "-c", commands.script.replace(WRITTEN, address),
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        cwd=folder, env={**os.environ, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    async with asyncio.timeout(PATIENCE_SECONDS):
        told, complaints = await process.communicate()
    return Ran(process.returncode or 0, tuple(told.decode().splitlines()), complaints.decode())
