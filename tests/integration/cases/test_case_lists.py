"""Lists, counts, the board and the details of cases, each seen by those who may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from engine.actors import Actor
from engine.errors import NotFound
from processes.cases import Location
from processes.cases.queries import case_list, words
from tests.integration.cases.house import (
    ACCEPTOR,
    CLERK,
    DISPATCHER,
    LEADER,
    OTHER_CLERK,
    REPORTER,
    STRANGER,
    House,
    person,
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A filter that asks for nothing unless told."""

    stage: str | None = None
    category: str | None = None
    unit: str | None = None
    grid: str | None = None
    channel: str | None = None
    text: str | None = None
    reported_from: datetime | None = None
    reported_before: datetime | None = None
    open: bool | None = None
    lamp: str | None = None
    overdue: bool | None = None


async def ids(house: House, actor: Actor, **wanted: Any) -> list[int]:
    page = await house.cases.list(actor, Wanted(**wanted), None, 200)
    return [item.id for item in page.items]


async def test_a_list_shows_the_newest_first_in_pages(house: House) -> None:
    cases = [await house.report() for _ in range(5)]
    first = await house.cases.list(LEADER, Wanted(), None, 2)
    second = await house.cases.list(LEADER, Wanted(), first.next, 2)
    third = await house.cases.list(LEADER, Wanted(), second.next, 2)
    assert [item.id for page in (first, second, third) for item in page.items] == cases[::-1]
    assert (first.count, third.next) == (5, None)


async def test_a_list_shows_what_the_actor_may_see_and_nothing_else(house: House) -> None:
    mine, theirs = await house.dispatch(await house.report(), "U12"), await house.dispatch(await house.report(), "U13")
    assert await ids(house, LEADER) == await ids(house, DISPATCHER) == [theirs, mine]
    assert await ids(house, CLERK) == [mine]
    assert await ids(house, OTHER_CLERK) == [theirs]
    assert await ids(house, STRANGER) == []
    page = await house.cases.list(CLERK, Wanted(), None, 10)
    assert page.facets == {"stage": {"disposal": 1}, "unit": {"U12": 1}}


async def test_each_filter_finds_what_it_names(house: House) -> None:
    lamp = await house.report(subcategory="component-0102", channel="hotline", description="路灯 50%_不亮")
    cover = await house.dispatch(await house.report(by=person(11)))
    found = {
        "stage": await ids(house, LEADER, stage="disposal"),
        "unit": await ids(house, LEADER, unit="U12"),
        "kind": await ids(house, LEADER, category="component"),
        "class": await ids(house, LEADER, category="component-01"),
        "subcategory": await ids(house, LEADER, category="component-0102"),
        "channel": await ids(house, LEADER, channel="hotline"),
        "text": await ids(house, LEADER, text="50%_不"),
        "wildcard": await ids(house, LEADER, text="5%0"),
        "address": await ids(house, LEADER, text="兴安北路"),
        "grid": await ids(house, LEADER, grid="152201001001001"),
        "closed": await ids(house, LEADER, open=False),
    }
    assert found == {
        "stage": [cover],
        "unit": [cover],
        "kind": [cover, lamp],
        "class": [cover, lamp],
        "subcategory": [lamp],
        "channel": [lamp],
        "text": [lamp],
        "wildcard": [],
        "address": [cover, lamp],
        "grid": [],
        "closed": [],
    }


async def test_a_period_includes_its_beginning_and_not_its_end(house: House) -> None:
    case = await house.report()
    at = (await house.cases.detail(LEADER, case)).reported_at
    assert await ids(house, LEADER, reported_from=at) == [case]
    assert await ids(house, LEADER, reported_before=at) == []
    assert await ids(house, LEADER, reported_before=at + timedelta(seconds=1)) == [case]


@pytest.mark.parametrize("text", ["' or 1=1 --", "%", "_", "\\", "{}", "$1"])
async def test_a_search_takes_every_character_to_the_letter(house: House, text: str) -> None:
    await house.report(description="井盖")
    marked = await house.report(description=f"标记 {text} 完")
    assert await ids(house, LEADER, text=text) == [marked]


async def test_counts_are_the_same_whether_taken_together_or_value_by_value(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for unit in ("U12", "U12", "U13"):
        await house.dispatch(await house.report(), unit)
    await house.report()
    together = await house.cases.list(LEADER, Wanted(), None, 1)
    monkeypatch.setattr(case_list, "_MOST_GROUPED", 0)
    assert await house.cases.list(LEADER, Wanted(), None, 1) == together
    monkeypatch.setattr(case_list, "_MOST_EXPECTED", 0)
    apart = await house.cases.list(LEADER, Wanted(), None, 1)
    assert together.facets == {
        "stage": {"acceptance": 1, "disposal": 3},
        "unit": {"": 1, "U12": 2, "U13": 1},
    }
    assert apart.facets["stage"] == together.facets["stage"]
    assert apart.facets["unit"] == {"U12": 2, "U13": 1}


async def test_the_board_counts_open_cases_by_stage_and_unit(house: House) -> None:
    await house.dispatch(await house.report(), "U12")
    await house.dispatch(await house.report(), "U13")
    await house.close(await house.report())
    await house.report()
    cells = [(cell.stage, cell.unit, cell.count) for cell in await house.cases.board(LEADER)]
    assert cells == [("acceptance", None, 1), ("disposal", "U12", 1), ("disposal", "U13", 1)]
    assert [(cell.stage, cell.unit) for cell in await house.cases.board(CLERK)] == [("disposal", "U12")]


async def test_what_one_may_not_see_is_not_found_wherever_one_asks(house: House) -> None:
    case = await house.report(location=Location(lon=122.07, lat=46.08, crs="WGS-84"))
    for question in (
        house.cases.detail(STRANGER, case),
        house.cases.history(STRANGER, case, None, 10),
        house.cases.tasks(STRANGER, case),
        house.cases.waits(STRANGER, case),
        house.cases.instance(STRANGER, case, 1),
        house.tasks.detail(STRANGER, case, await house.open_task(case)),
        house.cases.detail(LEADER, 4711),
    ):
        with pytest.raises(NotFound):
            await question
    assert await house.cases.visible(STRANGER, [case]) == frozenset()
    assert await house.cases.visible(REPORTER, [case, 4711]) == {case}


async def test_a_case_tells_its_tasks_and_its_instance(house: House) -> None:
    case = await house.file(await house.report())
    tasks = await house.cases.tasks(REPORTER, case)
    assert [(task.element, task.state, task.performer) for task in tasks] == [
        ("accept", "completed", ACCEPTOR.id),
        ("file", "completed", "user:4"),
        ("dispatch_case", "open", None),
    ]
    instance = await house.cases.instance(REPORTER, case, 1)
    assert (instance.definition_key, instance.definition_number, instance.state) == ("case", 1, "active")


async def test_a_case_says_whom_it_waits_for(house: House) -> None:
    case = await house.report()
    [offered] = await house.cases.waits(REPORTER, case)
    assert (offered.kind, offered.name, offered.who_zh) == ("task", "受理", "待受理员签收")
    assert offered.who_en == "To be claimed by: Acceptor"
    await house.perform(case, ACCEPTOR, decision="accept")
    await house.perform(case, person(4, "shift-lead"), decision="file", condition="component-0101-01")
    await house.perform(case, DISPATCHER, decision="dispatch", responsible_unit="U13")
    [at_unit] = await house.cases.waits(REPORTER, case)
    assert at_unit.who_zh == "待市水利局经办人签收"
    assert at_unit.who_en == "To be claimed by: Clerk of 市水利局"


async def test_audiences_are_told_for_events(house: House) -> None:
    case = await house.report()
    told = await house.cases.audiences([case, 4711])
    assert told == {case: {"user:1", "group:acceptor"}}


MANY = """
insert into cases
select (jsonb_populate_record(c, jsonb_build_object(
    'tree', 1000000 + n, 'number', c.number || n, 'description', '小区门口第' || n || '处路面破损'
))).*
from cases c, generate_series(1, 3000) as n where c.description = '路面破损'
"""


THEIR_WORDS = """
insert into case_search (tree, words, number, place)
select tree, number || ' ' || description || ' ' || address, number, point(lon, lat) from cases on conflict do nothing
"""


async def test_a_text_is_found_by_its_index_however_many_cases_there_are(house: House) -> None:
    await house.report(description="路面破损")
    marked = await house.report(description="古桥东侧护栏断裂")
    async with house.database.unit_of_work() as uow:
        await uow.execute(MANY)
        await uow.execute(THEIR_WORDS)
        await uow.execute("analyze cases, case_search")
    async with house.database.reading() as connection:
        conditions = case_list._conditions(LEADER, Wanted(text="护栏断"), case_list._FILTERS)
        counting = f"explain select count(*) from cases c where {conditions.sql}"  # noqa: S608 - the list's own conditions
        plan = await connection.fetch(counting, *conditions.values)
    assert any("case_search_words" in row[0] for row in plan)
    assert await ids(house, LEADER, text="护栏断") == await ids(house, LEADER, text="桥") == [marked]


async def test_a_case_is_found_where_it_lies_now_and_not_where_it_was_said_to_lie(house: House) -> None:
    case = await house.report()
    async with house.database.unit_of_work() as uow:
        await uow.execute("update cases set address = '胜利路 8 号', lon = 122.5 where tree = $1", case)
    found = await house.database.fetchrow(
        "select s.words = c.number || ' ' || c.description || ' 胜利路 8 号' as words, s.place[0] as lon, "
        "s.place[1] = c.lat as lat from case_search s join cases c on c.tree = s.tree where c.tree = $1",
        case,
    )
    assert found is not None
    assert (found["words"], found["lon"], found["lat"]) == (True, 122.5, True)
    assert await ids(house, LEADER, text="胜利路") == [case]


async def test_a_common_text_is_counted_among_the_newest_cases_and_told_as_the_least(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "MOST_SOUGHT", 1_000)
    await house.report(description="路面破损")
    async with house.database.unit_of_work() as uow:
        await uow.execute(MANY)
        await uow.execute(THEIR_WORDS)
    # Of 3,000 numbers 1,111 begin with 2, among them those from 2,001 to 2,999 of the newest thousand.
    common = await house.cases.list(LEADER, Wanted(text="门口第2"), None, 2)
    assert (common.count, common.facets["stage"]) == ("999+", {"acceptance": "999+"})
    assert [case.description for case in common.items] == ["小区门口第2999处路面破损", "小区门口第2998处路面破损"]
    following = await house.cases.list(LEADER, Wanted(text="门口第2"), common.next, 1)
    assert [case.description for case in following.items] == ["小区门口第2997处路面破损"]
    rare = await house.cases.list(LEADER, Wanted(text="门口第25"), None, 1)
    assert (rare.count, rare.facets["stage"]) == (111, {"acceptance": 111})
    # Where no more cases are asked for than are looked at, nothing is left out.
    nowhere = await house.cases.list(LEADER, Wanted(text="门口第2", stage="filing"), None, 1)
    assert (nowhere.count, nowhere.facets["stage"]) == (0, {})
