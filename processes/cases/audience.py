"""Audience keys: who a case is shown to. A person is named by ``Actor.id``, such as ``user:7``."""

from __future__ import annotations

from collections.abc import Collection

from engine.actors import Actor
from engine.handling import Work
from processes.access import may_see
from processes.cases.rows import ONLY, CaseRow


def unit_key(unit: str) -> str:
    """The key of everyone in a unit."""
    return f"unit:{unit}"


def group_key(group: str) -> str:
    """The key of everyone in a candidate group."""
    return f"group:{group}"


def audience_of(work: Work) -> Collection[str] | None:
    """The audience of the case that a command is about; ``None`` when there is none yet."""
    row: CaseRow | None = work.rows("cases").get(ONLY)
    return row.audience if row else None


def in_sight(actor: Actor, work: Work) -> bool:
    """Whether the actor may see the case of a tree."""
    audience = audience_of(work)
    return audience is None or may_see(actor, audience)
