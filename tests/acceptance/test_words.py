"""Words for what people read: stages and verbs by the names of the diagrams, answers by those of the form."""

from __future__ import annotations

import pytest

from tests.acceptance.city import CONDITION, City, shipped

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_stages_and_diagrams_bear_the_names_that_diagrams_give_them(city: City) -> None:
    told = (await (await city.person("clerk")).get("/stages")).body
    stages = {each["stage"]: each["name"] for each in told["items"]}
    assert (stages["disposal"], stages["filing"]) == ("处置", "立案")
    assert {each["stage"]: each["name_en"] for each in told["items"]}["disposal"] == "Disposal"
    assert {"key": "extension", "name": "延期", "name_en": "Extension"} in told["diagrams"]


async def test_what_diagrams_name_is_answered_in_both_languages(city: City) -> None:
    case, task = await city.walk(until="dispatch_case")
    dispatcher, leader = await city.person("dispatcher"), await city.person("leader")
    detail = (await dispatcher.get(f"/tasks/{task}")).body
    assert (detail["name"], detail["name_en"]) == ("派遣", "Dispatch")
    told = {part: (await leader.get(f"/cases/{case}/{part}")).body["items"] for part in ("tasks", "waits", "diagram")}
    assert [each["name_en"] for each in told["tasks"]] == ["Acceptance", "Filing", "Dispatch"]
    assert ("派遣", "Dispatch") in [(each["name"], each["name_en"]) for each in told["waits"]]
    assert [each["name_en"] for each in told["diagram"]] == ["Case handling", "Filing", "Dispatch"]
    history = (await leader.get(f"/cases/{case}/history", limit=200)).body["items"]
    assert "Filing" in [each["name_en"] for each in history if each["type"] == "TaskOpened"]
    verbs = (await leader.get(f"/cases/{case}/verbs")).body["items"]
    assert "Extension" in [each["name_en"] for each in verbs]
    processes = (await (await city.person("designer")).get("/processes")).body["items"]
    assert "Case handling" in [each["name_en"] for each in processes]


async def test_answers_are_told_in_the_words_of_their_form(city: City) -> None:
    case, _ = await city.walk(until="dispatch_case")
    history = (await (await city.person("leader")).get(f"/cases/{case}/history", limit=200)).body["items"]
    accepted, filed = [each["answers"] for each in history if each["type"] == "TaskCompleted"]
    assert (accepted[0]["label_zh"], accepted[0]["value_zh"], accepted[0]["value_en"]) == ("受理意见", "受理", "Accept")
    by_field = {each["field"]: each for each in filed}
    assert by_field["urgency"]["value_zh"] == "紧急"
    assert by_field["condition"]["value_zh"] not in ("", CONDITION)
    assert all(not each["answers"] for each in history if each["type"] != "TaskCompleted")


async def test_a_stage_that_a_designer_invents_is_called_in_english_as_the_diagram_says(city: City) -> None:
    usual = b'<zeebe:property name="stage" value="confirmation" />'
    invented = b'<zeebe:property name="stage" value="on_site" /><zeebe:property name="stageEn" value="On site" />'
    await city.publish("filing", shipped("filing").replace(usual, invented))
    told = (await (await city.person("clerk")).get("/stages")).body["items"]
    assert ("现场核实", "On site") in [(each["name"], each["name_en"]) for each in told if each["stage"] == "on_site"]
