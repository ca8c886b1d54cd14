"""What a process uses of the city: limits and calendars at its elements, and how much of the catalogue and the lists.

The rows themselves are listed by ``/catalogue/conditions`` and ``/responsibilities/…`` with ``process=``.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from api.answers import answered
from api.routes import Call, Nothing, Reply, Route
from engine.definitions import DefinitionKind
from engine.feel import FeelError, FunctionTable, compile_expression, parse_attribute
from engine.spiff import Use, UseKind
from processes.access import Permission
from processes.contents import calendar_register
from processes.registers import InForce
from processes.timekeeping import FILING_LIMIT, USUAL_CALENDAR


class ReachedLimit(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline that the process declares."""

    #: Id of the element, or of the process itself.
    element: str
    #: As it is written.
    limit: str
    #: Whether it asks for the limit of a filing condition.
    is_of_condition: bool
    #: Key of the calendar, as it is written.
    calendar: str


class ReachedCalendar(msgspec.Struct, frozen=True, kw_only=True):
    """A calendar by which deadlines of the process count."""

    key: str
    name_zh: str
    name_en: str
    #: Its ``ETag``; 0 where the city has no such calendar.
    version: int
    elements: list[str]


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """What the newest version, else the draft, uses of the city."""

    #: Whose cases run the process, begun by it or called.
    subcategories: int
    conditions: int
    limits: list[ReachedLimit]
    calendars: list[ReachedCalendar]


async def get_reach(call: Call[Nothing, None]) -> Reply:
    """Answer what the process uses of the city."""
    key, in_force = call.path["process"], call.platform.registers.in_force
    found = await call.platform.uses.of(DefinitionKind.PROCESS, key)
    handled = await call.platform.uses.handled(key)
    limits = _limits(found.uses, call.platform.functions)
    conditions = sum(condition.subcategory in handled for condition in in_force.catalogue.conditions)
    body = Reach(
        subcategories=len(handled), conditions=conditions, limits=limits, calendars=_calendars(limits, in_force)
    )
    return answered(body)


def _limits(uses: Iterable[Use], functions: FunctionTable) -> list[ReachedLimit]:
    calendars = {use.element: use.key for use in uses if use.kind is UseKind.CALENDAR}
    return [
        ReachedLimit(
            element=use.element,
            limit=use.key,
            is_of_condition=_asks_for_filing_limit(use.key, functions),
            calendar=calendars.get(use.element, USUAL_CALENDAR),
        )
        for use in uses
        if use.kind is UseKind.LIMIT
    ]


def _asks_for_filing_limit(limit: str, functions: FunctionTable) -> bool:
    """Whether the limit, as it is written, calls the function; one that cannot be read has findings of its own."""
    text = parse_attribute(limit)
    if not text:
        return False
    try:
        return any(called.name == FILING_LIMIT for called in compile_expression(text, functions=functions).calls)
    except FeelError:
        return False


def _calendars(limits: Iterable[ReachedLimit], in_force: InForce) -> list[ReachedCalendar]:
    elements: dict[str, list[str]] = {}
    for limit in limits:
        elements.setdefault(limit.calendar, []).append(limit.element)
    return [_calendar(key, elements[key], in_force) for key in sorted(elements)]


def _calendar(key: str, elements: list[str], in_force: InForce) -> ReachedCalendar:
    known = in_force.calendars.get(key)
    return ReachedCalendar(
        key=key,
        name_zh=known.rows.name_zh if known else key,
        name_en=known.rows.name_en if known else key,
        version=in_force.number(calendar_register(key)) if known else 0,
        elements=elements,
    )


ROUTE = Route(
    method="GET",
    path="/processes/{process}/reach",
    handler=get_reach,
    summary_zh="流程用到的时限、日历，及它所办小类和立案条件的数目",
    summary_en="The limits and calendars that a process uses, and how many sub-categories and conditions it handles",
    answer=Reach,
    permission=Permission.PROCESS_READ,
)
