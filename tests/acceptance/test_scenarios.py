"""Scenarios over HTTP: kept beside a process, played on a version or what is not saved, asked when it is published."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from guiliu.scenario_desk import ScenarioDesk
from tests.acceptance.city import DIAGRAM, FILING, ROOT, Answer, City, Client, new_key

pytestmark = pytest.mark.asyncio(loop_scope="module")
STORIES = (ROOT / "bpmn" / "case.scenario.yaml").read_text("utf-8")
PATH = "/processes/case/scenarios"
ACCEPTED = """
scenarios:
  - name: accepted
    steps:
      - complete: accept
        by: acceptor
        data: {decision: accept}
        then: {open: [dispatch_case]}
"""


async def test_the_shipped_stories_go_in_a_running_city_as_they_are_told(city: City) -> None:
    designer = await city.person("designer")
    played = await designer.post(PATH, {"scenarios": STORIES, "version": 1})
    assert (played.status, played.body["passed"]) == (200, True), played.body
    assert all(story["failure"] is None and story["warnings"] == [] for story in played.body["scenarios"])
    covered = {each["process"]: each for each in played.body["coverage"]}
    # What warns of the line's deadlines has stories of its own.
    line = covered.keys() - {"escalation"}
    assert line == {"case", "filing", "dispatch", "disposal", "verification", "closure"}
    assert all(covered[process]["share"] >= 0.9 for process in line)
    assert "is_filed" in covered["filing"]["flows"]["passed"]
    assert "filing" in covered["case"]["elements"]["passed"]


async def test_nothing_is_kept(city: City) -> None:
    designer, leader = await city.person("designer"), await city.person("leader")
    before = (await leader.get("/cases")).body["count"]
    await designer.post(PATH, {"scenarios": STORIES, "version": 1})
    assert (await leader.get("/cases")).body["count"] == before


async def test_a_failure_names_the_line_and_shows_what_was_open_instead(city: City) -> None:
    played = await (await city.person("designer")).post(PATH, {"scenarios": ACCEPTED, "source": DIAGRAM.decode()})
    [story] = played.body["scenarios"]
    assert (played.status, played.body["passed"], story["failure"]["line"], story["failure"]["step"]) == (
        200,
        False,
        5,
        1,
    )
    assert [task["element"] for task in story["failure"]["situation"]["tasks"]] == ["file"]
    assert {difference["what"] for difference in story["failure"]["differences"]} == {"open"}


async def test_an_edit_that_is_not_saved_is_played(city: City) -> None:
    edited = FILING.replace(b'id="accept" name', b'id="admit" name').replace(b'"accept"', b'"admit"')
    edited = edited.replace(b">accept<", b">admit<").replace(b'decision = "admit"', b'decision = "accept"')
    story = ACCEPTED.replace("complete: accept", "complete: admit").replace("[dispatch_case]", "[file]")
    sent = {"scenarios": story, "source": edited.decode()}
    played = await (await city.person("designer")).post("/processes/filing/scenarios", sent)
    assert (played.status, played.body.get("passed")) == (200, True), played.body


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        ({"scenarios": ""}, "scenario_empty", 1),
        ({"scenarios": "scenarios:\n  - nam: x\n"}, "scenario_invalid", 2),
        ({"scenarios": "a: &x 1\nb: *x\n"}, "scenario_anchor", 1),
        ({"scenarios": "[" * 100_000}, "scenario_too_much", 1),
        ({"scenarios": ACCEPTED, "source": "<x/>"}, None, None),
        ({"scenarios": ACCEPTED, "source": DIAGRAM.decode().replace('"case"', '"other"')}, "key_differs", None),
    ],
)
async def test_what_cannot_be_played_is_refused_with_its_place(
    city: City, body: dict[str, Any], code: str | None, line: int | None
) -> None:
    refused = await (await city.person("designer")).post(PATH, {"source": DIAGRAM.decode(), **body})
    assert refused.status == 422, refused.body
    assert code is None or (refused.code, refused.body.get("line")) == (code, line)


async def test_scenarios_are_played_for_whoever_may_read_processes(city: City) -> None:
    refused = await (await city.person("clerk")).post(PATH, {"scenarios": ACCEPTED, "version": 1})
    missing = await (await city.person("designer")).post(PATH, {"scenarios": ACCEPTED, "version": 99})
    assert (refused.status, missing.status) == (403, 404)


async def test_a_draft_is_tried_step_by_step(city: City) -> None:
    designer = await city.person("designer")
    accept = {"complete": "accept", "by": "acceptor", "data": {"decision": "accept"}}
    place = {"report": {"location": {"lon": 122.071, "lat": 46.081}}}
    begun = await designer.post("/processes/case/dry-run", {"given": place})
    gone = await designer.post("/processes/case/dry-run", {"steps": [accept, {"wait": "PT2H"}]})
    wrong = await designer.post("/processes/case/dry-run", {"steps": [accept, accept]})
    assert begun.status == gone.status == wrong.status == 200, (begun.body, gone.body)
    [task] = begun.body["tasks"]
    assert (task["element"], task["groups"], task["schema"]["key"]) == ("accept", ["acceptor"], "acceptance")
    assert [instance["process"] for instance in begun.body["instances"]] == ["case", "filing"]
    assert begun.body["instances"][0]["tokens"] == ["filing"]
    assert [way["process"] for way in begun.body["steps"][0]["passed"]] == ["case", "filing"]
    assert [task["element"] for task in gone.body["tasks"]] == ["file"]
    assert gone.body["deadlines"]
    assert gone.body["facts"]["acceptance_decision"] == "accept"
    assert [(each["step"], each["kind"]) for each in wrong.body["problems"]] == [(2, "refused")]
    assert "complete: accept" in gone.body["scenario"]
    assert "lon: 122.071" in begun.body["scenario"]
    played = await designer.post(PATH, {"scenarios": gone.body["scenario"], "version": 1})
    assert played.body["passed"], played.body


async def test_what_cannot_be_tried_is_refused_with_its_place(city: City) -> None:
    designer = await city.person("designer")
    refused = await designer.post("/processes/case/dry-run", {"steps": [{"complete": "accept"}]})
    unknown = await designer.post("/processes/case/dry-run", {"given": {"report": {"subcategory": "component-9999"}}})
    assert (refused.status, refused.body["pointer"]) == (422, "/steps/0")
    assert [(each["step"], each["code"]) for each in unknown.body["problems"]] == [(0, "subcategory_unknown")]


async def test_the_shipped_stories_stand_beside_their_process(city: City) -> None:
    designer = await city.person("designer")
    listed = await designer.get(PATH)
    assert {each["name"]: each["title"] for each in listed.body["items"]} == {
        "case": "案件办理的各种走法",
        "holiday": "一件案件跨国庆的时限，逐个手算",
        "verbs": "案件的各种操作",
    }
    assert (await designer.get(f"{PATH}/case")).body["text"] == STORIES


async def kept(person: Client, path: str, seen: str, title: str, text: str = "") -> Answer:
    body = json.dumps({"title": title, "text": text}).encode()
    return await person.send("PUT", path, body, if_match=seen, content_type="application/json")


async def test_a_file_is_kept_renamed_and_taken_away_under_the_version_that_was_seen(city: City) -> None:
    designer, path = await city.person("designer"), "/processes/void/scenarios/mine"
    made = await kept(designer, path, '"0"', "我的", ACCEPTED)
    renamed = await kept(designer, path, made.headers["etag"], "改名", ACCEPTED)
    behind = await kept(designer, path, made.headers["etag"], "x")
    [listed] = (await designer.get("/processes/void/scenarios")).body["items"]
    removed = await designer.send("DELETE", path, if_match=renamed.headers["etag"])
    missing = await designer.get(path)
    back = await kept(designer, path, removed.headers["etag"], "改名", ACCEPTED)
    assert (made.status, renamed.status, behind.status) == (201, 200, 412)
    assert (listed["title"], listed["version"], listed["editor_name"]) == ("改名", 2, "白塔娜（样例）")
    assert (removed.status, missing.status, back.status) == (200, 404, 200)
    assert (await kept(designer, path, back.headers["etag"], " ")).status == 422
    assert (await kept(designer, path, back.headers["etag"], "x", "x" * 300_000)).status == 422


async def test_stories_that_fail_are_named_before_and_ask_for_a_word_on_publishing(city: City) -> None:
    designer, path = await city.person("designer"), "/processes/urge"
    told = "scenarios: [{name: first, title: 催一次, then: {stages: [nowhere]}}]"
    await kept(designer, f"{path}/scenarios/mine", '"0"', "会失败", told)
    await kept(designer, f"{path}/scenarios/torn", '"0"', "读不了", "scenarios: [")
    draft = await designer.get(f"{path}/draft")
    changed = draft.body.replace(b'name="', b'name="\xe6\x96\xb0', 1)
    await designer.send("PUT", f"{path}/draft", changed, if_match=draft.headers["etag"], content_type="application/xml")
    played = await designer.post(f"{path}/scenarios", {})
    refused = await designer.post(f"{path}/publish", {})
    published = await designer.post(f"{path}/publish", {"note": "场景随后补"})
    assert played.status == 200, played.body
    assert [(each["file"], each["passed"]) for each in played.body["scenarios"]] == [("mine", False)]
    assert [each["file"] for each in played.body["unreadable"]] == ["torn"]
    assert not played.body["passed"]
    assert (refused.status, refused.code, refused.body["failing"]) == (422, "scenarios_failing", ["读不了", "催一次"])
    assert published.status == 200, published.body
    beside = await designer.get(f"{path}/versions/{published.body['number']}/scenarios")
    assert [each["title"] for each in beside.body["items"]] == ["会失败", "读不了"]


async def test_who_asks_again_is_answered_as_before_and_nothing_is_played_for_it(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    played: list[str] = []
    play = ScenarioDesk.failing

    async def noted(desk: ScenarioDesk, key: str, source: bytes) -> Sequence[str]:
        played.append(key)
        return await play(desk, key, source)

    monkeypatch.setattr(ScenarioDesk, "failing", noted)
    designer, path = await city.person("designer"), "/processes/suspension"
    draft = await designer.get(f"{path}/draft")
    changed = draft.body.replace(b'name="', b'name="\xe6\x96\xb0', 1)
    await designer.send("PUT", f"{path}/draft", changed, if_match=draft.headers["etag"], content_type="application/xml")
    key = new_key()
    answers = [await designer.post(f"{path}/publish", {"note": "改名"}, **key) for _ in range(2)]
    assert answers[0].status == 200, answers[0].body
    assert answers[0].body == answers[1].body
    assert played == ["suspension"]
