"""Correlation keys: by name and key a message finds the one subscription that waits for it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.feel import kind_of, to_json
from engine.spiff.faults import Stuck
from engine.spiff.limits import LONGEST_KEY
from engine.spiff.variables import evaluate

if TYPE_CHECKING:
    from engine.spiff.activation import Activation
    from engine.spiff.attributes import Publication
    from engine.spiff.run import Run


def correlation_key(run: Run, activation: Activation, publication: Publication) -> str:
    """The key of a message as an activation sees it now; numbers are told by their digits.

    Raises ``Stuck`` when the expression yields no text and no number, an empty text or one that is too long.
    """
    if publication.key is None:
        raise RuntimeError(f"message {publication.name} has no correlation key, but passed the lint")
    value = evaluate(run, activation, publication.key)
    key = str(to_json(value)) if isinstance(value, Decimal) else value
    if isinstance(key, str) and 0 < len(key) <= LONGEST_KEY and "\0" not in key:
        return key
    found = f"{len(key)}" if isinstance(key, str) else kind_of(value)
    raise Stuck(
        "correlation_key_unusable",
        f"消息“{publication.name}”的关联键应为 1 到 {LONGEST_KEY} 个字符的文字或数字，得到的却是 {found}。",
        f'Expected the correlation key of message "{publication.name}" to be a number or a text of 1 to {LONGEST_KEY} '
        f"characters, but it is {found}.",
    )
