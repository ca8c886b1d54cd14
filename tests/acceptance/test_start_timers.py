"""Cases that begin by themselves: armed by publishing, fired once by whichever worker comes first, shown over HTTP."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from engine.clock import VirtualClock
from engine.crash import EXIT_CODE
from engine.definitions import DefinitionKind, PublishDefinition, RetireDefinition, SaveDefinitionDraft
from engine.errors import Invalid
from engine.start_timers import FireStartTimer, StartTimerClaims, StartTimerWorker
from engine.timers import TIMER
from guiliu.platform import Platform, build_platform, open_platform
from processes.access import GrantPermissions, Permission
from tests.acceptance.city import SEED, City
from tests.acceptance.conftest import Furnished, settings_in
from tests.database import clone, remove, url_of
from tests.unit.spiff.drawing import (
    chain,
    document,
    end,
    extensions,
    mapping,
    message,
    of_message,
    start,
    timer,
    user,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

#: A Thursday; the rounds are on Mondays at eight in the morning of the city.
THURSDAY, MONDAY = datetime(2099, 2, 26, 4, tzinfo=UTC), datetime(2099, 3, 2, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
WEEKLY = timer("timeCycle", "R/2099-01-05T08:00:00/P7D")
REPORT = (
    '= {subcategory: "component-0101", channel: "inspector", description: "例行巡查 " + string(today()), '
    'location: {lon: 122.0705, lat: 46.0801, crs: "CGCS2000"}}'
)


def rounds(key: str, *begun: str, report: str = REPORT, look: str = "look") -> bytes:
    """A process that begins so with that report."""
    outputs = extensions(mapping(outputs={"report": report, "round": "= today()"}))
    line = (user(look, groups="acceptor"), end(), chain("due", look, "end"))
    return document(message("m", f"{key}.asked"), start("due", outputs + "".join(begun)), *line, key=key)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def clock() -> VirtualClock:
    return VirtualClock(THURSDAY)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def platform(
    server: str, furnished: Furnished, clock: VirtualClock, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Platform]:
    """The house with a clock that stands still until it is moved."""
    name = f"guiliu_test_{uuid4().hex[:12]}"
    await clone(server, name, furnished.database)
    settings = settings_in(tmp_path_factory.mktemp("house"))
    async with open_platform(build_platform(settings, url_of(server, name), clock=clock)) as opened:
        permissions = frozenset({Permission.CASE_READ_ALL, Permission.FAULT_RETRY, Permission.MESSAGE_SEND})
        await opened.bus.handle(GrantPermissions(actor=SEED, post="integrator", permissions=permissions))
        yield opened
    await remove(server, name)


@pytest_asyncio.fixture(loop_scope="module", autouse=True)
async def at_first(platform: Platform, clock: VirtualClock) -> None:
    """Each test begins on the Thursday, with nothing armed."""
    clock.now = THURSDAY
    await platform.database.fetch("delete from start_timer")


async def publish(platform: Platform, source: bytes, key: str = "rounds", number: int | None = None) -> None:
    names: dict[str, Any] = {"actor": SEED, "kind": DefinitionKind.PROCESS, "key_name": key}
    await platform.bus.handle(SaveDefinitionDraft(**names, source=source))
    await platform.bus.handle(PublishDefinition(**names, number=number))


async def retire(platform: Platform, key: str, number: int) -> None:
    names: dict[str, Any] = {"actor": SEED, "kind": DefinitionKind.PROCESS, "key_name": key}
    await platform.bus.handle(RetireDefinition(**names, number=number, note="x"))


def worker(platform: Platform) -> StartTimerWorker:
    return StartTimerWorker(platform.bus, StartTimerClaims(platform.database, platform.clock))


async def armed(platform: Platform, key: str = "rounds") -> list[tuple[int, datetime, int | None]]:
    """Version, moment and firings that follow, of what is armed."""
    rows = await platform.database.fetch(
        "select number, due_at, repeats from start_timer where process = $1 order by place", key
    )
    return [tuple(row) for row in rows]


async def told(platform: Platform, key: str) -> list[tuple[str, str | None]]:
    """What became of each firing."""
    rows = await platform.database.fetch("select state, refusal from message where begins = $1 order by id", key)
    return [tuple(row) for row in rows]


async def test_a_process_begins_each_monday_and_is_seen_to(city: City, platform: Platform, clock: VirtualClock) -> None:
    await publish(platform, rounds("rounds", WEEKLY))
    leader = await city.person("leader")
    assert await worker(platform).fire_due() == 0
    for monday in (MONDAY, MONDAY + WEEK):
        (shown,) = (await leader.get("/supervision/timers")).body["starts"]
        assert (shown["process"], shown["number"], shown["repeats"]) == ("rounds", 1, None)
        assert datetime.fromisoformat(shown["due_at"]) == monday
        clock.now = monday
        assert await worker(platform).fire_due() == 1
        await platform.deliverer.deliver_wanted()
    assert await told(platform, "rounds") == [("consumed", None)] * 2
    cases = [row["tree"] for row in await platform.database.fetch("select tree from message where begins = 'rounds'")]
    case = (await leader.get(f"/cases/{cases[0]}")).body
    assert case["description"] == "例行巡查 2099-03-02"
    history = (await leader.get(f"/cases/{cases[0]}/history")).body["items"]
    (begun,) = [each["payload"] for each in history if each["type"] == "StartTriggered"]
    assert (begun["kind"], begun["name"], begun["sender"]) == ("timer", "rounds", TIMER.id)
    assert [each["element"] for each in (await leader.get(f"/cases/{cases[1]}/tasks")).body["items"]] == ["look"]


async def test_two_workers_at_once_and_one_that_was_overtaken_begin_one_case(
    platform: Platform, clock: VirtualClock
) -> None:
    await publish(platform, rounds("raced", WEEKLY), "raced")
    clock.now = MONDAY
    slow = StartTimerClaims(platform.database, clock, lease=timedelta(0))
    (overtaken,) = await slow.claim(10)
    await asyncio.gather(*(worker(platform).fire_due() for _ in range(4)))
    late = FireStartTimer(actor=TIMER, process="raced", place=overtaken.place, lease=overtaken.lease)
    assert b'"message":null' in (await platform.bus.handle(late)).body
    await asyncio.gather(*(platform.deliverer.deliver_wanted() for _ in range(3)))
    assert await told(platform, "raced") == [("consumed", None)]
    assert await armed(platform, "raced") == [(1, MONDAY + WEEK, None)]
    begun = "select count(*) from event where type = 'StartTriggered' and payload like '%\"raced\"%'"
    assert await platform.database.fetchval(begun) == 1


@pytest.mark.parametrize("point", ["unit_of_work.before_commit:2", "start_timer.after_fire"])
async def test_a_worker_that_dies_leaves_one_case_to_the_others(
    platform: Platform, clock: VirtualClock, point: str
) -> None:
    """Once with the firing not committed, once with the case not begun."""
    key = point.partition(".")[0]
    await publish(platform, rounds(key, WEEKLY), key)
    clock.now = MONDAY
    arguments = (platform.database.url, str(platform.settings.home), MONDAY.isoformat())
    dying = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.acceptance.dying_start_timer", *arguments,
        env={**os.environ, "GUILIU_CRASH": point},
    )  # fmt: skip
    assert await dying.wait() == EXIT_CODE
    assert len(await told(platform, key)) == (point == "start_timer.after_fire")
    await platform.database.fetch("update start_timer set leased_until = null")
    await worker(platform).fire_due()
    await platform.deliverer.deliver_wanted()
    assert await told(platform, key) == [("consumed", None)]
    assert await armed(platform, key) == [(1, MONDAY + WEEK, None)]


async def test_after_an_outage_a_cycle_fires_once_and_goes_on_in_step(platform: Platform, clock: VirtualClock) -> None:
    await publish(platform, rounds("missed", timer("timeCycle", "R3/2099-01-05T08:00:00/P7D")), "missed")
    clock.now = MONDAY + 2 * WEEK + timedelta(hours=5)
    assert await worker(platform).fire_due() == 1
    assert await armed(platform, "missed") == [(1, MONDAY + 3 * WEEK, 1)]
    for monday in (MONDAY + 3 * WEEK, MONDAY + 4 * WEEK):
        clock.now = monday
        await worker(platform).fire_due()
    assert await armed(platform, "missed") == []
    assert len(await told(platform, "missed")) == 3


async def test_what_is_armed_is_what_the_version_in_force_says(platform: Platform, clock: VirtualClock) -> None:
    key, once = "varied", timer("timeDate", "2099-03-01T08:00:00")
    await publish(platform, rounds(key, WEEKLY), key)
    await publish(platform, rounds(key, once, of_message("m")), key)
    sunday = datetime(2099, 3, 1, 0, tzinfo=UTC)
    assert await armed(platform, key) == [(2, sunday, None)]
    await publish(platform, rounds(key, of_message("m")), key)
    assert await armed(platform, key) == []
    await publish(platform, rounds(key, of_message("m")), key, number=1)
    assert await armed(platform, key) == [(4, MONDAY, None)]
    await retire(platform, key, 4)
    assert await armed(platform, key) == []
    await retire(platform, key, 3)
    assert await armed(platform, key) == [(2, sunday, None)]
    clock.now = sunday
    await worker(platform).fire_due()
    assert await armed(platform, key) == []
    await retire(platform, key, 2)
    await retire(platform, key, 1)
    assert await armed(platform, key) == []
    # Nobody begins with what has fired already.
    await platform.deliverer.deliver_wanted()
    assert await told(platform, key) == [("open", None)]


@pytest.mark.parametrize(
    ("drawn", "report", "code"),
    [
        (timer("timeDate", "2099-02-26T08:00:00"), REPORT, "start_passed"),
        (timer("timeDate", '= "soon"'), REPORT, "timer_unusable"),
        (WEEKLY, '= {description: "x"}', "report_unfit"),
        (WEEKLY, REPORT.replace("component-0101", "component-9999"), "subcategory_unknown"),
    ],
)
async def test_what_would_begin_nothing_is_not_published(
    platform: Platform, drawn: str, report: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await publish(platform, rounds("never", drawn, report=report), "never")
    assert (refused.value.code, refused.value.element) == (code, "due")
    assert await armed(platform, "never") == []


async def test_a_firing_of_which_no_case_comes_waits_for_people(
    city: City, platform: Platform, clock: VirtualClock
) -> None:
    """The report is only right until the Monday; a version that is right begins the case of that Monday late."""
    until_monday = REPORT.replace('"inspector"', 'if today() < date("2099-03-02") then "inspector" else "nobody"')
    await publish(platform, rounds("spoilt", WEEKLY, report=until_monday), "spoilt")
    clock.now = MONDAY
    await worker(platform).fire_due()
    await platform.deliverer.deliver_wanted()
    operator = await city.person("integrator")
    (refused,) = (await operator.get("/messages", refused="true")).body["items"]
    assert (refused["begins"], refused["refusal"], refused["sender"]) == ("spoilt", "channel_unknown", TIMER.id)
    assert await armed(platform, "spoilt") == [(1, MONDAY + WEEK, None)]
    await publish(platform, rounds("spoilt", WEEKLY), "spoilt")
    assert (await operator.post(f"/messages/{refused['id']}/retry")).status == 201
    assert (await operator.get(f"/messages/{refused['id']}")).body["state"] == "consumed"


async def test_a_message_begins_what_a_timer_begins_too_with_what_the_start_makes_of_it(
    city: City, platform: Platform
) -> None:
    either = REPORT.replace('"例行巡查 " + string(today())', 'if asked = null then "例行巡查" else asked')
    await publish(platform, rounds("either", WEEKLY, of_message("m"), report=either), "either")
    operator = await city.person("integrator")
    sent = await operator.post(
        "/messages", {"name": "either.asked", "correlation_key": "1", "variables": {"asked": "临时巡查"}}
    )
    await platform.deliverer.deliver_wanted()
    taken = (await operator.get(f"/messages/{sent.body['message']}")).body
    assert (await operator.get(f"/cases/{taken['case']}")).body["description"] == "临时巡查"
    assert await armed(platform, "either") == [(1, MONDAY, None)]
