"""What can be asked about escalations."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands import TaskCommand, TreeCommand


@dataclass(frozen=True, kw_only=True)
class WarnOfDeadline(TreeCommand):
    """Let a deadline warn whose moment has come; without effect when it is too late or too early for that."""

    #: Key of the deadline.
    deadline: int


@dataclass(frozen=True, kw_only=True)
class AcknowledgeEscalation(TaskCommand):
    """Take notice of an escalation; ``task`` is the one by which it was told."""

    note: str = ""
