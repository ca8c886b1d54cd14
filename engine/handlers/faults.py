"""Running a faulted element again."""

from __future__ import annotations

from typing import Any

from engine.commands import RetryFault
from engine.errors import NotFound
from engine.handlers.progress import progress
from engine.handling import Work
from engine.projections import FaultState


def retry_fault(command: RetryFault, work: Work) -> dict[str, Any]:
    """Try again; whether it held is in the answer."""
    faults = work.rows("fault")
    if command.fault not in faults:
        raise NotFound(
            "fault_not_found",
            "没有这个未解除的故障",
            f"Expected an open fault {command.fault}, but case {command.tree} has none",
        )
    work.retry(command.fault)
    cleared = faults[command.fault].state is FaultState.CLEARED
    return {"case": command.tree, "fault": command.fault, "cleared": cleared, **progress(work)}
