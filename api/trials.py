"""Shapes of what trying out answers, the same for expressions and decisions."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from engine.feel import Warning_


class FeelWarning(msgspec.Struct, frozen=True, kw_only=True):
    """Something that made a value null without being an error."""

    code: str
    message_zh: str
    message_en: str
    #: Where in the expression, counted from 1; ``null`` where it is not said of one.
    line: int | None
    column: int | None


def shown_warnings(warnings: Iterable[Warning_]) -> list[FeelWarning]:
    """Warnings as they are answered."""
    return [shown_warning(warning) for warning in warnings]


def shown_warning(warning: Warning_) -> FeelWarning:
    """A warning as it is answered."""
    position = warning.position
    return FeelWarning(
        code=warning.code,
        message_zh=warning.message_zh,
        message_en=warning.message_en,
        line=position.line if position else None,
        column=position.column if position else None,
    )
