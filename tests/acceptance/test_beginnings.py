"""Messages and signals that begin cases, and messages that nobody could take, over HTTP."""

from __future__ import annotations

import json
from typing import Any

import pytest
import pytest_asyncio

from engine.definitions import DefinitionKind, PublishDefinition, SaveDefinitionDraft
from engine.errors import Invalid
from engine.spiff import apart
from guiliu.platform import Platform
from processes.access import GrantPermissions, Permission
from tests.acceptance.city import REPORT, SEED, City
from tests.unit.spiff.drawing import (
    chain,
    document,
    element,
    end,
    extensions,
    mapping,
    message,
    of_message,
    of_signal,
    receive,
    signal,
    start,
    throw,
    user,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOTLINE = message("m", "hotline.order")
STORM = signal("s", "storm")
BY_MESSAGE = document(
    HOTLINE, start("called", of_message("m")), user("note", groups="acceptor"), end(), chain("called", "note", "end"),
    key="hotline",
)  # fmt: skip
BY_SIGNAL = document(
    STORM, start("blown", of_signal("s")), user("look", groups="acceptor"), end(), chain("blown", "look", "end"),
    key="storm",
)  # fmt: skip
THROWING = document(
    STORM, start(), throw("warn", of_signal("s")), user("note", groups="acceptor"), end(),
    chain("start", "warn", "note", "end"), key="case",
)  # fmt: skip


async def publish(platform: Platform, key: str, source: bytes) -> None:
    names: dict[str, Any] = {"actor": SEED, "kind": DefinitionKind.PROCESS, "key_name": key}
    await platform.bus.handle(SaveDefinitionDraft(**names, source=source))
    await platform.bus.handle(PublishDefinition(**names))


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def beginning(city: City, platform: Platform) -> None:
    """A message and a signal begin cases; the integrator may also intervene."""
    permissions = frozenset(
        {Permission.CASE_READ_ALL, Permission.FAULT_RETRY, Permission.MESSAGE_SEND, Permission.INSTANCE_CONTROL}
    )
    await city.platform.bus.handle(GrantPermissions(actor=SEED, post="integrator", permissions=permissions))
    await publish(platform, "hotline", BY_MESSAGE)
    await publish(platform, "storm", BY_SIGNAL)


def begun_by(key: str, name: str) -> bytes:
    """A process of its own that begins with another message."""
    return BY_MESSAGE.replace(b'id="hotline"', f'id="{key}"'.encode()).replace(b"hotline.order", name.encode())


def order(number: str, name: str = "hotline.order", **report: Any) -> dict[str, Any]:
    variables = {"report": {**REPORT, "channel": "hotline", **report}, "order": number}
    return {"name": name, "correlation_key": number, "variables": variables, "message_id": number}


async def test_a_message_waits_for_its_process_begins_one_case_and_is_taken_once(
    city: City, platform: Platform
) -> None:
    """Early, late, double."""
    sender = await city.person("integrator")
    early = await sender.post("/messages", order("H-1", "soon.order"))
    assert early.status == 201
    await publish(platform, "soon", begun_by("soon", "soon.order"))
    await platform.deliverer.deliver_wanted()
    begun = (await sender.get(f"/messages/{early.body['message']}")).body
    assert (begun["state"], begun["refusal"]) == ("consumed", None)
    case = (await sender.get(f"/cases/{begun['case']}")).body
    assert (case["channel"], case["is_open"]) == ("hotline", True)
    late, double = await sender.post("/messages", order("H-2")), await sender.post("/messages", order("H-2"))
    assert (late.body["is_new"], double.body["is_new"]) == (True, False)
    assert double.body["message"] == late.body["message"]
    await platform.deliverer.deliver_wanted()
    found = (await sender.get("/cases", channel="hotline")).body
    assert found["count"] == 2
    history = (await sender.get(f"/cases/{found['items'][0]['id']}/history")).body["items"]
    (started,) = [each for each in history if each["type"] == "StartTriggered"]
    assert started["payload"]["sender"] == sender.id


async def test_what_is_no_report_is_refused_with_its_place_and_not_kept(city: City, platform: Platform) -> None:
    sender = await city.person("integrator")
    before = await platform.database.fetchval("select count(*) from message")
    for wrong, pointer in (
        ({"variables": {}}, "/variables/report"),
        ({"variables": {"report": {**REPORT, "location": {"lon": 200, "lat": 1, "crs": "x"}}}}, "/variables/report"),
        ({"variables": {"report": {**REPORT, "photos": []}}}, "/variables/report"),
    ):
        refused = await sender.post("/messages", {**order("H-3"), **wrong})
        assert (refused.status, refused.code) == (422, "report_unfit")
        assert refused.body["pointer"].startswith(pointer)
    unknown = await sender.post("/messages", order("H-3", subcategory="component-9999"))
    assert (unknown.status, unknown.code) == (422, "subcategory_unknown")
    assert await platform.database.fetchval("select count(*) from message") == before


async def test_a_message_begins_one_process_only(platform: Platform) -> None:
    with pytest.raises(Invalid) as refused:
        await publish(platform, "other", begun_by("other", "hotline.order"))
    assert refused.value.code == "start_taken"


async def test_a_signal_begins_a_case_for_each_process_that_it_is_the_beginning_of(
    city: City, platform: Platform
) -> None:
    sender = await city.person("integrator")
    sent = await sender.post("/signals", {"name": "storm", "variables": {"report": REPORT, "force": 9}})
    await platform.batch_runner.run(sent.body["batch"])
    (item,) = (await sender.get(f"/batches/{sent.body['batch']}/items")).body["items"]
    case = item["answer"]["case"]
    assert (await sender.get(f"/cases/{case}/tasks")).body["items"][0]["element"] == "look"
    await platform.batch_runner.run(sent.body["batch"])
    assert (await sender.post("/signals", {"name": "calm"})).body["batch"] is None


EITHER = document(
    message("m", "post.order"), signal("s", "flood"), start("come", of_message("m") + of_signal("s")),
    user("note", groups="acceptor"), end(), chain("come", "note", "end"), key="either",
)  # fmt: skip


async def test_a_process_begins_with_whichever_of_several_comes_each_time_anew(city: City, platform: Platform) -> None:
    sender = await city.person("integrator")
    early = await sender.post("/messages", order("P-1", "post.order"))
    await publish(platform, "either", EITHER)
    sent = await sender.post("/signals", {"name": "flood", "variables": {"report": REPORT}})
    await platform.batch_runner.run(sent.body["batch"])
    await platform.deliverer.deliver_wanted()
    (item,) = (await sender.get(f"/batches/{sent.body['batch']}/items")).body["items"]
    letter = (await sender.get(f"/messages/{early.body['message']}")).body
    cases = {item["answer"]["case"], letter["case"]}
    assert len(cases) == 2
    for case in cases:
        assert [each["element"] for each in (await sender.get(f"/cases/{case}/tasks")).body["items"]] == ["note"]


async def test_each_message_that_begins_a_process_begins_that_one_only(platform: Platform) -> None:
    both = EITHER.replace(b'id="either"', b'id="neither"').replace(b"flood", b"ebb")
    with pytest.raises(Invalid, match=r"post\.order") as refused:
        await publish(platform, "neither", both)
    assert refused.value.code == "start_taken"


async def test_what_a_thrown_signal_cannot_begin_is_a_refused_item(city: City, platform: Platform) -> None:
    """A case warns of a storm, but brings no report along."""
    await publish(platform, "case", THROWING)
    await city.report()
    sender = await city.person("integrator")
    (batch, *_) = (await sender.get("/batches")).body["items"]
    await platform.batch_runner.run(batch["id"])
    (item,) = (await sender.get(f"/batches/{batch['id']}/items")).body["items"]
    assert (item["state"], item["answer"]["code"]) == ("refused", "report_unfit")
    assert item["item"]["sender"].endswith("/warn")


async def test_a_message_that_nobody_could_take_is_retried_or_dropped_by_people(city: City, platform: Platform) -> None:
    sender, verifier = await city.person("integrator"), await city.person("verifier")
    early = {**order("E-1"), "name": "early.order", "variables": {"report": "none"}}
    number = (await sender.post("/messages", early)).body["message"]
    await publish(platform, "early", begun_by("early", "early.order"))
    await platform.deliverer.deliver_wanted()
    (refused,) = [one for one in (await sender.get("/messages", refused="true")).body["items"] if one["id"] == number]
    assert (refused["id"], refused["refusal"], refused["refusals"]) == (number, "report_unfit", 1)
    assert (await verifier.get("/messages")).status == 403
    assert (await sender.post(f"/messages/{number}/retry")).body["message"] == number
    assert (await sender.get(f"/messages/{number}")).body["refusals"] == 2
    assert (await sender.post(f"/messages/{number}/drop", {"reason": "内容不全"})).body["message"] == number
    dropped = (await sender.get(f"/messages/{number}")).body
    assert (dropped["state"], dropped["reason"], dropped["dropped_by"]) == ("dropped", "内容不全", sender.id)
    assert (await sender.post(f"/messages/{number}/retry")).code == "message_not_kept"
    assert number not in [one["id"] for one in (await sender.get("/messages", refused="true")).body["items"]]


ORDERED = json.dumps({**REPORT, "channel": "hotline"}, ensure_ascii=False)
CREW = element(
    "process",
    "crew",
    start("asked", of_message("order")) + user("mend", groups="acceptor")
    + end("told", extensions(mapping(inputs={"by": '= "crew"'})) + of_message("done")) + chain("asked", "mend", "told"),
    isExecutable="true",
)  # fmt: skip
#: Two pools of one file: the case asks a crew, which has a case of its own, and waits until that tells it.
POOLS = document(
    message("order", "crew.order", '= "C-1"'), message("done", "crew.done", '= "C-1"'),
    start(), throw("ask", extensions(mapping(inputs={"report": f"= {ORDERED}"})) + of_message("order")),
    receive("wait", "done"), user("note", groups="acceptor"), chain("start", "ask", "wait", "note"),
    key="case",
    around=CREW + element("collaboration", "both",
        element("participant", "p1", processRef="case") + element("participant", "p2", processRef="crew")
        + element("messageFlow", "m1", sourceRef="ask", targetRef="asked")
        + element("messageFlow", "m2", sourceRef="told", targetRef="wait")),
)  # fmt: skip


async def test_pools_of_one_file_ask_and_answer_each_other(city: City, platform: Platform) -> None:
    for key, pool in zip(("case", "crew"), apart(POOLS), strict=True):
        await publish(platform, key, pool)
    acceptor, first = await city.person("acceptor"), (await city.report())["case"]
    await platform.deliverer.deliver_wanted()
    (wait,) = (await acceptor.get(f"/cases/{first}/waits")).body["items"]
    assert (wait["kind"], wait["element"]) == ("message", "wait")
    (task,) = [each for each in (await acceptor.get("/tasks")).body["items"] if each["element"] == "mend"]
    assert task["case"] != first
    assert (await acceptor.perform(task["id"], {})).status == 200
    await platform.deliverer.deliver_wanted()
    (wait,) = (await acceptor.get(f"/cases/{first}/waits")).body["items"]
    assert (wait["kind"], wait["element"]) == ("task", "note")
