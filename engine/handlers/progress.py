"""What a command moved, as every answer tells it."""

from __future__ import annotations

from typing import Any

from engine.events import StageEntered
from engine.handlers.tasks import task_id
from engine.handling import Work


def progress(work: Work) -> dict[str, Any]:
    """Tasks that this command opened and that are still open, and the last stage it entered, if any."""
    opened = [
        {"id": task_id(work.tree, key), "element": row.element, "form": row.form, "groups": list(row.groups)}
        for key, row in work.rows("task").changed()
        if row.is_open and row.version == 0
    ]
    stages = [recorded.event.stage for recorded in work.recorded if isinstance(recorded.event, StageEntered)]
    return {"opened": opened, **({"stage": stages[-1]} if stages else {})}
