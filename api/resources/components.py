"""Components and cameras: the registers of what stands in the city, and what is near a point."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.lists import List, Paging, Word, next_cursor, position
from api.pages import matches, page_of
from api.parameters import etag, not_found
from api.positions import Position
from api.register_routes import Exchange, exchange_routes
from api.routes import Call, Nothing, Reply, Resource, Route
from api.shapes import shown
from processes.contents import RegisterName
from processes.territory import Camera, Component, ComponentState

COMPONENTS = Exchange(
    register=RegisterName.COMPONENTS, path="/components", name="components", zh="部件", en="components"
)
CAMERAS = Exchange(register=RegisterName.CAMERAS, path="/cameras", name="cameras", zh="摄像机", en="cameras")
FARTHEST_METRES = 5_000


class ComponentShown(msgspec.Struct, frozen=True, kw_only=True):
    """A component."""

    code: str
    name: str
    subcategory: str
    #: Degrees in CGCS2000.
    lon: float
    lat: float
    grid: str
    state: ComponentState
    owner: str
    manager: str
    maintainer: str
    recorded_on: date | None
    changed_on: date | None
    source: str
    note: str


class CameraShown(msgspec.Struct, frozen=True, kw_only=True):
    """A camera."""

    code: str
    name: str
    #: Degrees in CGCS2000.
    lon: float
    lat: float
    owner: str
    grid: str


class NearComponent(ComponentShown, frozen=True, kw_only=True):
    """A component and how far away it is."""

    metres: float


class NearCamera(CameraShown, frozen=True, kw_only=True):
    """A camera and how far away it is."""

    metres: float


class ComponentList(List, frozen=True, kw_only=True):
    """Components, by code."""

    version: int
    items: list[ComponentShown]
    count: int


class CameraList(List, frozen=True, kw_only=True):
    """Cameras, by code."""

    version: int
    items: list[CameraShown]
    count: int


class NearComponents(msgspec.Struct, frozen=True, kw_only=True):
    """Components around a point, nearest first."""

    items: list[NearComponent]


class NearCameras(msgspec.Struct, frozen=True, kw_only=True):
    """Cameras around a point, nearest first."""

    items: list[NearCamera]


class ComponentFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which components."""

    subcategory: Word | None = None
    grid: Word | None = None
    state: ComponentState | None = None
    #: In the code or the name.
    text: Word | None = None


class CameraFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which cameras."""

    grid: Word | None = None
    #: In the code or the name.
    text: Word | None = None


class Around(Position, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Around which position, and how far."""

    within_metres: Annotated[float, msgspec.Meta(gt=0, le=FARTHEST_METRES)] = 50
    most: Annotated[int, msgspec.Meta(ge=1, le=50)] = 5


class AroundOfSubcategory(Around, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Around which position, how far, and of which sub-category."""

    subcategory: Word | None = None


async def list_components(call: Call[ComponentFilter, None]) -> Reply:
    """Answer components."""
    wanted, register = call.query, await call.platform.points.components()
    found = (
        each
        for each in register
        if wanted.subcategory in (None, each.subcategory)
        and wanted.grid in (None, each.grid)
        and wanted.state in (None, each.state)
        and matches(wanted.text, each.code, each.name)
    )
    page = await page_of(found, lambda each: each.code, position(call), wanted.limit)
    version = call.platform.registers.in_force.number(RegisterName.COMPONENTS)
    items = [_component(each, ComponentShown) for each in page.items]
    body = ComponentList(items=items, next=next_cursor(call, page), count=page.count, version=version)
    return answered(body, headers={"etag": etag(version)})


async def get_component(call: Call[Nothing, None]) -> Reply:
    """Answer a component."""
    component = (await call.platform.points.components()).component(call.path["component"])
    if component is None:
        raise not_found()
    return answered(_component(component, ComponentShown))


async def list_near_components(call: Call[AroundOfSubcategory, None]) -> Reply:
    """Answer the components around a point that were not removed."""
    query, register = call.query, await call.platform.points.components()
    near = register.nearest(
        query.point(), within_metres=query.within_metres, most=query.most, subcategory=query.subcategory or ""
    )
    return answered(NearComponents(items=[_component(each.item, NearComponent, metres=each.metres) for each in near]))


async def list_cameras(call: Call[CameraFilter, None]) -> Reply:
    """Answer cameras."""
    wanted, register = call.query, await call.platform.points.cameras()
    found = (
        each for each in register if wanted.grid in (None, each.grid) and matches(wanted.text, each.code, each.name)
    )
    page = await page_of(found, lambda each: each.code, position(call), wanted.limit)
    version = call.platform.registers.in_force.number(RegisterName.CAMERAS)
    items = [_camera(each, CameraShown) for each in page.items]
    body = CameraList(items=items, next=next_cursor(call, page), count=page.count, version=version)
    return answered(body, headers={"etag": etag(version)})


async def list_near_cameras(call: Call[Around, None]) -> Reply:
    """Answer the cameras around a point."""
    query, register = call.query, await call.platform.points.cameras()
    near = register.nearest(query.point(), within_metres=query.within_metres, most=query.most)
    return answered(NearCameras(items=[_camera(each.item, NearCamera, metres=each.metres) for each in near]))


def _component(component: Component, shape: Any, **more: float) -> Any:
    return shown(component, shape, lon=component.point.lon, lat=component.point.lat, **_rounded(more))


def _camera(camera: Camera, shape: Any, **more: float) -> Any:
    return shown(camera, shape, lon=camera.point.lon, lat=camera.point.lat, **_rounded(more))


def _rounded(metres: dict[str, float]) -> dict[str, float]:
    """Surveyed positions are true to half a metre at best."""
    return {name: round(value, 2) for name, value in metres.items()}


def _reading(path: str, handler: Any, words: tuple[str, str], **more: Any) -> Route:
    return Route(method="GET", path=path, handler=handler, summary_zh=words[0], summary_en=words[1], **more)


RESOURCE = Resource(
    name="components",
    title_zh="部件与摄像机",
    title_en="Components and cameras",
    routes=(
        _reading(
            "/components", list_components, ("部件列表", "Components"), query=ComponentFilter, answer=ComponentList
        ),
        _reading(
            "/components/nearest",
            list_near_components,
            ("附近的部件", "Components around a point"),
            query=AroundOfSubcategory,
            answer=NearComponents,
        ),
        *exchange_routes(COMPONENTS),
        _reading("/components/{component}", get_component, ("部件", "A component"), answer=ComponentShown),
        _reading("/cameras", list_cameras, ("摄像机列表", "Cameras"), query=CameraFilter, answer=CameraList),
        _reading(
            "/cameras/nearest",
            list_near_cameras,
            ("附近的摄像机", "Cameras around a point"),
            query=Around,
            answer=NearCameras,
        ),
        *exchange_routes(CAMERAS),
    ),
)
