"""What the forms refuse.

    FormsError
    ├── FormRefused   the form itself cannot be used: its schema or its layout is wrong
    └── DataRefused   what was typed does not satisfy the form

Both list every problem found, each at its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong, at one place, in two languages."""

    #: JSON pointer (RFC 6901) into the form's file or into the data; empty for the whole.
    pointer: str
    #: Stable word: a JSON Schema keyword such as ``required``, or a rule of ours such as ``nul``.
    code: str
    message_zh: str
    message_en: str


class FormsError(Exception):
    """Something was refused; ``problems`` is never empty."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{problem.pointer or '/'}: {problem.message_en}" for problem in self.problems))


class FormRefused(FormsError):
    """The form itself cannot be used: its schema or its layout is wrong."""


class DataRefused(FormsError):
    """What was typed does not satisfy the form."""
