"""Keeping what was typed into a task's form so far."""

from __future__ import annotations

from typing import Any

from engine.commands import SaveDraft
from engine.handlers.tasks import claimed_by_actor, open_task, stale, task_id
from engine.handling import Work
from engine.jsontext import json_text
from engine.projections import DraftRow


def save_draft(command: SaveDraft, work: Work) -> dict[str, Any]:
    """Replace the draft of the actor's task."""
    row = open_task(command, work)
    claimed_by_actor(work, row)
    drafts = work.rows("task_draft")
    before: DraftRow | None = drafts.get(command.task)
    version = before.version if before else 0
    if command.expected is not None and command.expected != version:
        raise stale(command.expected, version)
    draft = DraftRow(data=json_text(command.data).decode(), version=version, editor=work.actor.id, saved_at=work.now)
    drafts.put(command.task, draft)
    return {"task": task_id(command.tree, command.task), "version": version + 1}
