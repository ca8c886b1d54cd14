"""Row scope: the one predicate that every list, count, search, event and file of cases passes.

A case is visible to an actor who may see all cases, and to one whose audience shares a key with the case's. For a
single case in memory the predicate is ``processes.access.may_see``; for sets it is the condition made here. A test on
PostgreSQL holds the two equal.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.actors import Actor
from engine.errors import NotFound


@dataclass(frozen=True)
class RowScope:
    """What an actor may see, as a condition on ``cases c``."""

    #: Without parameter for those who see everything, else over the first parameter of the query.
    condition: str
    #: The first parameter; always given, so that the others keep their numbers.
    keys: list[str]


def scope_of(actor: Actor) -> RowScope:
    """The scope of an actor."""
    if actor.audience is None:
        return RowScope("cardinality($1::text[]) = 0", [])
    return RowScope("c.audience && $1::text[]", sorted(actor.audience))


def hidden() -> NotFound:
    """What is said of a case that is not there, or that the actor may not see."""
    return NotFound("not_found", "没有找到，或您无权查看", "There is no such thing, or none you may see")
