"""Sessions by cookie and by token; other sites' pages are kept out."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.unit.api.stand_in import PASSWORD, StandIn
from tests.web_server import serving

SESSIONS = "/api/v1/sessions"
ME = "/api/v1/me"
CLAIM = "/api/v1/tasks/1.1/claim"
GOOD = {"username": "acceptor", "password": PASSWORD}


@pytest.fixture
async def browser(house: StandIn) -> AsyncIterator[aiohttp.ClientSession]:
    """Signed in with a cookie."""
    async with serving(house) as address:
        jar = aiohttp.CookieJar(unsafe=True)  # unsafe: cookies of a host that is a number
        async with aiohttp.ClientSession(address, cookie_jar=jar) as session:
            assert (await session.post(SESSIONS, json=GOOD)).status == 201
            yield session


def change(csrf: str | None = "csrf-of-this-session", **headers: str) -> dict[str, str]:
    return {"idempotency-key": "k", **({"x-csrf-token": csrf} if csrf else {}), **headers}


async def test_signing_in_answers_token_csrf_and_person(client: aiohttp.ClientSession, house: StandIn) -> None:
    answer = await client.post(SESSIONS, json=GOOD)
    body = await answer.json()
    assert answer.status == 201
    assert body["token"] in house.sessions.live
    assert (body["csrf"], body["expires_at"]) == ("csrf-of-this-session", "2027-01-01T00:00:00Z")
    assert (body["user"]["id"], body["user"]["posts"][0]["name_zh"]) == ("user:1", "受理员")


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    client: aiohttp.ClientSession, house: StandIn
) -> None:
    answer = await client.post(SESSIONS, json=GOOD)
    parts = answer.headers["set-cookie"].split("; ")
    assert parts[0] == "guiliu=" + (await answer.json())["token"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(parts)
    assert "Secure" not in parts


async def test_in_production_the_cookie_travels_over_tls_only(house: StandIn) -> None:
    house.is_production = True
    async with serving(house) as address, aiohttp.ClientSession(address) as session:
        parts = (await session.post(SESSIONS, json=GOOD)).headers["set-cookie"].split("; ")
    assert parts[0].startswith("__Host-guiliu=")
    assert {"Secure", "Path=/"} <= set(parts)


@pytest.mark.parametrize("wrong", [{"username": "nobody"}, {"password": "wrong"}])
async def test_whatever_is_wrong_the_answer_is_the_same(client: aiohttp.ClientSession, wrong: dict[str, str]) -> None:
    answer = await client.post(SESSIONS, json={**GOOD, **wrong})
    assert (answer.status, (await answer.json())["code"]) == (401, "sign_in_failed")
    assert "set-cookie" not in answer.headers


async def test_a_password_longer_than_a_kilobyte_is_not_even_tried(
    client: aiohttp.ClientSession, house: StandIn
) -> None:
    answer = await client.post(SESSIONS, json={"username": "acceptor", "password": "x" * 1025})
    assert (answer.status, (await answer.json())["pointer"]) == (422, "/password")
    assert house.sessions.peers == []


async def test_forwarded_headers_do_not_change_who_the_peer_is(client: aiohttp.ClientSession, house: StandIn) -> None:
    spoofed = {"x-forwarded-for": "10.9.9.9", "forwarded": "for=10.9.9.9", "x-real-ip": "10.9.9.9"}
    await client.post(SESSIONS, json=GOOD, headers=spoofed)
    assert house.sessions.peers == ["127.0.0.1"]


async def test_the_cookie_says_who_asks(browser: aiohttp.ClientSession) -> None:
    assert (await (await browser.get(ME)).json())["username"] == "acceptor"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Bearer nothing-of-ours"},
        {"authorization": "Bearer "},
        {"authorization": "Basic YWNjZXB0b3I6cmlnaHQ="},
        {"authorization": "Bearer " + "x" * 5000},
        {"authorization": "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."},
        {"cookie": "guiliu=nothing-of-ours"},
        {"cookie": "guiliu=; guiliu="},
    ],
)
async def test_who_is_not_known_is_told_so(client: aiohttp.ClientSession, headers: dict[str, str]) -> None:
    answer = await client.get(ME, headers=headers)
    assert (answer.status, (await answer.json())["code"]) == (401, "not_signed_in")


async def test_a_disabled_account_is_out_at_once(client: aiohttp.ClientSession, house: StandIn) -> None:
    token = house.sessions.token_of("disabled")
    assert (await client.get(ME, headers={"authorization": f"Bearer {token}"})).status == 401


async def test_after_signing_out_the_token_is_worth_nothing(client: aiohttp.ClientSession, house: StandIn) -> None:
    headers = {"authorization": "Bearer " + house.sessions.token_of("acceptor")}
    answer = await client.delete(SESSIONS, headers=headers)
    assert (answer.status, await answer.read()) == (204, b"")
    assert (await client.get(ME, headers=headers)).status == 401


async def test_a_change_by_cookie_needs_the_csrf_token(browser: aiohttp.ClientSession, house: StandIn) -> None:
    without = await browser.post(CLAIM, headers=change(csrf=None))
    wrong = await browser.post(CLAIM, headers=change(csrf="another"))
    right = await browser.post(CLAIM, headers=change())
    assert [without.status, wrong.status, right.status] == [403, 403, 200]
    assert (await without.json())["code"] == "csrf_token_wrong"
    assert len(house.bus.commands) == 1


@pytest.mark.parametrize("origin", ["null", "https://evil.example", "http://127.0.0.1:1", "javascript:"])
async def test_a_change_from_another_sites_page_is_refused(
    browser: aiohttp.ClientSession, house: StandIn, origin: str
) -> None:
    answer = await browser.post(CLAIM, headers=change(origin=origin))
    assert (answer.status, (await answer.json())["code"]) == (403, "foreign_origin")
    assert house.bus.commands == []


async def test_a_browser_that_only_says_cross_site_is_refused(browser: aiohttp.ClientSession) -> None:
    answer = await browser.post(CLAIM, headers={**change(), "sec-fetch-site": "cross-site"})
    assert (await answer.json())["code"] == "foreign_origin"


async def test_our_own_page_may_change_things(browser: aiohttp.ClientSession) -> None:
    own = str((await browser.get("/healthz")).url.origin())
    assert (await browser.post(CLAIM, headers=change(origin=own))).status == 200


async def test_with_origins_named_the_asked_host_does_not_count(browser: aiohttp.ClientSession, house: StandIn) -> None:
    house.origins = frozenset({"https://city.example"})
    own = str((await browser.get("/healthz")).url.origin())
    assert (await browser.post(CLAIM, headers=change(origin=own))).status == 403
    assert (await browser.post(CLAIM, headers=change(origin="https://city.example"))).status == 200


async def test_another_sites_page_cannot_sign_anybody_in(client: aiohttp.ClientSession) -> None:
    answer = await client.post(SESSIONS, json=GOOD, headers={"origin": "https://evil.example"})
    assert answer.status == 403


async def test_a_plain_form_cannot_sign_anybody_in(client: aiohttp.ClientSession) -> None:
    assert (await client.post(SESSIONS, data=GOOD)).status == 415


async def test_a_page_opened_within_a_session_learns_who_asks_and_the_token(browser: aiohttp.ClientSession) -> None:
    body = await (await browser.get(SESSIONS)).json()
    assert (body["csrf"], body["user"]["username"]) == ("csrf-of-this-session", "acceptor")
    assert (await browser.post(CLAIM, headers=change(body["csrf"]))).status == 200


async def test_nobody_learns_a_token_without_a_session(client: aiohttp.ClientSession) -> None:
    assert (await client.get(SESSIONS)).status == 401


async def test_a_demo_names_its_sample_accounts_and_production_none(
    client: aiohttp.ClientSession, house: StandIn
) -> None:
    welcome = await (await client.get("/api/v1/welcome")).json()
    assert "acceptor" in [sample["username"] for sample in welcome["samples"]]
    assert welcome["sample_password"]
    house.is_production = True
    assert await (await client.get("/api/v1/welcome")).json() == {"samples": [], "sample_password": ""}
