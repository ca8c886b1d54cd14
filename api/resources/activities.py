"""Activities that ad-hoc sub-processes of a case offer; ``GET /cases/{case}/waits`` lists them."""

from __future__ import annotations

import msgspec

from api.commands import carry_out
from api.resources.tasks import OpenedTask
from api.routes import Call, Nothing, Reply, Resource, Route
from engine.commands import BeginActivity


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """What was begun, and what moved."""

    case: int
    element: str
    opened: list[OpenedTask]
    stage: str = ""


async def begin_activity(call: Call[Nothing, None]) -> Reply:
    """Begin one of them."""
    command = BeginActivity(
        actor=call.signed_in.actor, key=call.key, tree=call.path["case"], subscription=call.path["activity"]
    )
    return await carry_out(call, command)


RESOURCE = Resource(
    name="activities",
    title_zh="可发起的活动",
    title_en="Activities that are offered",
    routes=(
        Route(
            method="POST",
            path="/cases/{case}/activities/{activity}",
            handler=begin_activity,
            summary_zh="发起自由子流程里的一个活动",
            summary_en="Let an activity begin that an ad-hoc sub-process offers",
            answer=Begun,
            keyed=True,
        ),
    ),
)
