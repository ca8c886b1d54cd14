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
        "timer.after_claim",
        "timer.after_fire",
        "start_timer.after_claim",
        "start_timer.after_fire",
        "warning.after_claim",
        "warning.after_warning",
        "delivery.after_claim",
        "delivery.before_send",
        "delivery.after_send",
        "delivery.after_result",
        "message.before_delivery",
        "message.after_delivery",
        "batch.before_item",
        "batch.after_item",
        "anchor.before_write",
        "anchor.after_write",
    }
)


class _Fuse:
    """How many hits are left until the armed point goes off."""

    def __init__(self) -> None:
        self.name = ""
        self._left = 0

    def arm(self, setting: str) -> None:
        name, _, count = setting.partition(":")
        if name and name not in CRASH_POINTS:
            raise ValueError(f"GUILIU_CRASH: there is no crash point {name!r}")
        self.name, self._left = name, int(count or 1)

    def hit(self) -> None:
        self._left -= 1
        if self._left == 0:
            os._exit(EXIT_CODE)


_FUSE = _Fuse()


def arm(setting: str) -> None:
    """Let this process die at ``name:count``, or nowhere when empty. Raises ``ValueError`` for an unknown name."""
    _FUSE.arm(setting)


def crash_point(name: str) -> None:
    """Die here when the process is armed so."""
    if name == _FUSE.name:
        _FUSE.hit()


arm(os.environ.get("GUILIU_CRASH", ""))
