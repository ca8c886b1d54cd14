"""Answers of handlers, made from shapes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.routes import Reply
from engine.jsontext import json_text


def answered(value: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """A JSON reply."""
    return Reply(status=status, body=json_text(value), headers=headers or {})
