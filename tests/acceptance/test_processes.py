"""Diagrams over HTTP: drafted by version, checked with element and line, published for cases to come."""

from __future__ import annotations

import json
from io import BytesIO

import pytest

from tests.acceptance.city import FILING, City, shipped
from tests.unit.spiff.test_pools import FLOWS, pools
from tests.unit.spiff.test_repairs import CAMUNDA_7

pytestmark = pytest.mark.asyncio(loop_scope="module")
DRAFT = "/processes/filing/draft"
XML = {"content_type": "application/xml"}
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><definitions>&x;</definitions>'
#: Acceptance with a longer name.
LONGER = FILING.replace(
    b'<bpmn:userTask id="accept" name="',
    b'<bpmn:userTask id="accept" name="' + "（新）".encode(),
)


async def test_the_draft_comes_back_byte_for_byte(city: City) -> None:
    draft = await (await city.person("designer")).get(DRAFT)
    assert (draft.status, draft.body) == (200, FILING)
    assert draft.headers["content-type"] == "application/xml"


async def test_a_draft_is_replaced_only_by_who_has_seen_it(city: City) -> None:
    designer = await city.person("designer")
    tag = (await designer.get(DRAFT)).headers["etag"]
    blind = await designer.send("PUT", DRAFT, LONGER, **XML)
    first = await designer.send("PUT", DRAFT, LONGER, if_match=tag, **XML)
    behind = await designer.send("PUT", DRAFT, FILING, if_match=tag, **XML)
    assert (blind.status, blind.code) == (428, "if_match_missing")
    assert (first.status, behind.status) == (200, 412)
    assert first.headers["etag"] != tag
    assert (await designer.get(DRAFT)).body == LONGER


async def test_a_published_draft_is_what_new_cases_run(city: City) -> None:
    designer = await city.person("designer")
    tag = (await designer.get(DRAFT)).headers["etag"]
    saved = await designer.send("PUT", DRAFT, LONGER + b"\n", if_match=tag, **XML)
    stale = await designer.post("/processes/filing/publish", {"note": "x"}, if_match=tag)
    published = await designer.post("/processes/filing/publish", {"note": "多一个字"}, if_match=saved.headers["etag"])
    assert stale.status == 412
    assert published.status == 200, published
    number = published.body["number"]
    versions = (await designer.get("/processes/filing/versions")).body["items"]
    assert (versions[0]["number"], versions[0]["note"], versions[0]["state"]) == (number, "多一个字", "published")
    assert (await designer.get(f"/processes/filing/versions/{number}")).body == LONGER + b"\n"
    reported = await city.report()
    task = await (await city.person("acceptor")).get(f"/tasks/{reported['opened'][0]['id']}")
    assert task.body["name"].startswith("（新）")


async def test_a_first_draft_is_made_under_version_zero(city: City) -> None:
    designer = await city.person("designer")
    made = await designer.send("PUT", "/processes/another/draft", b"<anything/>", if_match='"0"', **XML)
    again = await designer.send("PUT", "/processes/another/draft", b"<anything/>", if_match='"0"', **XML)
    refused = await designer.post("/processes/another/publish", {})
    assert (made.status, again.status) == (201, 412)
    assert (refused.status, refused.code, bool(refused.body["findings"])) == (422, "definition_refused", True)


async def test_findings_name_the_element_and_the_line(city: City) -> None:
    broken = FILING.replace(b'targetRef="accept"', b'targetRef="nowhere"', 1)
    report = await (await city.person("designer")).send("POST", "/processes/filing/lint", broken, **XML)
    errors = [finding for finding in report.body["findings"] if finding["severity"] == "error"]
    assert report.status == 200
    assert errors[0]["line"] > 1
    assert errors[0]["message_zh"]


@pytest.mark.parametrize("source", [DOCTYPE, b"", b"\x00\x01", b"%PDF-1.7", b"<a>" * 5000, "<意/>".encode("utf-16")])
async def test_whatever_the_bytes_a_check_only_says_what_is_wrong(city: City, source: bytes) -> None:
    report = await (await city.person("designer")).send("POST", "/processes/filing/lint", source, **XML)
    assert report.status == 200
    assert [finding for finding in report.body["findings"] if finding["severity"] == "error"]
    assert "root:" not in str(report.body)


async def test_a_diagram_beyond_the_limit_is_not_read(city: City) -> None:
    designer = await city.person("designer")
    limit = 2 * 1024 * 1024
    large = await designer.send("POST", "/processes/filing/lint", BytesIO(b" " * (limit + 1)), **XML)
    assert (large.status, large.code) == (413, "body_too_large")
    assert (await designer.send("POST", "/processes/filing/lint", BytesIO(b" " * limit), **XML)).status == 200


async def test_a_diagram_comes_as_xml(city: City) -> None:
    designer = await city.person("designer")
    answer = await designer.send("POST", "/processes/filing/lint", FILING, content_type="application/json")
    assert answer.status == 415


async def test_forms_are_there_to_be_read(city: City) -> None:
    designer = await city.person("designer")
    keys = {item["key"] for item in (await designer.get("/forms")).body["items"]}
    assert {"acceptance", "disposal"} <= keys
    form = await designer.get("/forms/disposal/versions/1")
    assert form.body["schema"]["required"] == ["result", "measures"]
    assert (await designer.get("/forms/disposal/versions")).body["items"][0]["number"] == 1


async def test_without_the_permission_nothing_is_drafted_or_published(city: City) -> None:
    lead = await city.person("shift-lead")
    tag = (await lead.get(DRAFT)).headers["etag"]
    assert (await lead.send("PUT", DRAFT, FILING, if_match=tag, **XML)).status == 403
    assert (await lead.post("/processes/filing/publish", {})).status == 403


async def test_a_list_says_what_runs_and_who_edited_last(city: City) -> None:
    designer = await city.person("designer")
    await city.report()
    await designer.send("PUT", "/processes/drawn/draft", b"<anything/>", if_match='"0"', **XML)
    listed = {item["key"]: item for item in (await designer.get("/processes")).body["items"]}
    versions = (await designer.get("/processes/filing/versions")).body
    assert listed["filing"]["open_instances"] >= 1
    assert listed["filing"]["open_instances"] == sum(item["open_instances"] for item in versions["items"])
    assert listed["drawn"]["has_changes"] is True
    assert (versions["draft"]["state"], versions["draft"]["editor_name"]) == (
        "draft",
        listed["filing"]["draft_editor_name"],
    )


async def test_an_earlier_version_comes_back_after_a_look(city: City) -> None:
    designer = await city.person("designer")
    path, body = "/processes/closure/publish", {"note": "恢复", "version": 1}
    source = (await designer.get("/processes/closure/versions/1")).body
    unchanged = await designer.post(path, body)
    changed = source.replace(b'name="', b'name="\xe6\x96\xb0', 1)
    tag = (await designer.get("/processes/closure/draft")).headers["etag"]
    await designer.send("PUT", "/processes/closure/draft", changed, if_match=tag, **XML)
    await designer.post("/processes/closure/publish", {})
    previewed = await designer.post(f"{path}?preview=true", body)
    seen = (await designer.get("/processes/closure/versions")).body["items"][0]["number"]
    published = await designer.post(path, body)
    assert (unchanged.status, unchanged.code) == (409, "definition_unchanged")
    assert (previewed.status, previewed.body["number"], seen) == (200, 3, 2)
    assert (published.status, published.body["sha"]) == (200, previewed.body["sha"])
    assert (await designer.get("/processes/closure/versions/3")).body == source
    assert (await designer.get("/processes/closure/draft")).body == changed


async def test_a_version_is_retired_unless_it_would_be_missed(city: City) -> None:
    designer, lead = await city.person("designer"), await city.person("shift-lead")
    await city.publish("closure", shipped("closure") + b"<!-- drawn wrong -->")
    wrong = (await designer.get("/processes/closure/versions")).body["items"][0]["number"]
    previewed = await designer.post("/processes/closure/retire?preview=true", {"version": wrong})
    retired = await designer.post("/processes/closure/retire", {"version": wrong, "note": "画错了"})
    newest = (await designer.get("/processes/closure/versions")).body["items"][0]
    missed = await designer.post("/processes/disposal/retire", {"version": 1})
    by_report = await designer.post("/processes/case/retire", {"version": 1})
    affected = previewed.body["affected"]
    assert previewed.body["newest"] == retired.body["newest"] == wrong - 1
    assert [user["process"] for user in affected["used_by"]] == ["case"]
    assert (affected["categories"], affected["four_eyes"], retired.body.get("affected")) == ([], False, None)
    assert (newest["state"], newest["retired_because"], newest["retired_by"]) == ("retired", "画错了", designer.id)
    assert (missed.status, missed.code, missed.body["used_by"]) == (409, "version_in_use", ["process case"])
    assert (by_report.status, by_report.body["used_by"][0].split()[1]) == (409, "subcategories")
    assert (await lead.post("/processes/closure/retire", {"version": 1})).status == 403


async def test_what_a_diagram_uses_and_what_uses_it(city: City) -> None:
    designer = await city.person("designer")
    case = (await designer.get("/processes/case/uses")).body
    filing = (await designer.get("/processes/filing/uses", version=1)).body
    form = (await designer.get("/forms/acceptance/uses")).body
    decision = (await designer.get("/decisions/priority/uses")).body
    assert {use["key"] for use in case["uses"] if use["kind"] == "process"} >= {"filing", "disposal"}
    assert len(case["categories"]) > 100
    assert filing["used_by"][0]["process"] == "case"
    assert {"process": "filing", "element": "accept"}.items() <= form["used_by"][0].items()
    assert decision["used_by"]
    assert decision["categories"] == []


async def test_a_form_is_drafted_checked_and_published(city: City) -> None:
    designer = await city.person("designer")
    path = "/forms/closure"
    draft = await designer.get(f"{path}/draft")
    form = {**draft.body, "title": {"zh": "结案登记", "en": "Closing"}}
    wrong = await designer.post(f"{path}/lint", {**form, "key": "Closure"})
    right = await designer.post(f"{path}/lint", form)
    sent = {"content_type": "application/json", "if_match": draft.headers["etag"]}
    saved = await designer.send("PUT", f"{path}/draft", json.dumps(form).encode(), **sent)
    published = await designer.post(f"{path}/publish", {}, if_match=saved.headers["etag"])
    assert [finding["element"] for finding in wrong.body["findings"]] == ["/key"]
    assert right.body["findings"] == []
    assert (published.status, published.body["number"]) == (200, 2), published.body
    assert (await designer.get(f"{path}/versions/2")).body["title"]["zh"] == "结案登记"


async def test_versions_and_drafts_are_compared(city: City) -> None:
    designer = await city.person("designer")
    same = await designer.post("/processes/verification/diff")
    changed = shipped("verification").replace(b'formId="verification"', b'formId="closure"')
    process = await designer.post("/processes/verification/diff", {"after": {"source": changed.decode()}})
    missing = await designer.post("/forms/verification/diff", {"after": {"version": 9}})
    unreadable = await designer.post("/decisions/priority/diff", {"after": {"source": "<a/>"}})
    assert same.body == {"differences": [], "breaks": [], "open_tasks": []}
    assert [change["zh"] for change in process.body["differences"][0]["properties"]] == ["表单：verification → closure"]
    assert (missing.status, unreadable.status, unreadable.code) == (404, 422, "definition_refused")


async def test_a_field_that_diagrams_read_is_missed_when_it_goes(city: City) -> None:
    designer = await city.person("designer")
    form = (await designer.get("/forms/disposal/draft")).body
    renamed = json.dumps(form).replace('"measures"', '"actions"')
    found = await designer.post("/forms/disposal/diff", {"after": {"source": renamed}})
    assert found.status == 200, found.body
    assert {each["id"]: each["change"] for each in found.body["differences"]}["measures"] == "removed"
    assert [(each["process"], each["field"]) for each in found.body["breaks"]] == [("disposal", "measures")]


async def test_a_finding_is_mended_by_its_own_steps_or_by_the_server(city: City) -> None:
    designer = await city.person("designer")
    broken = FILING.replace(b'isExecutable="true"', b'isExecutable="false"').decode()
    report = await designer.send("POST", "/processes/filing/lint", broken.encode(), **XML)
    mended = await designer.post("/processes/filing/fix", {"source": broken, "rule": "process.not_executable"})
    [step] = report.body["findings"][0]["repair"]
    assert (step["action"], step["name"], step["value"]) == ("set_attribute", "isExecutable", "true")
    assert (mended.status, mended.body["key"]) == (200, "filing")
    assert [(each["outcome"], each["rule"]) for each in mended.body["report"]] == [
        ("changed", "process.not_executable")
    ]
    assert mended.body["findings"] == []


async def test_a_diagram_of_another_tool_comes_in_with_a_report(city: City) -> None:
    designer = await city.person("designer")
    taken = await designer.send("POST", "/processes/import", CAMUNDA_7, **XML)
    wrong = await designer.send("POST", "/processes/import", DOCTYPE, **XML)
    assert (taken.status, taken.body["key"], taken.body["name"]) == (200, "loan", "贷款")
    assert ("dropped", "check", "camunda:taskListener") in [
        (each["outcome"], each["element"], each["subject"]) for each in taken.body["report"]
    ]
    assert "BPMNShape" in taken.body["source"]
    assert (wrong.status, wrong.body["report"]) == (200, [])
    assert wrong.body["findings"][0]["rule"] == "document.doctype"


async def test_a_file_with_several_pools_comes_in_as_its_processes_each_ready_to_be_a_draft(city: City) -> None:
    designer = await city.person("designer")
    taken = (await designer.send("POST", "/processes/import", pools(*FLOWS), **XML)).body
    (crew,) = taken["others"]
    assert (taken["key"], crew["key"]) == ("desk", "crew")
    for each in (taken, crew):
        assert not [finding for finding in each["findings"] if finding["severity"] == "error"]
        draft, source = f"/processes/{each['key']}/draft", each["source"].encode()
        saved = await designer.send("PUT", draft, source, if_match='"0"', **XML)
        assert saved.status == 201, saved


async def test_what_each_element_may_name_is_told_with_its_type_and_where_it_comes_from(city: City) -> None:
    designer = await city.person("designer")
    scope = (await designer.send("POST", "/processes/filing/scope", FILING, **XML)).body
    elements = {each["element"]: each for each in scope["elements"]}
    answer = [scope["variables"][place] for place in elements["accept"]["answer"]]
    decision = next(each for each in answer if each["name"] == "decision")
    assert (decision["type"], decision["zh"], decision["en"]) == ("string", "受理意见", "Decision")
    assert decision["sources"] == [{"origin": "form", "element": "accept"}]
    rated = [scope["variables"][place]["name"] for place in elements["rate"]["answer"]]
    assert rated == ["priority"]
    nothing = (await designer.send("POST", "/processes/filing/scope", DOCTYPE, **XML)).body
    assert nothing == {"variables": [], "elements": [], "unknown": []}
