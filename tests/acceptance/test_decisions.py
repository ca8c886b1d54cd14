"""Decisions and expressions over HTTP: drafted, checked by row, published, tried out with the proof of why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.city import DIAGRAM, FILING, Answer, City, Client

pytestmark = pytest.mark.asyncio(loop_scope="module")
SHIPPED = (Path(__file__).parents[2] / "bpmn" / "priority.dmn").read_bytes()
XML = {"content_type": "application/xml"}
DRAFT = "/decisions/priority/draft"
#: Hotline reports are as urgent as those of leaders.
EDITED = SHIPPED.replace(b'"leader", "superior"</text>', b'"leader", "superior", "hotline"</text>')
#: Rows two and three both match what is urgent and comes from a leader.
CONTRADICTING = SHIPPED.replace(b'hitPolicy="FIRST"', b'hitPolicy="UNIQUE"')
DOCTYPE = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><definitions>&x;</definitions>'


async def test_the_shipped_decisions_are_there(city: City) -> None:
    designer = await city.person("designer")
    items = (await designer.get("/decisions")).body["items"]
    assert {item["key"] for item in items} >= {"limits", "priority", "process_selection", "responsibility"}
    source = await designer.get("/decisions/priority/versions/1")
    assert (source.status, source.body, source.headers["content-type"]) == (200, SHIPPED, "application/xml")


async def test_a_case_that_is_filed_shows_in_its_history_why_it_got_its_priority(city: City) -> None:
    case, task = await city.walk(until="dispatch_case")
    leader = await city.person("leader")
    history = (await leader.get(f"/cases/{case}/history", limit=200)).body["items"]
    told = {item["payload"]["decision"]: item["payload"] for item in history if item["type"] == "DecisionEvaluated"}
    assert set(told) == {"process_of_case", "case_priority"}
    assert told["process_of_case"]["outputs"] == "case"
    assert told["case_priority"]["inputs"] == {
        "urgency": "urgent",
        "channel": "inspector",
        "category": "component-01",
    }
    assert told["case_priority"]["matched"] == [{"decision": "case_priority", "rules": [{"row": 3, "id": "urgent"}]}]
    assert (await (await city.person("dispatcher")).get(f"/tasks/{task}")).body["priority"] == 80
    assert (await leader.get(f"/cases/{case}")).body["facts"]["priority"] == 80


async def test_a_published_edit_decides_for_the_cases_that_come_to_it(city: City) -> None:
    designer = await city.person("designer")
    tag = (await designer.get(DRAFT)).headers["etag"]
    blind = await designer.send("PUT", DRAFT, EDITED, **XML)
    saved = await designer.send("PUT", DRAFT, EDITED, if_match=tag, **XML)
    behind = await designer.send("PUT", DRAFT, SHIPPED, if_match=tag, **XML)
    assert (blind.status, saved.status, behind.status) == (428, 200, 412)
    published = await designer.post("/decisions/priority/publish", {"note": "热线同领导批示"})
    assert (published.status, published.body["kind"], published.body["number"]) == (200, "decision", 2)
    tried = await designer.post("/decisions/priority/evaluate", {"inputs": {"urgency": "urgent", "channel": "hotline"}})
    assert (tried.body["outputs"], tried.body["model_sha"]) == (85, published.body["sha"])


async def test_errors_keep_a_decision_from_being_published_and_name_the_row(city: City) -> None:
    designer = await city.person("designer")
    report = await designer.send("POST", "/decisions/priority/lint", CONTRADICTING, **XML)
    overlaps = [finding for finding in report.body["findings"] if finding["rule"] == "decision.overlap"]
    # Row three is met by urgent cases from above, which row two is about.
    [third] = [finding for finding in overlaps if finding["row"] == 3]
    assert (third["severity"], third["element"], third["line"] > 1) == ("error", "urgent", True)
    saved = await designer.send(
        "PUT", DRAFT, CONTRADICTING, if_match=(await designer.get(DRAFT)).headers["etag"], **XML
    )
    refused = await designer.post("/decisions/priority/publish", {})
    assert (saved.status, refused.status, refused.code) == (200, 422, "definition_refused")
    assert {finding["rule"] for finding in refused.body["findings"]} >= {"decision.overlap"}


@pytest.mark.parametrize("source", [DOCTYPE, b"", b"\x00\x01", b"%PDF-1.7", b"<a>" * 5000, DIAGRAM])
async def test_whatever_the_bytes_a_check_only_says_what_is_wrong(city: City, source: bytes) -> None:
    report = await (await city.person("designer")).send("POST", "/decisions/priority/lint", source, **XML)
    assert report.status == 200
    assert [finding for finding in report.body["findings"] if finding["severity"] == "error"]
    assert "root:" not in str(report.body)


async def test_a_diagram_that_asks_what_is_not_published_is_refused_with_the_decision_meant(city: City) -> None:
    designer = await city.person("designer")
    mistaken = FILING.replace(b'decisionId="case_priority"', b'decisionId="case_priorty"')
    report = await designer.send("POST", "/processes/filing/lint", mistaken, **XML)
    [error] = [finding for finding in report.body["findings"] if finding["severity"] == "error"]
    assert (error["rule"], error["element"]) == ("decision.unknown", "rate")
    assert "case_priority" in error["fix_zh"]
    tag = (await designer.get("/processes/filing/draft")).headers["etag"]
    await designer.send("PUT", "/processes/filing/draft", mistaken, if_match=tag, **XML)
    refused = await designer.post("/processes/filing/publish", {})
    assert (refused.status, refused.body["element"]) == (422, "rate")


async def test_an_id_that_is_given_already_is_not_given_again(city: City) -> None:
    designer = await city.person("designer")
    other = SHIPPED.replace(b'id="priority"', b'id="another"')
    await designer.send("PUT", "/decisions/another/draft", other, if_match='"0"', **XML)
    refused = await designer.post("/decisions/another/publish", {})
    assert (refused.status, refused.body["findings"][0]["rule"]) == (422, "decision.taken")


async def evaluated(city: City, **body: Any) -> Any:
    return await (await city.person("designer")).post("/decisions/priority/evaluate", body)


async def test_a_posted_model_is_tried_out_with_the_rows_that_match(city: City) -> None:
    tried = await evaluated(
        city, source=SHIPPED.decode(), decision="案件优先级", inputs={"urgency": "critical", "unknown": [1]}
    )
    assert tried.status == 200
    assert tried.body["outputs"] == 95
    assert tried.body["matched"] == [{"decision": "case_priority", "rules": [{"row": 1, "id": "critical"}]}]
    assert tried.body["worked_out"] == [{"decision": "case_priority", "name": "案件优先级", "value": 95}]
    assert (tried.body["warnings"], tried.body["failure"]) == ([], None)


async def test_a_failure_is_told_as_one(city: City) -> None:
    given = {"urgency": "urgent", "channel": "leader"}
    tried = await evaluated(city, source=CONTRADICTING.decode(), inputs=given)
    assert (tried.body["outputs"], tried.body["failure"]["code"]) == (None, "table.several")
    assert [rule["row"] for rule in tried.body["matched"][0]["rules"]] == [2, 3, 4, 7]
    wrong = await evaluated(city, inputs={"urgency": "soon"})
    assert wrong.body["failure"]["code"] == "value.type"


@pytest.mark.parametrize(
    ("body", "status", "code", "pointer"),
    [
        ({"decision": "none"}, 404, "decision_not_found", "/decision"),
        ({"source": "<a/>"}, 422, "definition_refused", None),
        ({"inputs": [1]}, 422, "wrong_type", "/inputs"),
        ({"inputs": {"a": 10**20}}, 422, "unusable_number", "/inputs/a"),
        ({"input": {}}, 422, "unknown_field", "/input"),
    ],
)
async def test_what_cannot_be_tried_is_refused(
    city: City, body: dict[str, Any], status: int, code: str, pointer: str | None
) -> None:
    refused = await evaluated(city, **body)
    assert (refused.status, refused.code, refused.body.get("pointer")) == (status, code, pointer)


EXAMPLES = "/decisions/priority/examples"
CRITICAL = {"name": "特急", "decision": "case_priority", "inputs": {"urgency": "critical"}, "outputs": 95}
HOTLINE = {"name": "热线", "decision": "", "inputs": {"urgency": "urgent", "channel": "hotline"}, "outputs": 85.0}


async def kept_by(person: Client, body: dict[str, Any], **headers: str) -> Answer:
    return await person.send("PUT", EXAMPLES, json.dumps(body).encode(), content_type="application/json", **headers)


async def test_examples_are_kept_by_who_has_seen_them_and_asked_of_whatever_is_to_be_published(city: City) -> None:
    designer = await city.person("designer")
    empty = await designer.get(EXAMPLES)
    assert (empty.body, empty.headers["etag"]) == ({"items": []}, '"0"')
    body = {"items": [CRITICAL, HOTLINE]}
    blind = await kept_by(designer, body)
    kept = await kept_by(designer, body, if_match='"0"')
    behind = await kept_by(designer, {"items": []}, if_match='"0"')
    assert (blind.status, kept.status, behind.status) == (428, 201, 412)
    assert kept.body == {"key": "priority", "count": 2, "version": 1}
    again = await designer.get(EXAMPLES)
    assert (again.body, again.headers["etag"]) == (body, '"1"')
    audited = await (await city.person("supervisor")).get("/audit", type="decision_examples_saved", limit=1)
    assert audited.body["items"][0]["payload"] == {"key": "priority", "count": 2}

    shipped = (await designer.post(f"{EXAMPLES}/run", {"version": 1})).body
    assert (shipped["passed"], [each["passed"] for each in shipped["items"]]) == (False, [True, False])
    assert (shipped["items"][1]["outputs"], shipped["items"][0]["matched"][0]["rules"][0]["row"]) == (80, 1)
    edited = (await designer.post(f"{EXAMPLES}/run", {"source": EDITED.decode()})).body
    assert edited["passed"]
    others = [{**CRITICAL, "decision": "none"}, {**CRITICAL, "inputs": {"urgency": "soon"}, "outputs": None}]
    asked = (await designer.post(f"{EXAMPLES}/run", {"source": EDITED.decode(), "items": others})).body
    assert [each["failure"]["code"] for each in asked["items"]] == ["decision_not_found", "value.type"]


async def test_a_model_whose_examples_fail_is_published_by_who_says_why(city: City) -> None:
    designer = await city.person("designer")
    seen = (await designer.get(EXAMPLES)).headers["etag"]
    await kept_by(designer, {"items": [{**CRITICAL, "outputs": 1}]}, if_match=seen)
    tag = (await designer.get(DRAFT)).headers["etag"]
    await designer.send("PUT", DRAFT, EDITED + b"\n", if_match=tag, **XML)
    silent = await designer.post("/decisions/priority/publish", {})
    assert (silent.status, silent.code, silent.body["failing"]) == (422, "examples_failing", ["特急"])
    said = await designer.post("/decisions/priority/publish", {"note": "例子随后改"})
    assert said.status == 200
    number = said.body["number"]
    seen = (await designer.get(EXAMPLES)).headers["etag"]
    await kept_by(designer, {"items": []}, if_match=seen)
    frozen = await designer.get(f"/decisions/priority/versions/{number}/examples")
    assert [each["outputs"] for each in frozen.body["items"]] == [1]


async def test_examples_are_kept_only_by_who_may_edit(city: City) -> None:
    refused = await kept_by(await city.person("clerk"), {"items": []}, if_match='"1"')
    assert (refused.status, refused.code) == (403, "permission_missing")


async def test_the_words_of_expressions_are_told_with_a_word_of_help(city: City) -> None:
    words = (await (await city.person("designer")).get("/feel/vocabulary")).body
    functions = {each["name"]: each for each in words["functions"]}
    assert functions["substring"]["signatures"][0][0] == {"name": "string", "optional": False, "repeated": False}
    assert functions["deadline"]["members"]
    assert all(each["help_zh"] and each["help_en"] and each["example"] for each in functions.values())
    urgency = next(each for each in words["facts"] if each["name"] == "urgency")
    assert (urgency["zh"], urgency["values"]) == ("紧急程度", ["normal", "urgent", "critical"])


async def test_a_model_that_is_not_published_can_only_be_tried_when_it_is_posted(city: City) -> None:
    designer = await city.person("designer")
    refused = await designer.post("/decisions/nothing/evaluate", {})
    assert (refused.status, refused.code) == (404, "definition_not_published")


async def test_an_evaluation_stays_within_its_bounds(city: City) -> None:
    endless = SHIPPED.replace(
        b"<text>95</text>", b"<text>count(for a in 1..1000, b in 1..1000, c in 1..1000 return a)</text>"
    )
    refused = await evaluated(city, source=endless.decode(), inputs={"urgency": "critical"})
    assert (refused.status, refused.code) == (422, "feel.limit.items")


async def checked(city: City, expression: str, declared: Any = None) -> list[dict[str, Any]]:
    body = {"expression": expression, **({} if declared is None else {"declared": declared})}
    answer = await (await city.person("designer")).post("/feel/check", body)
    assert answer.status == 200, answer
    findings: list[dict[str, Any]] = answer.body["findings"]
    return findings


async def test_an_expression_is_checked_with_places_and_what_may_be_meant(city: City) -> None:
    assert await checked(city, 'urgency = "urgent" and add working time(now(), 2, "工作时") > now()') == []
    [broken] = await checked(city, "1 +\n* 2")
    assert (broken["line"], broken["column"], broken["offset"]) == (2, 1, 4)
    [unknown] = await checked(city, "case.urgancy = 1", {"case": {"urgency": "string"}})
    assert (unknown["column"], unknown["suggestion"]) == (1, "case.urgency")
    [function] = await checked(city, "x + cout(y)")
    assert (function["column"], function["suggestion"]) == (5, "count")
    assert all(finding["message_zh"] and finding["message_en"] for finding in (broken, unknown, function))


async def test_declared_names_are_types_or_members(city: City) -> None:
    designer = await city.person("designer")
    refused = await designer.post("/feel/check", {"expression": "a", "declared": {"a": {"b": "text"}}})
    assert (refused.status, refused.code, refused.body["pointer"]) == (422, "shape_unknown", "/declared/a/b")


async def test_an_expression_is_worked_out(city: City) -> None:
    designer = await city.person("designer")
    tried = await designer.post("/feel/evaluate", {"expression": "案件.天数 * 0.1", "context": {"案件": {"天数": 3}}})
    assert (tried.status, tried.body) == (200, {"value": 0.3, "kind": "number", "warnings": []})
    grid = await designer.post("/feel/evaluate", {"expression": "place at(122.0705, 46.0801).street"})
    assert grid.body["value"] == "152201001000"
    odd = await designer.post("/feel/evaluate", {"expression": 'a + "x"', "context": {"a": 1}})
    assert (odd.body["value"], odd.body["warnings"][0]["column"]) == (None, 3)


@pytest.mark.parametrize(
    ("expression", "code", "line"),
    [
        ("1 +", "feel.", 1),
        ("a\n=\n=", "feel.", 3),
        ("for a in 1..1000, b in 1..1000 return a", "feel.limit.items", None),
        ("(" * 200 + "1" + ")" * 200, "feel.limit.depth", None),
    ],
)
async def test_what_cannot_be_worked_out_is_refused_with_its_place(
    city: City, expression: str, code: str, line: int | None
) -> None:
    refused = await (await city.person("designer")).post("/feel/evaluate", {"expression": expression})
    assert (refused.status, refused.body["pointer"]) == (422, "/expression")
    assert refused.code.startswith(code)
    assert line is None or refused.body["line"] == line


async def test_an_expression_beyond_the_limit_is_not_read(city: City) -> None:
    designer = await city.person("designer")
    refused = await designer.post("/feel/evaluate", {"expression": "1" * 20_001})
    assert (refused.status, refused.body["pointer"]) == (422, "/expression")
