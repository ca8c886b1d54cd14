"""The audit as the HTTP floor reads it: both chains behind one door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.log import BrokenLink
from engine.storage.event_log import EventLog
from engine.storage.security_log import SecurityFilter, SecurityLine, SecurityLog


@dataclass(frozen=True, kw_only=True)
class AuditPage:
    """Part of the security chain."""

    items: Sequence[SecurityLine]
    #: Number of the last line, when there are more.
    next: Sequence[int] | None


@dataclass(frozen=True, kw_only=True)
class Audit:
    """Search and verify."""

    log: EventLog
    security: SecurityLog

    async def security_events(self, wanted: Any, after: Sequence[Any] | None, limit: int) -> AuditPage:
        """Lines of the security chain, the newest first; ``wanted`` has the members of ``SecurityFilter``."""
        sought = SecurityFilter(type=wanted.type, actor=wanted.actor, since=wanted.since, before=wanted.before)
        lines = await self.security.lines(sought, below=after[0] if after else None, limit=limit + 1)
        shown = lines[:limit]
        return AuditPage(items=shown, next=[shown[-1].seq] if len(lines) > limit else None)

    async def verify_tree(self, tree: int) -> Sequence[BrokenLink]:
        """Where a case's chain does not hold."""
        return await self.log.verify_tree(tree)

    async def verify_security(self) -> Sequence[BrokenLink]:
        """Where the security chain does not hold."""
        return await self.log.verify_security()
