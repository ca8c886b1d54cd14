"""How large an expression and its evaluation may be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that hold for every expression; what exceeds one raises `FeelLimitExceeded`."""

    #: Characters of the source text.
    length: int = 20_000
    #: Tokens of the source text.
    tokens: int = 4_000
    #: Nested constructs in the text, nested function calls, and nested values in a result.
    depth: int = 60
    #: Calls, iterations and visited elements of one evaluation.
    steps: int = 100_000
    #: Items of one list.
    items: int = 50_000
    #: Characters of one string.
    characters: int = 1_000_000


DEFAULT_LIMITS = Limits()
