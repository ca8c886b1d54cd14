"""Stages: what the published diagrams call them."""

from __future__ import annotations

import msgspec

from api.answers import answered
from api.ports import Platform
from api.routes import Call, Nothing, Reply, Resource, Route
from engine.errors import Refusal


class StageShown(msgspec.Struct, frozen=True, kw_only=True):
    """A stage that a diagram declares."""

    stage: str
    #: The name of the first element that declares it.
    name: str
    #: Key of the diagram.
    process: str


class Stages(msgspec.Struct, frozen=True, kw_only=True):
    """Every stage of the latest versions, each once, in the order of the diagrams."""

    items: list[StageShown]


async def list_stages(call: Call[Nothing, None]) -> Reply:
    """Answer what stages are called."""
    found: dict[str, StageShown] = {}
    for key in sorted(call.platform.library.keys()):
        for shown in _declared(call.platform, key):
            found.setdefault(shown.stage, shown)
    return answered(Stages(items=list(found.values())))


def _declared(platform: Platform, key: str) -> list[StageShown]:
    try:
        view = platform.library.latest(key)
    except Refusal:
        return []
    return [
        StageShown(stage=declared, name=element.name, process=key)
        for element in view.elements.values()
        if (declared := element.properties.get("stage")) and element.name
    ]


RESOURCE = Resource(
    name="stages",
    title_zh="阶段",
    title_en="Stages",
    routes=(
        Route(
            method="GET",
            path="/stages",
            handler=list_stages,
            summary_zh="流程图中声明的阶段及其叫法",
            summary_en="The stages that diagrams declare, and what they are called",
            answer=Stages,
        ),
    ),
)
