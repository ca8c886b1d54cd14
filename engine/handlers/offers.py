"""Beginning what an ad-hoc sub-process offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.commands import BeginActivity
from engine.errors import InvalidState, NotFound
from engine.handlers.progress import progress
from engine.handling import Work
from engine.projections import SubscriptionRow
from engine.spiff import PublicationKind


def begin_activity(command: BeginActivity, work: Work) -> dict[str, Any]:
    """Let it begin and run on to rest.

    Raises ``NotFound`` for what offers no activity, ``InvalidState`` when the offer was taken up or withdrawn.
    """
    rows: Mapping[int, SubscriptionRow] = work.rows("subscription")
    offered = rows.get(command.subscription)
    if offered is not None and offered.kind != PublicationKind.ACTIVITY:
        raise NotFound(
            "activity_not_found",
            "没有这个可以发起的活动",
            f"Expected {command.subscription} to offer an activity, but something else is waited for there",
        )
    if offered is None or not work.correlate(command.subscription, {}, None, command.actor.id):
        raise InvalidState(
            "activity_not_offered",
            "这个活动已被发起，或不再可以发起；请刷新",
            f"Expected {command.subscription} to offer an activity, but it was begun or is offered no longer",
        )
    return {"case": command.tree, "element": offered.element, **progress(work)}
