"""Trying a change before it is made."""

from __future__ import annotations

import msgspec


class Preview(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether only to say what would follow."""

    preview: bool = False
