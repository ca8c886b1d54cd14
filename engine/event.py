"""What all events are."""

from __future__ import annotations

from typing import ClassVar

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A fact in the log of one tree."""

    version: ClassVar[int] = 1
