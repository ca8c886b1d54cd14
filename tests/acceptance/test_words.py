"""Words for what people read: stages and verbs by the names of the diagrams, answers by those of the form."""

from __future__ import annotations

import pytest

from tests.acceptance.city import CONDITION, City, shipped

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_stages_and_diagrams_bear_the_names_that_diagrams_give_them(city: City) -> None:
    told = (await (await city.person("clerk")).get("/stages")).body
    stages = {each["stage"]: each["name"] for each in told["items"]}
    assert (stages["disposal"], stages["filing"]) == ("处置", "立案")
    assert {each["name_en"] for each in told["items"]} == {""}
    assert {"key": "extension", "name": "延期"} in told["diagrams"]


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
