"""Lists of tasks: one's own work, a group's, a unit's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from engine.actors import Actor
from engine.commands import ClaimTask, SaveDraft
from processes.cases.queries import TaskSummary
from tests.integration.cases.house import ACCEPTOR, CLERK, DISPATCHER, LEADER, STRANGER, House, person


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A filter that asks for nothing unless told."""

    mine: bool = False
    group: str | None = None
    unit: str | None = None
    stage: str | None = None
    lamp: str | None = None
    due_before: datetime | None = None
    sort: str = "opened"
    watched: bool = False


async def listed(house: House, actor: Actor, **wanted: Any) -> list[TaskSummary]:
    return list((await house.tasks.list(actor, Wanted(**wanted), None, 200)).items)


async def cases(house: House, actor: Actor, **wanted: Any) -> list[int]:
    return [task.case for task in await listed(house, actor, **wanted)]


async def claim(house: House, case: int, by: Actor) -> None:
    await house.bus.handle(ClaimTask(actor=by, tree=case, task=await house.open_task(case)))


async def test_ones_work_is_what_is_offered_and_unclaimed_and_what_one_has(house: House) -> None:
    offered, mine, taken = [await house.report() for _ in range(3)]
    other = await house.file(await house.report())
    await claim(house, mine, ACCEPTOR)
    await claim(house, taken, person(22, "acceptor"))
    assert await cases(house, ACCEPTOR) == [offered, mine]
    assert await cases(house, ACCEPTOR, mine=True) == [mine]
    assert await cases(house, DISPATCHER) == [other]
    assert await cases(house, STRANGER) == []


async def test_a_task_is_listed_as_one_needs_to_see_it(house: House) -> None:
    body = await house.reported()
    [task] = await listed(house, ACCEPTOR)
    assert (task.id, task.case, task.number) == (body["opened"][0]["id"], body["case"], body["number"])
    assert (task.name, task.element, task.stage, task.groups) == ("受理", "accept", "acceptance", ("acceptor",))
    assert (task.assignee, task.version) == (None, 1)


async def test_the_work_of_a_group_shows_claimed_tasks_too_to_those_who_see_the_cases(house: House) -> None:
    first, second = await house.report(), await house.report()
    await claim(house, second, ACCEPTOR)
    assert await cases(house, LEADER, group="acceptor") == [first, second]
    assert await cases(house, STRANGER, group="acceptor") == []


async def test_the_work_of_a_unit_is_that_of_its_open_cases(house: House) -> None:
    ours, theirs = await house.dispatch(await house.report(), "U12"), await house.dispatch(await house.report(), "U13")
    assert await cases(house, LEADER, unit="U12") == [ours]
    assert await cases(house, CLERK, unit="U13") == []
    assert await cases(house, LEADER, unit="U13", stage="disposal") == [theirs]
    assert await cases(house, LEADER, unit="U13", stage="filing") == []


async def test_the_oldest_come_first_in_pages_across_offered_and_held(house: House) -> None:
    reported = [await house.report() for _ in range(6)]
    for case in reported[1::2]:
        await claim(house, case, ACCEPTOR)
    seen: list[int] = []
    after = None
    for _ in range(4):
        page = await house.tasks.list(ACCEPTOR, Wanted(), after, 2)
        seen += [task.case for task in page.items]
        after = page.next
        if after is None:
            break
    assert seen == reported


async def test_tasks_are_counted_by_stage_and_group(house: House) -> None:
    many = person(30, "acceptor", "dispatcher", "clerk@U12")
    await house.report()
    await house.report()
    await house.file(await house.report())
    await house.dispatch(await house.report())
    page = await house.tasks.list(many, Wanted(), None, 1)
    assert page.count == 4
    assert page.facets == {
        "stage": {"acceptance": 2, "dispatch": 1, "disposal": 1},
        "group": {"acceptor": 2, "dispatcher": 1, "clerk@U12": 1},
    }
    assert (await house.tasks.list(many, Wanted(stage="dispatch"), None, 1)).count == 1


async def test_counts_stop_at_a_thousand(house: House) -> None:
    case = await house.report()
    async with house.database.unit_of_work() as uow:
        await uow.execute(
            """
            insert into task (tree, id, version, instance, element, name, form, form_version, queue, stage, priority,
                              excluded, assignee, state, opened_at)
            select tree, 1000 + n, 1, instance, element, name, form, form_version, queue, stage, priority, excluded,
                   null, state, opened_at
            from task, generate_series(1, 1200) n where tree = $1 and state = 'open'
            """,
            case,
        )
    page = await house.tasks.list(ACCEPTOR, Wanted(), None, 1)
    assert page.count == "1000+"
    assert page.facets["stage"] == {"acceptance": "1000+"}


async def test_a_task_shows_its_form_and_its_draft(house: House) -> None:
    case = await house.report()
    await claim(house, case, ACCEPTOR)
    task = await house.open_task(case)
    await house.bus.handle(SaveDraft(actor=ACCEPTOR, tree=case, task=task, data={"decision": "accept", "half": 0.5}))
    detail = await house.tasks.detail(ACCEPTOR, case, task)
    assert detail.form is not None
    assert (detail.form["key"], detail.form["title"]["zh"]) == ("acceptance", "受理")
    assert detail.draft is not None
    assert (dict(detail.draft.data), detail.draft.version) == ({"decision": "accept", "half": pytest.approx(0.5)}, 1)
    assert (detail.assignee, detail.state, detail.excluded) == (ACCEPTOR.id, "open", ())


async def test_a_yellow_task_is_found_by_how_long_tasks_of_its_queue_warn(house: House) -> None:
    case = await house.report()
    assert await cases(house, ACCEPTOR, lamp="yellow") == []
    known = "select warned_for from queue where key = 'acceptor'"
    assert await house.database.fetchval(known) == timedelta(days=1)
    longer = "update task set warn_at = now() - interval '1 hour', due_at = now() + interval '23 hours' where tree = $1"
    async with house.database.unit_of_work() as uow:
        await uow.execute(longer, case)
    for sort in ("opened", "due"):
        assert await cases(house, ACCEPTOR, lamp="yellow", sort=sort) == [case]
    page = await house.tasks.list(ACCEPTOR, Wanted(lamp="yellow"), None, 1)
    assert page.count == 1
