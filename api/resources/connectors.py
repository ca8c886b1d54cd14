"""Connectors: the outside systems of the city, how each is asked, and how it is doing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from api.answers import answered
from api.commands import carry_out
from api.parameters import etag, not_found
from api.register_routes import with_etag
from api.routes import Call, Match, Nothing, Reply, Resource, Route
from connectors import SaveTarget, Target, TargetHealth
from processes.access import Permission


class FailureShown(msgspec.Struct, frozen=True, kw_only=True):
    """A try in vain."""

    #: Id of the delivery.
    delivery: str
    code: str
    message_zh: str
    message_en: str


class HealthShown(msgspec.Struct, frozen=True, kw_only=True):
    """What is under way to an outside system."""

    #: To be sent, taken over by it, given up.
    open: int
    accepted: int
    failed: int
    #: When the oldest of them was asked for.
    oldest: datetime | None
    #: Of what is not done yet.
    last_failure: FailureShown | None
    #: How many tries in a row it did not answer, and until when it is left alone for that.
    silent_tries: int
    left_alone_until: datetime | None


class ConnectorShown(msgspec.Struct, frozen=True, kw_only=True):
    """An outside system."""

    name: str
    #: ``ETag``.
    version: int
    #: The secret itself is never told, only the name of its file.
    content: Target
    health: HealthShown


class ConnectorList(msgspec.Struct, frozen=True, kw_only=True):
    """Every outside system, by name."""

    items: list[ConnectorShown]


class ConnectorSaved(msgspec.Struct, frozen=True, kw_only=True):
    """The outside system as it is kept now."""

    name: str
    version: int


async def list_connectors(call: Call[Nothing, None]) -> Reply:
    """Answer every outside system."""
    return answered(ConnectorList(items=await _connectors(call)))


async def get_connector(call: Call[Nothing, None]) -> Reply:
    """Answer one outside system."""
    name = call.path["target"]
    version = await call.platform.versions.version(f"target:{name}")
    content = call.platform.targets.all.get(name)
    if content is None:
        raise not_found()
    health = (await call.platform.target_healths.all()).get(name, TargetHealth())
    return answered(_shown(name, version, content, health), headers={"etag": etag(version)})


async def put_connector(call: Call[Nothing, Target]) -> Reply:
    """Make an outside system, or change it."""
    command = SaveTarget(
        actor=call.signed_in.actor,
        expected=call.expected,
        name=call.path["target"],
        content=msgspec.to_builtins(call.body),
    )
    return with_etag(await carry_out(call, command))


async def _connectors(call: Call[Nothing, Any]) -> list[ConnectorShown]:
    names = sorted(call.platform.targets.all)
    versions = await call.platform.versions.versions([f"target:{name}" for name in names])
    targets, healths = call.platform.targets.all, await call.platform.target_healths.all()
    return [
        _shown(name, version, targets[name], healths.get(name, TargetHealth()))
        for name, version in zip(names, versions, strict=True)
    ]


def _shown(name: str, version: int, content: Target, health: TargetHealth) -> ConnectorShown:
    doing = msgspec.convert(health, HealthShown, from_attributes=True)
    return ConnectorShown(name=name, version=version, content=content, health=doing)


RESOURCE = Resource(
    name="connectors",
    title_zh="外部系统",
    title_en="Outside systems",
    routes=(
        Route(
            method="GET",
            path="/connectors",
            handler=list_connectors,
            summary_zh="外部系统及其状况",
            summary_en="Outside systems and how they are doing",
            answer=ConnectorList,
            permission=Permission.CONNECTOR_MANAGE,
        ),
        Route(
            method="GET",
            path="/connectors/{target}",
            handler=get_connector,
            summary_zh="一个外部系统及其状况",
            summary_en="An outside system and how it is doing",
            answer=ConnectorShown,
            permission=Permission.CONNECTOR_MANAGE,
        ),
        Route(
            method="PUT",
            path="/connectors/{target}",
            handler=put_connector,
            summary_zh="新建或修改外部系统",
            summary_en="Make an outside system, or change it",
            body=Target,
            answer=ConnectorSaved,
            also_status=201,
            match=Match.REQUIRED,
            permission=Permission.CONNECTOR_MANAGE,
        ),
    ),
)
