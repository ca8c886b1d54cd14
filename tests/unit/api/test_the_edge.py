"""What every route has in common."""

from __future__ import annotations

import aiohttp
import pytest

from api import Surface
from engine.commands import ClaimTask, CompleteTask
from engine.errors import InvalidState, Unavailable
from engine.store import Answer
from tests.unit.api.stand_in import StandIn
from tests.web_server import serving

COMPLETE = "/api/v1/tasks/12.3/complete"
KEY = {"idempotency-key": "a-key"}


async def refused(answer: aiohttp.ClientResponse) -> tuple[int, str]:
    assert answer.content_type == "application/problem+json"
    problem = await answer.json()
    assert problem["status"] == answer.status
    return answer.status, problem["code"]


async def test_health_says_that_the_process_lives(client: aiohttp.ClientSession) -> None:
    answer = await client.get("/healthz")
    assert (answer.status, await answer.json()) == (200, {"status": "ok"})


async def test_readiness_says_when_to_come_again(client: aiohttp.ClientSession, house: StandIn) -> None:
    house.not_ready = Unavailable("database_away", "数据库不可用", "The database is away")
    answer = await client.get("/readyz")
    assert await refused(answer) == (503, "database_away")
    assert int(answer.headers["retry-after"]) > 0


async def test_an_unknown_address_is_a_problem_document(client: aiohttp.ClientSession) -> None:
    answer = await client.get("/api/v1/nothing", headers={"accept-language": "en"})
    problem = await answer.json()
    assert await refused(answer) == (404, "route_not_found")
    assert (problem["title"], problem["detail"]) == ("Not found", problem["message_en"])


async def test_a_wrong_method_names_the_right_ones(client: aiohttp.ClientSession) -> None:
    answer = await client.put("/api/v1/sessions")
    assert await refused(answer) == (405, "method_not_allowed")
    assert answer.headers["allow"] == "DELETE, GET, POST"


async def test_no_header_overrides_the_method(acceptor: aiohttp.ClientSession, house: StandIn) -> None:
    headers = {"x-http-method-override": "POST", "x-method-override": "POST", **KEY}
    answer = await acceptor.get(COMPLETE, headers=headers)
    assert answer.status == 405
    assert house.bus.commands == []


async def test_a_command_reaches_the_bus_as_it_was_asked(acceptor: aiohttp.ClientSession, house: StandIn) -> None:
    house.bus.outcome = Answer(outcome="done", body=b'{"case":12,"exact":1.10}')
    body = {"data": {"result": "fixed"}, "comment": "done"}
    answer = await acceptor.post(COMPLETE, json=body, headers={**KEY, "if-match": '"7"'})
    assert (answer.status, await answer.read()) == (200, b'{"case":12,"exact":1.10}')
    (command,) = house.bus.commands
    assert isinstance(command, CompleteTask)
    assert (command.tree, command.task, command.expected) == (12, 3, 7)
    assert (command.data, command.comment, command.actor.id) == ({"result": "fixed"}, "done", "user:1")
    assert command.key is not None
    assert (command.key.actor, command.key.key) == ("user:1", "a-key")


async def test_a_body_may_be_left_out_where_nothing_is_read(acceptor: aiohttp.ClientSession, house: StandIn) -> None:
    assert (await acceptor.post("/api/v1/tasks/12.3/claim", headers=KEY)).status == 200
    assert (await acceptor.post("/api/v1/tasks/12.3/claim", json={}, headers=KEY)).status == 200
    assert [type(command) for command in house.bus.commands] == [ClaimTask, ClaimTask]


async def test_a_change_needs_its_idempotency_key(acceptor: aiohttp.ClientSession, house: StandIn) -> None:
    answer = await acceptor.post(COMPLETE, json={"data": {}})
    assert await refused(answer) == (400, "idempotency_key_missing")
    assert house.bus.commands == []


async def test_a_refusal_of_the_bus_is_answered_in_the_callers_language(
    acceptor: aiohttp.ClientSession, house: StandIn
) -> None:
    house.bus.outcome = InvalidState(
        "task_not_open", "该待办已办结", "The task is closed", details={"state": "completed"}
    )
    chinese = await acceptor.post(COMPLETE, json={"data": {}}, headers=KEY)
    english = await acceptor.post(COMPLETE, json={"data": {}}, headers={**KEY, "accept-language": "en"})
    assert await refused(chinese) == (409, "task_not_open")
    assert (await chinese.json())["detail"] == "该待办已办结"
    assert (await english.json())["detail"] == "The task is closed"
    assert (await english.json())["state"] == "completed"


async def test_a_defect_is_answered_with_an_id_and_nothing_else(
    acceptor: aiohttp.ClientSession, house: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    house.bus.outcome = RuntimeError("the inner secret")
    answer = await acceptor.post(COMPLETE, json={"data": {}}, headers=KEY)
    problem = await answer.json()
    assert await refused(answer) == (500, "internal_error")
    assert "secret" not in await answer.text()
    assert problem["failure"] in capsys.readouterr().out


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/me", "/api/v1/nothing", "/openapi.json"])
async def test_every_answer_carries_the_security_headers(client: aiohttp.ClientSession, path: str) -> None:
    answer = await client.get(path, headers={"origin": "https://evil.example"})
    # A long body that nobody reads would keep its connection.
    await answer.read()
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


async def test_the_numbers_tell_of_requests_and_commands(acceptor: aiohttp.ClientSession, house: StandIn) -> None:
    await acceptor.post(COMPLETE, json={"data": {}}, headers=KEY)
    house.bus.outcome = InvalidState("x", "中", "en")
    await acceptor.post(COMPLETE, json={"data": {}}, headers=KEY)
    numbers = await (await acceptor.get("/metrics")).text()
    path = "/tasks/{task}/complete"
    assert f'guiliu_http_requests_total{{method="POST",route="{path}",status="200"}} 1.0' in numbers
    assert f'guiliu_http_request_seconds_count{{method="POST",route="{path}"}} 2.0' in numbers
    assert 'guiliu_commands_total{command="CompleteTask",outcome="invalid_state"} 1.0' in numbers
    assert "guiliu_feed_horizon_seconds 0.25" in numbers
    assert "guiliu_timers_overdue 3.0" in numbers
    assert 'guiliu_timer_lateness_seconds{of="p99"} 0.09' in numbers
    assert 'guiliu_deliveries{state="failed",target="sewers"} 1.0' in numbers
    assert 'guiliu_delivery_oldest_seconds{target="sewers"} 40.0' in numbers


@pytest.mark.parametrize(("surface", "more"), [(Surface.PUBLIC, []), (Surface.EXCHANGE, ["/api/v1/inbound/{source}"])])
async def test_strangers_zones_show_only_whether_the_server_lives(
    house: StandIn, surface: Surface, more: list[str]
) -> None:
    async with serving(house, surface) as address, aiohttp.ClientSession(address) as session:
        document = await (await session.get("/openapi.json")).json()
        assert sorted(document["paths"]) == [*more, "/healthz", "/readyz"]
        assert (await session.get("/api/v1/me")).status == 404
        assert (await session.get("/metrics")).status == 404
