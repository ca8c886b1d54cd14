"""Handing a message to whoever waits for it."""

from __future__ import annotations

from typing import Any

from engine.commands import CorrelateMessage
from engine.feel import from_json
from engine.handlers.progress import progress
from engine.handling import Work


def correlate_message(command: CorrelateMessage, work: Work) -> dict[str, Any]:
    """Let it come when it is still waited for; whether it was is in the answer."""
    variables = {name: from_json(value) for name, value in command.variables.items()}
    correlated = command.subscription in work.rows("subscription") and work.correlate(
        command.subscription, variables, command.message, command.sender
    )
    answer = {"case": command.tree, "subscription": command.subscription, "correlated": correlated}
    return {**answer, **progress(work)}
