"""Warnings of decision logic."""

from __future__ import annotations

from engine.dmn.texts import text_of
from engine.feel import Evaluation, Warning_


def warn(evaluation: Evaluation, code: str, **fields: object) -> None:
    """Remember what made a value null."""
    zh, en = text_of(code, fields)
    evaluation.add_warning(Warning_(code, zh, en, None))
