"""Audience keys: who a case is shown to. A person is named by ``Actor.id``, such as ``user:7``."""

from __future__ import annotations

from collections.abc import Collection

from engine.handling import Work
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
