"""Element templates: what a designer is offered for tasks of outside systems."""

from __future__ import annotations

from connectors import element_templates, read_target
from engine.spiff import lint_process
from tests.unit.connectors.test_targets import content
from tests.unit.spiff.drawing import document, end, flow, outside, start


def test_a_template_fills_in_what_the_engine_reads_and_tells_no_address() -> None:
    rule = {"status": [409, 409], "then": "error", "error": "refused"}
    targets = {"sewers": read_target(content(answers=[rule], secret="sewers-key"))}
    [template] = element_templates(targets)
    bound = {tuple(each["binding"].values()): each for each in template["properties"]}
    assert template["id"] == "guiliu.connector.sewers"
    assert "@camunda/zeebe-element-templates-json-schema" in template["$schema"]
    assert bound["zeebe:taskHeader", "target"]["value"] == "sewers"
    assert {("zeebe:taskDefinition", "type"), ("zeebe:taskDefinition", "retries")} <= bound.keys()
    assert "refused" in template["description"]
    assert not any(word in str(template) for word in ("sewers.example", "sewers-key", "10.1.2.0"))


def test_a_system_that_is_out_of_use_is_not_offered() -> None:
    assert element_templates({"sewers": read_target(content(is_enabled=False))}) == []


def test_what_is_filled_in_passes_the_lint() -> None:
    drawn = document(start(), outside("s", "clean", target="sewers"), end(), flow("start", "s"), flow("s", "end"))
    applied = drawn.replace(b' id="s"', b' zeebe:modelerTemplate="guiliu.connector.sewers" id="s"')
    assert lint_process(applied) == []
