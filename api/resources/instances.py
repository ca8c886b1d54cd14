"""Instances: what runs, what stands still, and setting it going again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.commands import carry_out
from api.parameters import LARGEST_SMALL_ID, Numbered, not_found
from api.resources.tasks import OpenedTask
from api.routes import Call, Nothing, Reply, Resource, Route
from api.shapes import shown
from engine.commands import RetryFault


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """Where an instance stands or stood still."""

    fault: int
    element: str
    code: str
    message_zh: str
    message_en: str
    state: str
    raised_at: datetime
    cleared_at: datetime | None


class Instance(msgspec.Struct, frozen=True, kw_only=True):
    """One instance of a process in a case."""

    id: str
    case: int
    definition_key: str
    #: Number of the version it runs.
    definition_number: int
    state: str
    started_at: datetime
    ended_at: datetime | None
    #: Since when an operator lets it stand still; ``null`` while it runs.
    paused_at: datetime | None
    faults: list[Fault]


class Retry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which fault of the instance to try again."""

    fault: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_SMALL_ID)]


class Retried(msgspec.Struct, frozen=True, kw_only=True):
    """Whether it held this time, and what moved."""

    case: int
    fault: int
    cleared: bool
    opened: list[OpenedTask]
    stage: str = ""


async def get_instance(call: Call[Nothing, None]) -> Reply:
    """Answer one instance with its faults."""
    return answered(await _instance(call))


async def retry_instance(call: Call[Nothing, Retry]) -> Reply:
    """Run a faulted element again."""
    instance = await _instance(call)
    if call.body.fault not in {fault.fault for fault in instance.faults}:
        raise not_found()
    command = RetryFault(actor=call.signed_in.actor, key=call.key, tree=instance.case, fault=call.body.fault)
    return await carry_out(call, command)


async def _instance(call: Call[Nothing, Any]) -> Instance:
    wanted: Numbered = call.path["instance"]
    row = await call.platform.cases.instance(call.signed_in.actor, wanted.tree, wanted.number)
    instance: Instance = shown(row, Instance, id=str(wanted), case=wanted.tree)
    return instance


RESOURCE = Resource(
    name="instances",
    title_zh="流程实例",
    title_en="Instances",
    routes=(
        Route(
            method="GET",
            path="/instances/{instance}",
            handler=get_instance,
            summary_zh="流程实例及其故障",
            summary_en="An instance with its faults",
            answer=Instance,
        ),
        Route(
            method="POST",
            path="/instances/{instance}/retry",
            handler=retry_instance,
            summary_zh="重试故障",
            summary_en="Try a fault again",
            body=Retry,
            answer=Retried,
            keyed=True,
        ),
    ),
)
