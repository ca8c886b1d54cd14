"""Who acts: what the engine has to know of a person, a program or itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PERSON = re.compile(r"user:[1-9][0-9]{0,17}", re.ASCII)


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

    @property
    def is_system(self) -> bool:
        """Whether nobody signed in: the house itself, on the command line, by a timer or from its worker."""
        return self.id.startswith("system:")


def is_person(actor: str) -> bool:
    """Whether an ``Actor.id`` is that of a person, such as ``user:7``; work is given to nobody else."""
    return _PERSON.fullmatch(actor) is not None


SYSTEM = Actor(id="system:engine", name="system", audience=None)
