"""Handing a message or a signal to whoever waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.commands import CatchSignal, CorrelateMessage
from engine.feel import from_json
from engine.handlers.progress import progress
from engine.handling import Work
from engine.projections import SubscriptionRow


def correlate_message(command: CorrelateMessage, work: Work) -> dict[str, Any]:
    """Let it come when it is still waited for; whether it was is in the answer."""
    variables = {name: from_json(value) for name, value in command.variables.items()}
    correlated = command.subscription in work.rows("subscription") and work.correlate(
        command.subscription, variables, command.message, command.sender
    )
    answer = {"case": command.tree, "subscription": command.subscription, "correlated": correlated}
    return {**answer, **progress(work)}


def catch_signal(command: CatchSignal, work: Work) -> dict[str, Any]:
    """Let it come when whoever waited for it has not gone on since; whether it did is in the answer."""
    variables = {name: from_json(value) for name, value in command.variables.items()}
    caught = _still_waits(command.subscription, work) and work.catch(command.subscription, variables, command.sender)
    answer = {"case": command.tree, "subscription": command.subscription, "caught": caught}
    return {**answer, **progress(work)}


def _still_waits(subscription: int, work: Work) -> bool:
    rows: Mapping[int, SubscriptionRow] = work.rows("subscription")
    return any(row.is_open and subscription in (key, row.origin) for key, row in rows.items())
