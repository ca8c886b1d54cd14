"""Stages and diagrams: what people call what they read of in histories and lists."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from api.answers import answered
from api.ports import Platform
from api.routes import Call, Nothing, Reply, Resource, Route
from engine.definition import DefinitionView, Element
from engine.errors import Refusal


class StageShown(msgspec.Struct, frozen=True, kw_only=True):
    """A stage that a diagram declares."""

    stage: str
    #: As the first element that declares it; in English as its property ``stageEn`` says, else as it is called.
    name: str
    name_en: str
    #: Key of the diagram.
    process: str


class DiagramName(msgspec.Struct, frozen=True, kw_only=True):
    """A published diagram; a verb is called by the name of its own."""

    key: str
    name: str
    name_en: str


class Stages(msgspec.Struct, frozen=True, kw_only=True):
    """Every stage of the latest versions, each once, in the order of the diagrams; and the diagrams."""

    items: list[StageShown]
    diagrams: list[DiagramName]


async def list_stages(call: Call[Nothing, None]) -> Reply:
    """Answer what stages are called."""
    views = list(_views(call.platform))
    found: dict[str, StageShown] = {}
    for view in views:
        for shown in _declared(view):
            found.setdefault(shown.stage, shown)
    diagrams = [DiagramName(key=view.key, name=view.name, name_en=view.name_en or view.name) for view in views]
    return answered(Stages(items=list(found.values()), diagrams=diagrams))


def _views(platform: Platform) -> Iterator[DefinitionView]:
    """What this program refuses to run calls nothing by a name."""
    for key in sorted(platform.library.keys()):
        try:
            yield platform.library.latest(key)
        except Refusal:
            continue


def _declared(view: DefinitionView) -> list[StageShown]:
    return [
        StageShown(stage=declared, name=element.name, name_en=_stage_en(element), process=view.key)
        for element in view.elements.values()
        if (declared := element.properties.get("stage")) and element.name
    ]


def _stage_en(element: Element) -> str:
    return element.properties.get("stageEn") or element.name_en or element.name


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
