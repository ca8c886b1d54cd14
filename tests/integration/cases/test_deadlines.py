"""Deadlines of cases as they are stored, listed and explained."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from engine.clock import VirtualClock
from processes.calendars import compile_calendar, sample_calendars
from processes.cases.queries import DeadlineQueries, OpenDeadline
from processes.cases.queries.pages import After, Page
from processes.deadlines import DeadlineSettings
from processes.escalations import WarningClaims
from processes.timekeeping import RederiveDeadlines, outdated_cases
from tests.integration.cases.house import ACCEPTOR, DISPATCHER, LEADER, STRANGER, SYSTEM, House
from tests.integration.cases.test_case_lists import ids
from tests.integration.cases.test_task_lists import Wanted as Tasks
from tests.integration.cases.test_task_lists import listed

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A filter that asks for nothing unless told."""

    lamp: str | None = None
    unit: str | None = None
    stage: str | None = None
    name: str | None = None


def at(house: House, moment: datetime) -> DeadlineQueries:
    """The deadlines as they are seen at a moment."""
    return replace(house.deadlines, clock=VirtualClock(moment))


async def open_ones(queries: DeadlineQueries, **wanted: Any) -> list[OpenDeadline]:
    return list((await queries.list(LEADER, Wanted(**wanted), None, 200)).items)


async def test_a_seat_has_its_minutes_and_the_task_says_when_it_is_due(house: House) -> None:
    case = await house.report()
    [deadline] = await house.deadlines.of_case(ACCEPTOR, case)
    assert (deadline.name, deadline.stage, deadline.amount, deadline.time_unit) == (
        "acceptance",
        "acceptance",
        15,
        "minute",
    )
    assert deadline.due_at == deadline.started_at + 15 * MINUTE
    assert deadline.warn_at == deadline.started_at + 12 * MINUTE
    [task] = await listed(house, ACCEPTOR)
    assert (task.warn_at, task.due_at, task.lamp) == (deadline.warn_at, deadline.due_at, "green")


async def test_a_deadline_that_is_to_warn_is_claimed_by_one_watch_at_a_time(house: House) -> None:
    case = await house.report()
    [deadline] = await house.deadlines.of_case(ACCEPTOR, case)
    assert deadline.warn_at is not None
    too_early = WarningClaims(house.database, VirtualClock(deadline.warn_at - timedelta(microseconds=1)))
    assert await too_early.claim(5) == []
    assert await too_early.next_due() == timedelta(microseconds=1)
    one, other = (WarningClaims(house.database, VirtualClock(deadline.warn_at)) for _ in range(2))
    assert [claimed.tree for claimed in await one.claim(5)] == [case]
    assert (await other.claim(5), await other.next_due()) == ([], None)
    async with house.database.unit_of_work() as uow:
        await uow.execute("update deadline set leased_until = clock_timestamp()")
    assert [claimed.tree for claimed in await other.claim(5)] == [case]


async def test_it_is_explained_line_by_line_in_both_languages(house: House) -> None:
    case = await house.file(await house.report())
    deadlines = await house.deadlines.of_case(LEADER, case)
    endings = {deadline.name: deadline.ending for deadline in deadlines}
    assert endings == {"acceptance": "met", "filing": "met", "case": None, "dispatch": None}
    for deadline in deadlines:
        assert all(line.message_zh and line.message_en for line in deadline.lines)
        is_of_seat = deadline.name != "case"
        assert deadline.lines[0].message_en.startswith("Limit of 15 minutes") is is_of_seat


async def test_lamps_of_the_lists_are_those_of_the_clock(house: House) -> None:
    """SQL and Python say the same, before, on and after each moment."""
    await house.report()
    [deadline] = await open_ones(house.deadlines)
    assert deadline.warn_at is not None
    assert deadline.due_at is not None
    for moment in (deadline.warn_at, deadline.due_at):
        for apart in (-MINUTE, timedelta(0), timedelta(microseconds=1), MINUTE):
            queries = at(house, moment + apart)
            [seen] = await open_ones(queries)
            page = await queries.list(LEADER, Wanted(lamp=seen.lamp), None, 10)
            assert [item.id for item in page.items] == [deadline.id]
            assert page.facets == {"lamp": {seen.lamp: 1}}


@pytest.mark.parametrize(("after", "lamp"), [(0, "green"), (12, "yellow"), (16, "red")])
async def test_cases_tasks_and_the_board_show_the_lamp(house: House, after: int, lamp: str) -> None:
    case = await house.report()
    house.cases._clock = house.tasks._clock = VirtualClock(datetime.now(UTC) + after * MINUTE)
    assert await ids(house, LEADER, lamp=lamp) == [case]
    assert await ids(house, LEADER, overdue=lamp == "red") == [case]
    assert await ids(house, LEADER, overdue=lamp != "red") == []
    assert [task.lamp for task in await listed(house, ACCEPTOR, lamp=lamp)] == [lamp]
    [cell] = await house.cases.board(LEADER)
    assert (cell.count, getattr(cell, lamp)) == (1, 1)


async def test_tasks_are_listed_by_when_they_are_due(house: House) -> None:
    first, second = await house.report(), await house.report()
    tasks = await listed(house, ACCEPTOR, sort="due")
    assert [task.case for task in tasks] == [first, second]
    due_at = tasks[0].due_at
    assert due_at is not None
    assert await listed(house, ACCEPTOR, due_before=due_at) == []
    assert len(await listed(house, ACCEPTOR, due_before=due_at + MINUTE)) == 2


async def test_what_is_due_at_no_moment_comes_last(house: House) -> None:
    cases = [await house.report() for _ in range(4)]
    still = cases[:2]
    for table in ("task", "deadline"):
        await house.database.fetch(f"update {table} set due_at = null where tree = any($1::bigint[])", still)  # noqa: S608
    by_due = [*cases[2:], *still]
    assert [task.case for task in await listed(house, ACCEPTOR, sort="due")] == by_due
    assert await gone_through(lambda after: house.tasks.list(ACCEPTOR, Tasks(sort="due"), after, 1)) == by_due
    assert await gone_through(lambda after: house.deadlines.list(LEADER, Wanted(), after, 1)) == by_due


async def gone_through(ask: Callable[[After], Awaitable[Page[Any]]]) -> list[int]:
    """The cases of a list that is read one at a time, to its end or one further than it can be."""
    found: list[int] = []
    page = await ask(None)
    while page.next is not None and len(found) <= 4:
        found += [item.case for item in page.items]
        page = await ask(page.next)
    return [*found, *(item.case for item in page.items)]


async def test_who_may_not_see_a_case_sees_no_deadline_of_it(house: House) -> None:
    await house.report()
    assert (await house.deadlines.list(STRANGER, Wanted(), None, 10)).items == []
    assert (await house.deadlines.list(DISPATCHER, Wanted(), None, 10)).items == []


async def outdated(house: House) -> list[int]:
    """Cases that were counted otherwise than they would be now."""
    versions, share = {"standard": house.calendar.version}, house.deadline_settings.warn_share
    return await outdated_cases(house.database, versions, share, after=0, limit=10)


async def test_cases_counted_by_an_earlier_calendar_are_found_and_counted_anew(house: House) -> None:
    case = await house.report()
    off = replace(sample_calendars()["standard"], name_en="changed")
    house.calendar = compile_calendar(off)
    assert await outdated(house) == [case]
    await house.bus.handle(RederiveDeadlines(actor=SYSTEM, tree=case))
    assert await outdated(house) == []


async def test_cases_that_warned_by_earlier_settings_are_found_and_counted_anew(house: House) -> None:
    case = await house.report()
    house.deadline_settings = DeadlineSettings(warn_share=Decimal("0.6"))
    assert await outdated(house) == [case]
    await house.bus.handle(RederiveDeadlines(actor=SYSTEM, tree=case))
    assert await outdated(house) == []
    [deadline] = await house.deadlines.of_case(ACCEPTOR, case)
    assert deadline.warn_at == deadline.started_at + 9 * MINUTE
    assert deadline.due_at == deadline.started_at + 15 * MINUTE
