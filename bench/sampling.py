"""Where a server's CPU goes: its stack is looked at after every millisecond that it computes.

``python -m bench.sampling FOLDER run`` is ``guiliu run`` whose forked processes can be sampled. Each has a file in the
folder, named by its id: SIGUSR1 begins anew, SIGUSR2 writes what was seen into it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from types import FrameType

from guiliu.cli import cli

#: Seconds of CPU between two looks.
EVERY = 0.001
PATIENCE = 5.0

#: Innermost first, each a module and a function.
Stack = tuple[str, ...]


class Sampler:
    """Counts the stacks of this process by the kernel's clock of what it computes."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / str(os.getpid())
        self._seen: Counter[Stack] = Counter()

    def listen(self) -> None:
        """Let signals begin and end the looking."""
        signal.signal(signal.SIGPROF, self._look)
        signal.signal(signal.SIGUSR1, self._begin)
        signal.signal(signal.SIGUSR2, self._write)
        self._file.touch()

    def _begin(self, _number: int, _frame: FrameType | None) -> None:
        self._seen.clear()
        self._file.write_text("")
        signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)

    def _look(self, _number: int, frame: FrameType | None) -> None:
        self._seen[_stack(frame)] += 1

    def _write(self, _number: int, _frame: FrameType | None) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        unfinished = self._file.with_suffix(".unfinished")
        unfinished.write_text(json.dumps(list(self._seen.items())))
        unfinished.rename(self._file)


def begin_looking(folder: Path) -> None:
    """Begin anew in every process that has a file in the folder."""
    for file in folder.iterdir():
        os.kill(int(file.name), signal.SIGUSR1)


def what_was_seen(folder: Path) -> Counter[Stack]:
    """End the looking; the stacks of all processes together. Raises ``TimeoutError``."""
    seen: Counter[Stack] = Counter()
    for file in list(folder.iterdir()):
        os.kill(int(file.name), signal.SIGUSR2)
        for stack, count in _written(file):
            seen[tuple(stack)] += count
    return seen


def _written(file: Path) -> list[tuple[list[str], int]]:
    end = time.monotonic() + PATIENCE
    while not (text := file.read_text()):
        if time.monotonic() > end:
            raise TimeoutError(f"process {file.name} does not say what was seen")
        time.sleep(0.05)
    content: list[tuple[list[str], int]] = json.loads(text)
    return content


def _stack(frame: FrameType | None) -> Stack:
    names: list[str] = []
    while frame is not None:
        names.append(f"{frame.f_globals.get('__name__', '?')}:{frame.f_code.co_name}")
        frame = frame.f_back
    return tuple(names)


def main() -> None:
    """Run the command line with forked processes that can be sampled."""
    folder = Path(sys.argv.pop(1))
    os.register_at_fork(after_in_child=lambda: Sampler(folder).listen())
    cli()


if __name__ == "__main__":
    main()
