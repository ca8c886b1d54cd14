"""Outside systems are configured, asked and watched over HTTP, and people decide what a machine cannot."""

from __future__ import annotations

import json
from typing import Any

import pytest
import pytest_asyncio

from guiliu.platform import Platform
from processes.access import GrantPermissions, Permission
from tests.acceptance.city import SEED, City
from tests.acceptance.outside import SECRET, asking_city, configure, delivery_of, put, send_all, target
from tests.integration.connectors.bad_servers import Receiver, receiving, refusing

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def asking(city: City, platform: Platform) -> None:
    """Publish the diagram that tells an outside system of every case; the integrator may also intervene."""
    await asking_city(city, platform)


async def given_up(city: City, platform: Platform, receiver: Receiver) -> dict[str, Any]:
    """A delivery that the other side refuses."""
    await configure(city, receiver.url)
    case = (await city.report())["case"]
    receiver.mishaps.append(refusing)
    await send_all(platform)
    return await delivery_of(city, case)


async def test_a_target_is_configured_with_its_version_and_never_tells_its_secret(city: City) -> None:
    integrator, leader = await city.person("integrator"), await city.person("leader")
    made = await put(integrator, target("http://127.0.0.1:9/api"), 0, "lamps")
    assert (made.status, made.headers["etag"]) == (201, '"1"')
    shown = await integrator.get("/connectors/lamps")
    assert (shown.headers["etag"], shown.body["content"]["secret"]) == ('"1"', "sewers")
    assert SECRET not in json.dumps((await integrator.get("/connectors")).body)
    assert (await put(integrator, target("http://127.0.0.1:9/api"), 0, "lamps")).status == 412
    wrong = await put(integrator, target("file:///etc/passwd"), 1, "lamps")
    assert (wrong.status, wrong.body["pointer"]) == (422, "/url")
    assert (await put(leader, target("http://127.0.0.1:9/api"), 1, "lamps")).status == 403
    assert (await integrator.get("/connectors/nobody")).status == 404


async def test_what_fails_is_shown_with_its_cause_and_what_may_be_done(city: City, platform: Platform) -> None:
    async with receiving() as receiver:
        delivery = await given_up(city, platform, receiver)
        assert (delivery["state"], delivery["code"], delivery["target"]) == ("failed", "http_409", "sewers")
        integrator, lead = await city.person("integrator"), await city.person("shift-lead")
        (mine,) = [
            each for each in (await integrator.get("/faults")).body["items"] if each["delivery"] == delivery["id"]
        ]
        assert "不归我管" in mine["message_zh"]
        by_hand = [f"/instances/{mine['instance']}/{hand}" for hand in ("variables", "move", "cancel")]
        assert [each["path"] for each in mine["actions"]] == [
            *(f"/deliveries/{delivery['id']}/{verb}" for verb in ("retry", "edit", "skip")),
            *by_hand,
        ]
        (theirs,) = [each for each in (await lead.get("/faults")).body["items"] if each["delivery"] == delivery["id"]]
        assert [each["path"] for each in theirs["actions"]] == [f"/deliveries/{delivery['id']}/retry"]
        (wait,) = [each for each in (await lead.get(f"/cases/{mine['case']}/waits")).body["items"] if each["fault"]]
        assert wait["actions"] == theirs["actions"]
        health = (await integrator.get("/connectors/sewers")).body["health"]
        assert (health["failed"], health["last_failure"]["delivery"]) == (1, delivery["id"])
        await integrator.post(f"/deliveries/{delivery['id']}/skip", {"reason": "电话已告知"})
        assert (await integrator.get("/connectors/sewers")).body["health"]["failed"] == 0


async def test_a_preview_says_what_follows_and_changes_nothing(city: City, platform: Platform) -> None:
    async with receiving() as receiver:
        delivery = await given_up(city, platform, receiver)
        integrator = await city.person("integrator")
        address = f"/deliveries/{delivery['id']}"
        for verb, body in (("retry", {}), ("edit", {"payload": {}, "reason": "x"}), ("skip", {"reason": "x"})):
            told = await integrator.post(f"{address}/{verb}?preview=true", body)
            assert (told.status, told.body["taken"]) == (200, False)
            assert "sewers" in told.body["follows"]["zh"]
        assert (await integrator.get(address)).body["state"] == "failed"
        retried = await integrator.post(f"{address}/retry")
        assert (retried.status, retried.body["taken"]) == (200, True)
        await send_all(platform)
        done = (await integrator.get(address)).body
        assert (done["state"], done["payload"]["number"]) == ("done", delivery["number"])
        assert receiver.effects == [delivery["id"]]
        late = await integrator.post(f"{address}/retry?preview=true")
        assert (late.status, late.code) == (409, "delivery_not_at_rest")
        assert (await integrator.post(f"{address}/retry")).status == 404


async def test_a_changed_message_is_another_one_and_a_repeated_decision_is_one(city: City, platform: Platform) -> None:
    async with receiving() as receiver:
        delivery = await given_up(city, platform, receiver)
        integrator, address = await city.person("integrator"), f"/deliveries/{delivery['id']}"
        body = {"payload": {"number": "改过"}, "reason": "号码写错"}
        first, again = [await integrator.post(f"{address}/edit", body, Idempotency_Key="edit-1") for _ in range(2)]
        assert (first.status, first.body) == (again.status, again.body)
        await send_all(platform)
        shown = (await integrator.get(address)).body
        assert (shown["state"], shown["revision"]) == ("done", 1)
        assert receiver.effects == [f"{delivery['id']}-1"]
        assert json.loads(receiver.requests[-1]["body"]) == {"number": "改过"}


async def test_who_may_not_see_a_case_sees_none_of_its_deliveries(city: City, platform: Platform) -> None:
    async with receiving() as receiver:
        delivery = await given_up(city, platform, receiver)
        grant = frozenset({Permission.TASK_PERFORM, Permission.FAULT_RETRY})
        await city.platform.bus.handle(GrantPermissions(actor=SEED, post="verifier", permissions=grant))
        stranger = await city.person("verifier")
        assert (await stranger.get("/deliveries")).body["items"] == []
        assert (await stranger.get("/faults")).body["items"] == []
        assert (await stranger.get(f"/deliveries/{delivery['id']}")).status == 404
        assert (await stranger.post(f"/deliveries/{delivery['id']}/retry")).status == 404


async def test_deliveries_are_listed_page_by_page_by_state_and_target(city: City) -> None:
    cases = [(await city.report())["case"] for _ in range(3)]
    integrator = await city.person("integrator")
    wanted = {"state": "open", "target": "sewers"}
    first = (await integrator.get("/deliveries", limit=2, **wanted)).body
    second = (await integrator.get("/deliveries", limit=2, cursor=first["next"], **wanted)).body
    assert [item["case"] for item in [*first["items"], *second["items"]]][:3] == cases[::-1]
    assert (await integrator.get("/deliveries", state="nonsense")).status == 422
    assert (await integrator.get("/deliveries", target="nobody")).body["items"] == []
