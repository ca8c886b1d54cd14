"""What a procedure may do to its host: the closed set of effects, as diagrams declare them and as they are carried out.

A *procedure* is an instance that is attached to a host: an open activity of the tree, or an instance as a whole. It
lives no longer than its host, and acts on it only by effects.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from engine.errors import InvalidState
from engine.feel import Value


class EffectKind(StrEnum):
    """What is done to the host."""

    #: Cancel the host activity and enter the flow again where its diagram declares.
    REENTER = "reenter"
    #: Take every token out of the host instance and let it go on from where its diagram declares.
    VOID = "void"
    #: Give the host's deadline more time.
    EXTEND = "extend"
    #: Stop the clock of the host's deadline.
    PAUSE = "pause"
    #: Let the clock go on.
    RESUME = "resume"


class HostKind(StrEnum):
    """What a procedure attaches to."""

    CASE = "case"
    ACTIVITY = "activity"
    DEADLINE = "deadline"


#: Which kind of host each effect needs.
HOST_OF_EFFECT: Mapping[EffectKind, HostKind] = {
    EffectKind.REENTER: HostKind.ACTIVITY,
    EffectKind.VOID: HostKind.CASE,
    EffectKind.EXTEND: HostKind.DEADLINE,
    EffectKind.PAUSE: HostKind.DEADLINE,
    EffectKind.RESUME: HostKind.DEADLINE,
}
#: Among those who may start a procedure: the deadline of the host itself, which does so when it warns.
WARNING = "warning"
#: Effects whose place is found by a property of the host's diagram, which they name.
PLACED = frozenset({EffectKind.REENTER, EffectKind.VOID})


class Host(msgspec.Struct, frozen=True, array_like=True):
    """What a procedure is attached to."""

    instance: int
    #: The open activity; ``None`` for the instance as a whole.
    activity: int | None = None
    #: Id of the activity's element; empty for the instance.
    element: str = ""

    @property
    def deadline(self) -> int:
        """Key of its deadline, when it has one."""
        return self.instance if self.activity is None else self.activity


class Procedure(msgspec.Struct, frozen=True, array_like=True):
    """What makes an instance a procedure."""

    verb: str
    host: Host


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """An effect that a procedure has come to."""

    kind: EffectKind
    #: The procedure and its element.
    instance: int
    element: str
    host: Host
    #: Parameters by name, evaluated.
    values: Mapping[str, Value]


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """An open activity, or an instance as a whole, with what its diagram declares there."""

    host: Host
    properties: Mapping[str, str]


def no_deadlines(effect: Effect) -> None:
    """What is said of effects on deadlines where nothing has any. Raises ``InvalidState``."""
    raise InvalidState(
        "deadline_missing",
        f"“{effect.host.element}”没有可以改变的时限。",
        f'Expected "{effect.host.element}" to have a deadline that runs, but it has none.',
        element=effect.host.element,
    )
