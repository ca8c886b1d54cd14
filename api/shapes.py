"""Shapes of answers, read from rows."""

from __future__ import annotations

from typing import Any

import msgspec


def shown(row: Any, shape: type[Any], **more: Any) -> Any:
    """A row read into the shape of an answer by the names of its attributes; ``more`` are members that it lacks."""
    members = {name: getattr(row, name) for name in shape.__struct_fields__ if name not in more}
    return msgspec.convert({**members, **more}, shape, from_attributes=True)
