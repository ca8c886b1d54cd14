"""A moment that a diagram waits for is shown to those whom it concerns, and passes by itself."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import pytest
import pytest_asyncio

from engine.timers import TimerClaims, TimerWorker
from guiliu.platform import Platform
from tests.acceptance.city import FILING, City

pytestmark = pytest.mark.asyncio(loop_scope="module")

REMINDER = """
<bpmn:boundaryEvent id="remind" name="催办" attachedToRef="accept" cancelActivity="false">
  <bpmn:timerEventDefinition id="soon"><bpmn:timeDuration>PT1S</bpmn:timeDuration></bpmn:timerEventDefinition>
</bpmn:boundaryEvent>
</bpmn:process>
""".encode()
TIMED = FILING.replace(b"</bpmn:process>", REMINDER)


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def reminded(city: City) -> None:
    """Publish the diagram in which acceptance is reminded of after a second."""
    await city.publish("filing", TIMED)


async def timers_of(city: City, case: int) -> list[dict[str, Any]]:
    leader = await city.person("leader")
    items = (await leader.get("/supervision/timers", limit=200)).body["items"]
    return [item for item in items if item["case"] == case]


async def test_a_timer_is_shown_while_it_is_waited_for_and_fires_by_itself(city: City, platform: Platform) -> None:
    case = (await city.report())["case"]

    leader, acceptor = await city.person("leader"), await city.person("acceptor")
    waits = (await leader.get(f"/cases/{case}/waits")).body["items"]
    (wait,) = [item for item in waits if item["kind"] == "timer"]
    (timer,) = await timers_of(city, case)
    assert (timer["element"], timer["attached_to"], timer["due_at"]) == ("remind", "accept", wait["due_at"])
    assert (datetime.fromisoformat(wait["due_at"]) - datetime.fromisoformat(wait["since"])).total_seconds() == 1
    assert (await acceptor.get("/supervision/timers")).status == 403

    worker = TimerWorker(platform.bus, TimerClaims(platform.database, platform.clock))
    worker.start()
    async with asyncio.timeout(60):
        while await timers_of(city, case):  # noqa: ASYNC110 - what is waited for happens in the database
            await asyncio.sleep(0.1)
    await worker.stop()
    left = (await leader.get(f"/cases/{case}/waits")).body["items"]
    assert [item["kind"] for item in left] == ["task"]
    shown = (await leader.get("/supervision/timers")).body
    assert (shown["overdue"], shown["lateness"]["fired"]) == (0, 1)
    assert 0 <= shown["lateness"]["median_seconds"] == shown["lateness"]["p99_seconds"]
    history = (await leader.get(f"/cases/{case}/history", limit=200)).body["items"]
    assert [entry["type"] for entry in history if entry["type"].startswith("Timer")] == ["TimerArmed", "TimerFired"]


async def test_timers_are_listed_page_by_page_the_next_one_due_first(city: City) -> None:
    cases = {(await city.report())["case"] for _ in range(3)}
    leader = await city.person("leader")
    first = (await leader.get("/supervision/timers", limit=2)).body
    second = (await leader.get("/supervision/timers", limit=2, cursor=first["next"])).body
    items = [*first["items"], *second["items"]]
    assert {item["case"] for item in items} == cases
    assert [item["due_at"] for item in items] == sorted(item["due_at"] for item in items)
    assert second["next"] is None
