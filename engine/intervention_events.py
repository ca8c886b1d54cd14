"""What operators did to instances by hand, as the log tells it."""

from __future__ import annotations

from typing import Any

from engine.event import Event


class Intervened(Event, frozen=True, kw_only=True):
    """An operator acts on an instance; what follows of it stands in the events after this one."""

    instance: int
    #: ``variables``, ``move``, ``add``, ``remove``, ``pause``, ``resume`` or ``cancel``.
    verb: str
    reason: str


class VariablesCorrected(Event, frozen=True, kw_only=True):
    """Variables of a scope were set by hand."""

    instance: int
    scope: int
    values: dict[str, Any]
    #: What stood there before; names that were new are left out.
    before: dict[str, Any]


class TokenAdded(Event, frozen=True, kw_only=True):
    """One more token began at an element."""

    instance: int
    element: str


class TokenRemoved(Event, frozen=True, kw_only=True):
    """The token of an activity was taken away."""

    instance: int
    activity: int
    element: str


class InstancePaused(Event, frozen=True, kw_only=True):
    """No token of the instance, nor of those that it calls, moves from here on."""

    instance: int


class InstanceResumed(Event, frozen=True, kw_only=True):
    """The tokens of the instance move again."""

    instance: int


INTERVENTION_EVENTS: tuple[type[Event], ...] = (
    Intervened,
    VariablesCorrected,
    TokenAdded,
    TokenRemoved,
    InstancePaused,
    InstanceResumed,
)
