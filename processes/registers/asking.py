"""Who should act? A question in the words of whoever asks, answered from the registers in force."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from engine.errors import Invalid, InvalidState
from processes.catalogue import CatalogueError
from processes.registers.live import InForce, LiveRegisters
from processes.registers.points import PointRegisters
from processes.responsibility import Order, Proposal, Question, ResponsibilityError
from processes.territory import Component, GridState, Place, Point


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is known of a case: where it is, by point, grid or component, and what it is about."""

    #: Key of the sub-category; that of the component when none is given.
    subcategory: str | None = None
    point: Point | None = None
    grid: str | None = None
    #: Number of a component of the register.
    component: str | None = None


@dataclass(frozen=True, kw_only=True)
class Answered:
    """The proposal, and where it was taken to be."""

    place: Place
    subcategory: str
    proposal: Proposal


class Asking:
    """Answers who should act."""

    def __init__(self, live: LiveRegisters, points: PointRegisters, order: Callable[[], Awaitable[Order]]) -> None:
        """``order`` is asked for each question: in which order the lists are looked at."""
        self._live = live
        self._points = points
        self._order = order

    async def ask(self, asked: Asked) -> Answered:
        """The unit proposed.

        Raises ``Invalid`` for what is not known, ``InvalidState`` before there are grids or when the order of the
        lists cannot be decided.
        """
        in_force = self._live.in_force
        if not len(in_force.grids):
            raise InvalidState(
                "territory_empty", "尚未导入单元网格", "No unit can be proposed before grids are imported"
            )
        component = await self._component(asked.component)
        place = _place(asked, component, in_force)
        subcategory = _subcategory(asked, component, in_force)
        question = Question(subcategory, place, component.code if component else "")
        try:
            proposal = in_force.responsibility.propose(question, order=await self._order())
        except ResponsibilityError as error:
            raise InvalidState(error.code, error.message_zh, error.message_en) from error
        return Answered(place=place, subcategory=subcategory, proposal=proposal)

    async def _component(self, code: str | None) -> Component | None:
        if code is None:
            return None
        component = (await self._points.components()).component(code)
        if component is None:
            raise Invalid(
                "component_unknown", "没有这个部件", f"There is no component {code!a:.40}", pointer="/component"
            )
        return component


def _place(asked: Asked, component: Component | None, in_force: InForce) -> Place:
    if asked.grid is not None:
        return _place_of_grid(asked.grid, in_force)
    point = asked.point or (component.point if component else None)
    if point is None:
        raise Invalid(
            "place_missing",
            "请给出位置、单元网格或部件",
            "Expected a point, a grid or a component",
            pointer="/point",
        )
    place = in_force.locator.place_of(point)
    if place is None:
        raise Invalid(
            "outside_grids", "该位置不在任何单元网格内", "The position lies outside all unit grids", pointer="/point"
        )
    return place


def _place_of_grid(code: str, in_force: InForce) -> Place:
    if code not in in_force.grids or in_force.grids.grid(code).state is not GridState.VALID:
        raise Invalid("grid_unknown", "没有这个有效的单元网格", f"There is no valid grid {code!a:.40}", pointer="/grid")
    middle = in_force.grids.grid(code).boundary.representative_point()
    return Place(Point(middle.x, middle.y), code)


def _subcategory(asked: Asked, component: Component | None, in_force: InForce) -> str:
    key = asked.subcategory or (component.subcategory if component else "")
    try:
        return in_force.catalogue.subcategory(key).key
    except CatalogueError:
        raise Invalid(
            "subcategory_unknown",
            "目录中没有这个小类",
            f"Expected a known sub-category, but got {key!a:.80}",
            pointer="/subcategory",
        ) from None
