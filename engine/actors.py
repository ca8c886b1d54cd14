"""Who acts: what the engine has to know of a person, a program or itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Someone on whose behalf a command runs."""

    #: Stable id such as ``user:7``, ``key:3`` or ``system:timer``.
    id: str
    #: Shown in histories.
    name: str
    #: Candidate groups the actor belongs to, such as ``dispatcher`` and ``clerk@U12``.
    groups: frozenset[str] = frozenset()
    #: Names of what the actor may do at all, such as ``case.report``.
    permissions: frozenset[str] = frozenset()
    #: Audience keys whose cases the actor may see; ``None`` means every case.
    audience: frozenset[str] | None = frozenset()


SYSTEM = Actor(id="system:engine", name="system", audience=None)
