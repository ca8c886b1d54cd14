"""The turns that something asked of an outside system may take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from engine.feel import Value


@dataclass(frozen=True)
class Answered:
    """The outside system answered; the element goes on."""

    result: Mapping[str, Value]


@dataclass(frozen=True)
class Refused:
    """It answered with an error, for the diagram to catch; the element stands as a fault when nothing does."""

    #: Code of the error, as the diagram names it.
    error: str
    variables: Mapping[str, Value]


@dataclass(frozen=True)
class Replaced:
    """A person answered in its place; the element goes on."""

    result: Mapping[str, Value]
    reason: str


@dataclass(frozen=True)
class GivenUp:
    """It could not be reached; the element stands as a fault."""

    message_zh: str
    message_en: str


@dataclass(frozen=True)
class Resent:
    """The tries begin anew; a fault of the element ends."""


Turn: TypeAlias = Answered | Refused | Replaced | GivenUp | Resent
