"""Answers of handlers, made from shapes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.routes import Reply
from api.shapes import encode


def answered(value: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """A JSON reply."""
    return Reply(status=status, body=encode(value), headers=headers or {})
