"""Sessions end when they should, at once and everywhere; guessing gets slower."""

from __future__ import annotations

import aiohttp
import pytest

from processes.access import GrantPermissions, SetPassword
from processes.organisation import SaveAccount
from processes.sample import SAMPLE_PASSWORD
from tests.acceptance.city import SEED, City

pytestmark = pytest.mark.asyncio(loop_scope="module")
SESSIONS = "/api/v1/sessions"


async def sign_in(city: City, username: str, password: str = SAMPLE_PASSWORD) -> aiohttp.ClientResponse:
    return await (await city.stranger()).post(SESSIONS, json={"username": username, "password": password})


async def bearer(city: City, username: str) -> dict[str, str]:
    token = (await (await sign_in(city, username)).json())["token"]
    return {"authorization": f"Bearer {token}"}


async def me(city: City, headers: dict[str, str]) -> int:
    return (await (await city.stranger()).get("/api/v1/me", headers=headers)).status


async def test_a_session_says_who_one_is_and_where(city: City) -> None:
    answer = await (await sign_in(city, "clerk")).json()
    user = answer["user"]
    assert (user["username"], user["posts"][0]["key"], bool(user["unit"]["name"])) == ("clerk", "clerk", True)
    assert f"clerk@{user['unit']['code']}" in user["groups"]
    assert "task.perform" in user["permissions"]


async def test_after_signing_out_the_token_is_worth_nothing(city: City) -> None:
    headers = await bearer(city, "clerk")
    assert await me(city, headers) == 200
    assert (await (await city.stranger()).delete(SESSIONS, headers=headers)).status == 204
    assert await me(city, headers) == 401


async def test_a_new_password_ends_every_session(city: City) -> None:
    headers = await bearer(city, "verifier")
    hash_ = await city.platform.passwords.hash("another-password")
    await city.platform.bus.handle(SetPassword(actor=SEED, username="verifier", hash=hash_))
    assert await me(city, headers) == 401
    assert (await sign_in(city, "verifier", "another-password")).status == 201


async def test_a_disabled_account_is_out_at_once(city: City) -> None:
    headers = await bearer(city, "supervisor")
    disable = SaveAccount(actor=SEED, username="supervisor", name="金哈斯", is_disabled=True)
    await city.platform.bus.handle(disable)
    assert await me(city, headers) == 401
    assert (await sign_in(city, "supervisor")).status == 401


async def test_a_permission_taken_away_is_missing_at_once(city: City) -> None:
    leader = await city.person("leader")
    assert (await leader.get("/supervision/board")).status == 200
    await city.platform.bus.handle(GrantPermissions(actor=SEED, post="leader", permissions=frozenset()))
    assert (await leader.get("/supervision/board")).status == 403


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("nobody", SAMPLE_PASSWORD),
        ("clerk", f" {SAMPLE_PASSWORD}"),
        ("' OR 1=1--", "x"),
        ("ⅽlerk", "x"),
    ],
)
async def test_wrong_names_and_wrong_passwords_look_the_same(city: City, username: str, password: str) -> None:
    answer = await sign_in(city, username, password)
    assert (answer.status, (await answer.json())["code"]) == (401, "sign_in_failed")


async def test_guessing_has_to_wait_longer_and_longer(city: City) -> None:
    answers = [await sign_in(city, "integrator", f"guess-{number}") for number in range(6)]
    statuses = [answer.status for answer in answers]
    assert statuses[:4] == [401] * 4
    assert statuses[-1] == 429
    assert int(answers[-1].headers["retry-after"]) >= 1
