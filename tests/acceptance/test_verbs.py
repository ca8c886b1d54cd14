"""Verbs over HTTP: what may be done is said beforehand with the reason in words, and the same is done or refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acceptance.city import City, Client

pytestmark = pytest.mark.asyncio(loop_scope="module")

REASON = {"reason": "不属于本单位职责"}


async def verbs(person: Client, case: int) -> dict[str, dict[str, Any]]:
    answer = await person.get(f"/cases/{case}/verbs")
    assert answer.status == 200, answer
    return {item["verb"]: item for item in answer.body["items"]}


async def use(person: Client, case: int, verb: str, data: dict[str, Any] | None = None, **more: Any) -> Any:
    return await person.post(f"/cases/{case}/verbs/{verb}", {"data": data or {}, **more})


async def open_elements(person: Client, case: int) -> list[str]:
    items = (await person.get(f"/cases/{case}/tasks")).body["items"]
    return sorted(item["element"] for item in items if item["state"] == "open")


async def test_whoever_works_on_it_may_return_it_and_the_dispatcher_agrees(city: City) -> None:
    case, task = await city.walk("dispose")
    clerk, dispatcher = await city.person("clerk"), await city.person("dispatcher")
    offered = (await verbs(clerk, case))["return"]
    assert (offered["allowed"], offered["tasks"], offered["name"]) == (True, [task], "退回")
    assert offered["schema"]["schema"]["required"] == ["reason"]

    used = await use(clerk, case, "return", REASON, comment="请重新派遣")
    assert (used.status, used.body["state"]) == (200, "open")
    (review,) = used.body["opened"]
    assert (review["element"], review["groups"]) == ("review", ["dispatcher", "shift-lead"])
    assert await open_elements(clerk, case) == ["dispose", "review"]
    again = (await verbs(clerk, case))["return"]
    assert (again["allowed"], again["reason_en"]) == (
        False,
        '"return" is being handled; "return" can be started once that has ended',
    )
    assert (await use(clerk, case, "return", REASON)).code == "verb_pending"

    done = await dispatcher.perform(review["id"], {"decision": "approve"})
    assert (done.status, done.body["stage"]) == (200, "dispatch")
    assert await open_elements(dispatcher, case) == ["dispatch_case"]
    facts = (await dispatcher.get(f"/cases/{case}")).body["facts"]
    assert (facts["return_count"], facts["return_reason"]) == (1, REASON["reason"])
    (procedure,) = (await dispatcher.get(f"/cases/{case}/procedures")).body["items"]
    assert (procedure["verb"], procedure["host"], procedure["state"]) == ("return", task, "completed")
    assert (procedure["effects"], procedure["comment"], procedure["starter"]) == (["reenter"], "请重新派遣", clerk.id)


async def test_a_return_that_is_not_agreed_changes_nothing(city: City) -> None:
    case, _ = await city.walk("dispose")
    clerk, lead = await city.person("clerk"), await city.person("shift-lead")
    used = await use(clerk, case, "return", REASON)
    review = used.body["opened"][0]["id"]
    assert (await lead.post(f"/tasks/{review}/claim")).status == 200
    silent = await lead.post(f"/tasks/{review}/complete", {"data": {"decision": "reject"}})
    assert (silent.status, silent.body["pointer"]) == (422, "/data/opinion")
    done = await lead.post(f"/tasks/{review}/complete", {"data": {"decision": "reject", "opinion": "属于你单位"}})
    assert done.status == 200
    assert await open_elements(clerk, case) == ["dispose"]
    assert (await verbs(clerk, case))["return"]["allowed"]


async def test_a_request_is_moot_when_the_unit_did_the_work_after_all(city: City) -> None:
    case, task = await city.walk("dispose")
    clerk = await city.person("clerk")
    await use(clerk, case, "return", REASON)
    assert (await clerk.perform(task, {"result": "fixed", "measures": "补装井盖"})).status == 200
    assert await open_elements(clerk, case) == ["verify"]
    (procedure,) = (await clerk.get(f"/cases/{case}/procedures")).body["items"]
    assert procedure["state"] == "moot"
    history = (await clerk.get(f"/cases/{case}/history", limit=200)).body["items"]
    assert "ProcedureMoot" in [item["type"] for item in history]


async def test_a_verb_whose_target_is_missing_is_forbidden_in_words(city: City) -> None:
    case, _ = await city.walk("verify")
    verifier, lead = await city.person("verifier"), await city.person("shift-lead")
    offered = (await verbs(verifier, case))["return"]
    assert (offered["allowed"], offered["tasks"]) == (False, [])
    assert offered["reason_zh"] == "流程图没有声明 onReturn，不知道从哪里继续。"
    refused = await use(verifier, case, "return", REASON)
    assert (refused.status, refused.code) == (409, "target_not_declared")
    assert (await use(lead, case, "redispatch", {"reason": "派错"})).code == "target_not_declared"


async def test_whom_a_verb_does_not_belong_to_is_told_whom_it_does(city: City) -> None:
    case, _ = await city.walk("dispose")
    leader = await city.person("leader")
    offered = (await verbs(leader, case))["return"]
    assert (offered["allowed"], offered["reason_zh"]) == (False, "“退回”由正在办理的人发起")
    refused = await use(leader, case, "return", REASON)
    assert (refused.status, refused.code) == (403, "verb_of_others")
    assert (await verbs(leader, case))["redispatch"]["reason_zh"] == "“改派”由派遣员、值班长发起"


async def test_the_dispatcher_takes_a_case_back_without_asking(city: City) -> None:
    case, _ = await city.walk("dispose")
    dispatcher, clerk = await city.person("dispatcher"), await city.person("clerk")
    await use(clerk, case, "return", REASON)
    used = await use(dispatcher, case, "redispatch", {"reason": "派错单位"})
    assert (used.status, used.body["state"], used.body["stage"]) == (200, "completed", "dispatch")
    assert await open_elements(dispatcher, case) == ["dispatch_case"]
    states = [item["state"] for item in (await clerk.get(f"/cases/{case}/procedures")).body["items"]]
    assert states == ["moot", "completed"]


async def test_a_case_is_void_once_the_shift_lead_agrees(city: City) -> None:
    case, _ = await city.walk("dispose")
    dispatcher, lead = await city.person("dispatcher"), await city.person("shift-lead")
    used = await use(dispatcher, case, "void", {"reason": "误报"})
    assert used.status == 200
    assert (await lead.perform(used.body["opened"][0]["id"], {"decision": "approve"})).status == 200
    detail = (await lead.get(f"/cases/{case}")).body
    assert (detail["is_open"], detail["end"], detail["stage"]) == (False, "voided", "voided")
    assert detail["facts"]["void_reason"] == "误报"
    assert await open_elements(lead, case) == []
    offered = await verbs(lead, case)
    assert not any(item["allowed"] for item in offered.values())
    assert offered["void"]["reason_zh"] == "案件现在没有可以“作废”的环节"
    assert (await use(lead, case, "void", {"reason": "再次"})).code == "nothing_open"


async def test_nobody_approves_a_request_of_their_own(city: City) -> None:
    case, _ = await city.walk("dispose")
    lead = await city.person("shift-lead")
    used = await use(lead, case, "void", {"reason": "误报"})
    refused = await lead.post(f"/tasks/{used.body['opened'][0]['id']}/claim")
    assert (refused.status, refused.code) == (403, "four_eyes")


async def test_urging_is_recorded_and_changes_nothing_else(city: City) -> None:
    case, _ = await city.walk("dispose")
    lead, clerk = await city.person("shift-lead"), await city.person("clerk")
    for words in ("请抓紧", "请务必今日办结"):
        used = await use(lead, case, "urge", {"opinion": words})
        assert (used.status, used.body["state"]) == (200, "completed")
    assert await open_elements(clerk, case) == ["dispose"]
    seen = (await clerk.get(f"/cases/{case}/procedures")).body["items"]
    assert [item["data"]["opinion"] for item in seen] == ["请抓紧", "请务必今日办结"]
    assert (await clerk.get(f"/cases/{case}")).body["facts"]["urge_count"] == 2
    assert (await use(clerk, case, "urge", {"opinion": "x"})).status == 403


async def test_a_supervision_order_is_answered_and_lifted(city: City) -> None:
    case, _ = await city.walk("dispose")
    supervisor, clerk = await city.person("supervisor"), await city.person("clerk")
    used = await use(supervisor, case, "supervise", {"kind": "important", "opinion": "限期办结"})
    (answer,) = used.body["opened"]
    assert (answer["element"], answer["form"]) == ("answer", "supervision_answer")
    (review,) = (await clerk.perform(answer["id"], {"answer": "正在施工"})).body["opened"]
    wrong = await supervisor.perform(review["id"], {"decision": "reject", "opinion": "没有说明完成时间"})
    (answer,) = wrong.body["opened"]
    (review,) = (await clerk.perform(answer["id"], {"answer": "三日内完成"})).body["opened"]
    assert (await supervisor.perform(review["id"], {"decision": "approve"})).status == 200
    (procedure,) = (await clerk.get(f"/cases/{case}/procedures")).body["items"]
    assert (procedure["state"], procedure["ends"]) == ("completed", ["lifted"])
    assert await open_elements(clerk, case) == ["dispose"]


async def test_what_is_wrong_in_the_request_is_named(city: City) -> None:
    case, task = await city.walk("dispose")
    clerk, acceptor = await city.person("clerk"), await city.person("acceptor")
    assert (await use(clerk, case, "return", {})).body["pointer"] == "/data/reason"
    assert (await use(clerk, case, "no-such-verb", {})).code == "verb_not_found"
    assert (await use(clerk, case, "case", {})).code == "verb_not_found"
    assert (await use(clerk, case, "return", REASON, task=task)).status == 200
    assert (await use(clerk, case, "return", REASON, task="1.1")).code == "task_of_another_case"
    assert (await use(clerk, case, "return", REASON, task="what?")).body["pointer"] == "/task"
    assert (await use(acceptor, 999_999, "urge", {"opinion": "x"})).status == 404
    assert (await acceptor.get("/cases/999999/verbs")).status == 404
    assert (await acceptor.get("/cases/999999/procedures")).status == 404


async def test_the_same_key_uses_a_verb_once(city: City) -> None:
    case, _ = await city.walk("dispose")
    lead = await city.person("shift-lead")
    body = {"data": {"opinion": "请抓紧"}}
    first = await lead.post(f"/cases/{case}/verbs/urge", body, idempotency_key=f"urge-{case}")
    second = await lead.post(f"/cases/{case}/verbs/urge", body, idempotency_key=f"urge-{case}")
    assert (first.status, first.body) == (second.status, second.body)
    assert len((await lead.get(f"/cases/{case}/procedures")).body["items"]) == 1
