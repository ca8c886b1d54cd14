"""Named points at which a test can make the process die, as a power cut would.

``GUILIU_CRASH=tree.after_flush:3`` ends the process at the third time that point is reached. Without the variable a
point costs one comparison.
"""

from __future__ import annotations

import os

EXIT_CODE = 137
#: Every point there is; a name that is not here is a mistake in the code that uses it.
CRASH_POINTS = frozenset(
    {
        "unit_of_work.before_commit",
        "unit_of_work.after_commit",
        "tree.before_flush",
        "tree.after_flush",
        "bus.before_answer",
        "feed.before_notify",
        "batch.before_item",
        "batch.after_item",
        "anchor.before_write",
        "anchor.after_write",
    }
)


class _Fuse:
    """How many hits are left until the armed point goes off."""

    def __init__(self, setting: str) -> None:
        self.name, _, count = setting.partition(":")
        self.left = int(count or 1)
        if self.name and self.name not in CRASH_POINTS:
            raise ValueError(f"GUILIU_CRASH: there is no crash point {self.name!r}")

    def hit(self) -> None:
        self.left -= 1
        if self.left == 0:
            os._exit(EXIT_CODE)


_FUSE = _Fuse(os.environ.get("GUILIU_CRASH", ""))


def crash_point(name: str) -> None:
    """Die here when the environment says so."""
    if name == _FUSE.name:
        _FUSE.hit()
