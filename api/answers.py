"""Answers: rows become shapes, shapes become JSON; ``Decimal`` stays the number it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from api.routes import Reply

_encoder = msgspec.json.Encoder(decimal_format="number")


def encode(value: Any) -> bytes:
    """JSON text of an answer."""
    return _encoder.encode(value)


def answered(value: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """A JSON reply."""
    return Reply(status=status, body=encode(value), headers=headers or {})


def shown(row: Any, shape: type[Any]) -> Any:
    """A row read into the shape of an answer by the names of its attributes."""
    return msgspec.convert(row, shape, from_attributes=True)
