"""Row scope: the one predicate that every list, count, search, event and file of cases passes.

A case is visible to an actor who may see all cases, and to one whose audience shares a key with the case's. The
predicate is written once for sets, as SQL, and once for a single case in memory; a test on PostgreSQL holds them equal.
"""

from __future__ import annotations

from collections.abc import Collection

from engine.actors import Actor

#: The actor's keys are ``$1``; ``c`` is the case. ``null`` means every case.
VISIBLE = "($1::text[] is null or c.audience && $1::text[])"


def scope_of(actor: Actor) -> list[str] | None:
    """The value for ``$1`` of ``VISIBLE``."""
    return None if actor.audience is None else sorted(actor.audience)


def is_visible(actor: Actor, audience: Collection[str]) -> bool:
    """Whether the actor may see a case with this audience."""
    return actor.audience is None or not actor.audience.isdisjoint(audience)
