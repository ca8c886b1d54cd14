"""Units, users and groups over HTTP: saved by version, and no password ever shown."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from processes.sample import SAMPLE_PASSWORD
from tests.acceptance.city import Answer, City, Client
from tests.acceptance.registers.exchanges import put

pytestmark = pytest.mark.asyncio(loop_scope="module")

PASSWORD = "a password of my own"


async def sign_in(city: City, username: str, password: str) -> tuple[int, Any]:
    async with (
        aiohttp.ClientSession(city.address) as session,
        session.post("/api/v1/sessions", json={"username": username, "password": password}) as answer,
    ):
        return answer.status, await answer.json()


async def made(city: City, username: str, *posts: dict[str, str]) -> int:
    """An account with posts and a password; its id."""
    admin = await city.person("admin")
    user: int = (await admin.post("/users", {"username": username, "name": f"{username} 同志"})).body["id"]
    assert (await put(admin, f"/users/{user}/posts", {"posts": list(posts)}, if_match='"0"')).status == 201
    assert (await put(admin, f"/users/{user}/password", {"password": PASSWORD})).status == 204
    return user


async def tagged(person: Client, path: str) -> tuple[Answer, dict[str, str]]:
    """What stands there, and the header that a change of it needs."""
    answer = await person.get(path)
    return answer, {"if_match": answer.headers["etag"]}


async def test_units_are_listed_and_shown_with_those_below(city: City) -> None:
    dispatcher = await city.person("dispatcher")
    departments = (await dispatcher.get("/units", kind="department", limit=200)).body
    unit = (await dispatcher.get("/units/urban_management")).body
    assert "urban_management" in [item["code"] for item in departments["items"]]
    assert "sanitation" in unit["below"]
    assert (await dispatcher.get("/units/nobody")).status == 404


async def test_a_unit_is_made_changed_and_never_overwritten_unseen(city: City) -> None:
    admin = await city.person("admin")
    body = {"name": "市园林局", "kind": "department"}
    new = await put(admin, "/units/U99", body, if_match='"0"')
    taken = await put(admin, "/units/U99", body, if_match='"0"')
    _, tag = await tagged(admin, "/units/U99")
    changed = await put(admin, "/units/U99", {**body, "parent": "city_government", "is_valid": False}, **tag)
    unguarded = await put(admin, "/units/U99", body)
    assert [answer.status for answer in (new, taken, changed, unguarded)] == [201, 412, 200, 428]
    unit = (await admin.get("/units/U99")).body
    assert (unit["version"], unit["is_valid"], unit["parent"]) == (2, False, "city_government")


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"parent": "nobody"}, "/parent"),
        ({"parent": "U98"}, "/parent"),
        ({"name": "甲\u0007"}, "/name"),
        ({"kind": "club"}, "/kind"),
        ({"code": "X"}, "/code"),
    ],
)
async def test_a_unit_that_cannot_be_is_refused_at_its_place(city: City, change: dict[str, Any], pointer: str) -> None:
    body = {"name": "市园林局", "kind": "department", **change}
    refused = await put(await city.person("admin"), "/units/U98", body, if_match='"0"')
    assert (refused.status, refused.body["pointer"]) == (422, pointer)


async def test_somebody_new_can_sign_in_with_posts_and_password(city: City) -> None:
    user = await made(city, "new.clerk", {"post": "clerk", "unit": "forestry"})
    status, session = await sign_in(city, "new.clerk", PASSWORD)
    assert (status, session["user"]["unit"]["code"]) == (201, "forestry")
    shown = (await (await city.person("admin")).get(f"/users/{user}")).body
    assert shown["posts"] == [{"post": "clerk", "unit": "forestry"}]
    listed = (await (await city.person("leader")).get("/users", unit="forestry")).body["items"]
    assert [item["username"] for item in listed] == ["new.clerk"]


async def test_making_a_user_is_repeated_under_its_key_and_refused_under_another(city: City) -> None:
    admin = await city.person("admin")
    body = {"username": "once", "name": "一次"}
    first, again = [await admin.post("/users", body, idempotency_key="make-once") for _ in range(2)]
    other = await admin.post("/users", {**body, "username": "ONCE"})
    assert (first.status, first.body) == (again.status, again.body)
    assert (first.status, other.status) == (201, 412)


async def test_no_answer_holds_a_password_or_its_hash(city: City) -> None:
    user = await made(city, "silent")
    admin = await city.person("admin")
    answers = [
        await admin.get(f"/users/{user}"),
        await admin.get("/users"),
        await put(admin, f"/users/{user}/password", {"password": "short"}),
        await admin.get("/audit"),
    ]
    for answer in answers:
        text = str(answer.body)
        assert PASSWORD not in text
        assert "argon2" not in text
    assert (answers[2].status, answers[2].body["pointer"]) == (422, "/password")


async def test_disabling_a_user_ends_his_sessions(city: City) -> None:
    user = await made(city, "leaving", {"post": "leader"})
    _, session = await sign_in(city, "leaving", PASSWORD)
    admin = await city.person("admin")
    _, tag = await tagged(admin, f"/users/{user}")
    disabled = await put(admin, f"/users/{user}", {"name": "离任", "is_disabled": True}, **tag)
    headers = {"authorization": f"Bearer {session['token']}"}
    async with aiohttp.ClientSession(city.address, headers=headers) as left:
        assert (disabled.status, (await left.get("/api/v1/me")).status) == (200, 401)


async def test_a_post_or_unit_that_is_not_there_cannot_be_held(city: City) -> None:
    user = await made(city, "nowhere")
    admin = await city.person("admin")
    for body, pointer in (({"post": "king"}, "/posts/0/post"), ({"post": "clerk", "unit": "X"}, "/posts/0/unit")):
        refused = await put(admin, f"/users/{user}/posts", {"posts": [body]}, if_match='"1"')
        assert (refused.status, refused.body["pointer"]) == (422, pointer)


async def test_a_user_that_is_not_there_is_not_found(city: City) -> None:
    admin = await city.person("admin")
    answers = [
        await admin.get("/users/987654"),
        await put(admin, "/users/987654", {"name": "x"}, if_match='"1"'),
        await put(admin, "/users/987654/posts", {"posts": []}, if_match='"1"'),
        await put(admin, "/users/987654/password", {"password": PASSWORD}),
    ]
    assert [answer.status for answer in answers] == [404] * 4


async def test_a_group_tells_who_holds_it_and_what_it_may_do(city: City) -> None:
    leader = await city.person("leader")
    group = (await leader.get("/groups/dispatcher")).body
    may = (await leader.get("/groups/dispatcher/permissions")).body
    assert "dispatcher" in [member["username"] for member in group["members"]]
    assert "task.assign" in may["permissions"]
    assert {known["name"] for known in may["known"]} > set(may["permissions"])
    assert (await leader.get("/groups/nobody")).status == 404


async def test_a_permission_taken_away_is_gone_with_the_next_request(city: City) -> None:
    admin, leader = await city.person("admin"), await city.person("leader")
    assert (await leader.get("/units")).status == 200
    before, tag = await tagged(admin, "/groups/leader/permissions")
    fewer = [name for name in before.body["permissions"] if name != "organisation.read"]
    saved = await put(admin, "/groups/leader/permissions", {"permissions": fewer}, **tag)
    assert (saved.status, (await leader.get("/units")).status) == (200, 403)
    stale = await put(admin, "/groups/leader/permissions", {"permissions": before.body["permissions"]}, **tag)
    _, tag = await tagged(admin, "/groups/leader/permissions")
    back = await put(admin, "/groups/leader/permissions", {"permissions": before.body["permissions"]}, **tag)
    assert (stale.status, back.status, (await leader.get("/units")).status) == (412, 200, 200)


async def test_a_new_group_has_no_permission(city: City) -> None:
    admin = await city.person("admin")
    names = {"name_zh": "网格长", "name_en": "Grid warden"}
    assert (await put(admin, "/groups/warden", names, if_match='"0"')).status == 201
    assert (await admin.get("/groups/warden/permissions")).body["permissions"] == []


async def test_ones_own_password_is_changed_by_who_knows_it(city: City) -> None:
    await made(city, "own")
    _, session = await sign_in(city, "own", PASSWORD)
    headers = {"authorization": f"Bearer {session['token']}"}
    new = "another password of mine"
    async with aiohttp.ClientSession(city.address, headers=headers) as own:

        async def change(current: str, password: str) -> int:
            body = {"current": current, "password": password}
            return (await own.put("/api/v1/me/password", json=body)).status

        assert await change("not that one", new) == 422
        assert await change(PASSWORD, "short") == 422
        assert await change(PASSWORD, new) == 204
        assert (await own.get("/api/v1/me")).status == 401
    assert (await sign_in(city, "own", PASSWORD))[0] == 401
    assert (await sign_in(city, "own", new))[0] == 201


async def test_guessing_ones_own_password_has_to_wait(city: City) -> None:
    await made(city, "guessing")
    _, session = await sign_in(city, "guessing", PASSWORD)
    headers = {"authorization": f"Bearer {session['token']}"}
    async with aiohttp.ClientSession(city.address, headers=headers) as own:
        body = {"current": "a guess", "password": SAMPLE_PASSWORD}
        statuses = [(await own.put("/api/v1/me/password", json=body)).status for _ in range(6)]
    assert statuses == [422] * 5 + [429]
