"""What an operator may do to an instance by hand: frozen commands, each with the reason that is kept with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.commands import TreeCommand


@dataclass(frozen=True, kw_only=True)
class Intervention(TreeCommand):
    """The root of them; the reason stands in the log before whatever follows from it."""

    instance: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class CorrectVariables(Intervention):
    """Set variables of one scope; no token moves."""

    #: ``None`` for the scope of the instance itself.
    scope: int | None = None
    #: JSON values by name.
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class MoveToken(Intervention):
    """Cancel an open activity and enter the flow again at an element of its scope or of one around it."""

    activity: int
    element: str


@dataclass(frozen=True, kw_only=True)
class AddToken(Intervention):
    """Let one more token begin at an element of an open scope."""

    element: str


@dataclass(frozen=True, kw_only=True)
class CancelToken(Intervention):
    """Take the token of an open activity away, with all that is inside."""

    activity: int


@dataclass(frozen=True, kw_only=True)
class PauseInstance(Intervention):
    """Let no token of an instance move; what it waits for may come meanwhile and is kept."""


@dataclass(frozen=True, kw_only=True)
class ResumeInstance(Intervention):
    """Let the tokens of a paused instance move again, those first whose time or answer has come."""


@dataclass(frozen=True, kw_only=True)
class CancelInstance(Intervention):
    """End an instance with all that it calls."""
