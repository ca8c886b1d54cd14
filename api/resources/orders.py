"""Supervision orders: listed, answered by the unit, lifted by whoever supervises."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from api.commands import carry_out
from api.lists import CountedList, Paging, Word, counted
from api.naming import person_name, subcategory_names, unit_names
from api.resources.tasks import OpenedTask
from api.routes import Call, Nothing, Reply, Resource, Route
from api.shapes import shown
from processes.access import Permission
from processes.supervision import OrderStep, TakeOrderStep

Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class OrderFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which orders."""

    #: ``all`` for every state.
    state: Literal["open", "completed", "moot", "cancelled", "all"] = "open"
    #: Code of the unit that is responsible for the case.
    unit: Word | None = None
    #: Ordered from this moment on, and before that one.
    ordered_from: Moment | None = None
    ordered_before: Moment | None = None


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """A supervision order."""

    #: Also the id of its procedure.
    id: str
    case: int
    number: str
    subcategory: str
    subcategory_name: str
    subcategory_name_en: str
    #: Code of the unit that is responsible for the case; ``null`` before there is one.
    unit: str | None
    unit_name: str
    unit_name_en: str
    verb: str
    #: ``Actor.id`` and name of who ordered it.
    starter: str
    starter_name: str
    started_at: datetime
    #: What was ordered, as its form has it, and the words beside it.
    data: dict[str, Any]
    comment: str
    #: ``open``, ``completed`` (lifted), ``moot`` (the case ended first) or ``cancelled``.
    state: str
    ended_at: datetime | None
    #: ``answer`` or ``lift``; empty when it waits for neither.
    awaits: str
    #: Id of the task by which that is done; its form says what is asked.
    task: str | None


class Orders(CountedList, frozen=True, kw_only=True):
    """A page of orders, the latest first, with counts by state and by what is awaited."""

    items: list[Order]


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was typed into the form of the task, and words beside it."""

    data: dict[str, Any] = {}
    comment: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class StepTaken(msgspec.Struct, frozen=True, kw_only=True):
    """The order, what became of it, and what that moved."""

    case: int
    order: str
    state: str
    opened: list[OpenedTask]
    #: Where the case stands now, when that changed.
    stage: str = ""


async def list_orders(call: Call[OrderFilter, None]) -> Reply:
    """Answer a page of the orders on cases that the caller may see."""
    return await counted(call, call.platform.orders.list, Orders, lambda row: _order(call, row))


async def answer_order(call: Call[Nothing, Step]) -> Reply:
    """Say how things stand."""
    return await _take(call, OrderStep.ANSWER)


async def lift_order(call: Call[Nothing, Step]) -> Reply:
    """Lift the order, or ask for another answer."""
    return await _take(call, OrderStep.LIFT)


async def _take(call: Call[Nothing, Step], step: OrderStep) -> Reply:
    order = call.path["order"]
    command = TakeOrderStep(
        actor=call.signed_in.actor,
        key=call.key,
        tree=order.tree,
        order=order.number,
        step=step,
        data=call.body.data,
        comment=call.body.comment,
    )
    return await carry_out(call, command)


def _order(call: Call[OrderFilter, None], row: Any) -> Order:
    name, name_en = unit_names(call.platform, row.unit)
    about, about_en = subcategory_names(call.platform, row.subcategory)
    order: Order = shown(
        row,
        Order,
        subcategory_name=about,
        subcategory_name_en=about_en,
        unit_name=name,
        unit_name_en=name_en,
        starter_name=person_name(call.platform, row.starter),
    )
    return order


RESOURCE = Resource(
    name="orders",
    title_zh="督办单",
    title_en="Supervision orders",
    routes=(
        Route(
            method="GET",
            path="/supervision/orders",
            handler=list_orders,
            summary_zh="督办单：谁下达、等待回复还是销号",
            summary_en="Supervision orders: who ordered them, and whether they wait to be answered or lifted",
            query=OrderFilter,
            answer=Orders,
            permission=Permission.SUPERVISION_READ,
        ),
        Route(
            method="POST",
            path="/supervision/orders/{order}/answer",
            handler=answer_order,
            summary_zh="回复督办单",
            summary_en="Answer a supervision order",
            body=Step,
            answer=StepTaken,
            keyed=True,
        ),
        Route(
            method="POST",
            path="/supervision/orders/{order}/lift",
            handler=lift_order,
            summary_zh="督办销号，或要求重新回复",
            summary_en="Lift a supervision order, or ask for another answer",
            body=Step,
            answer=StepTaken,
            keyed=True,
        ),
    ),
)
