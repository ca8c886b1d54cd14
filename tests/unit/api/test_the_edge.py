"""What every route has in common."""

from __future__ import annotations

import aiohttp

from tests.unit.api.stand_in import StandIn


async def test_health_says_that_the_process_lives(client: aiohttp.ClientSession) -> None:
    answer = await client.get("/healthz")
    assert (answer.status, await answer.json()) == (200, {"status": "ok"})


async def test_an_unknown_address_is_a_problem_document(client: aiohttp.ClientSession) -> None:
    answer = await client.get("/api/v1/nothing", headers={"accept-language": "en"})
    problem = await answer.json()
    assert answer.status == 404
    assert answer.content_type == "application/problem+json"
    assert (problem["code"], problem["status"], problem["title"]) == ("route_not_found", 404, "Not found")
    assert problem["message_zh"]
    assert problem["message_en"]


async def test_a_wrong_method_names_the_right_ones(client: aiohttp.ClientSession) -> None:
    answer = await client.put("/api/v1/sessions")
    assert answer.status == 405
    assert answer.headers["allow"] == "DELETE, POST"


async def test_me_is_the_bearer_of_the_token(acceptor: aiohttp.ClientSession, house: StandIn) -> None:
    answer = await acceptor.get("/api/v1/me")
    assert answer.status == 200
    assert (await answer.json())["username"] == "acceptor"
