"""The runner of the compatibility kit counts what passes and what fails, on a kit of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.tck import main, run_level

MODEL = """
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="urn:kit" name="kit">
  <inputData id="i" name="Days"><variable name="Days" typeRef="number"/></inputData>
  <decision id="d" name="Due">
    <informationRequirement><requiredInput href="#i"/></informationRequirement>
    <literalExpression><text>
      {when: date("2026-07-01") + duration("P" + string(Days) + "D"), parts: [Days / 3]}
    </text></literalExpression>
  </decision>
  <decision id="n" name="Nothing"><literalExpression><text>1 + "a"</text></literalExpression></decision>
</definitions>
"""
TESTS = """
<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
           xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <modelName>kit.dmn</modelName>
  <testCase id="001">
    <inputNode name="Days"><value xsi:type="xsd:decimal">1</value></inputNode>
    <resultNode name="Due" type="decision"><expected>
      <component name="when"><value xsi:type="xsd:date">2026-07-02</value></component>
      <component name="parts"><list><item><value xsi:type="xsd:decimal">0.33333333</value></item></list></component>
    </expected></resultNode>
  </testCase>
  <testCase id="002">
    <inputNode name="Days"><value xsi:type="xsd:decimal">2</value></inputNode>
    <resultNode name="Due" type="decision">
      <expected><value xsi:type="xsd:string">2026-07-03</value></expected>
    </resultNode>
  </testCase>
  <testCase id="003">
    <resultNode name="Nothing" type="decision" errorResult="true">
      <expected><value xsi:nil="true"/></expected>
    </resultNode>
  </testCase>
</testCases>
"""


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    suite = tmp_path / "compliance-level-2" / "0001-kit"
    suite.mkdir(parents=True)
    (suite / "kit.dmn").write_text(MODEL.strip())
    (suite / "kit-test-01.xml").write_text(TESTS.strip())
    return tmp_path


def test_cases_are_counted_and_those_that_fail_are_named(kit: Path) -> None:
    tally = run_level(kit / "compliance-level-2")
    assert (tally.passed, tally.total, tally.valued_passed, tally.valued) == (2, 3, 1, 2)
    (failure,) = tally.failures
    assert failure.case == "kit-test-01 002"
    assert "2026-07-03" in failure.why


def test_a_model_that_does_not_load_fails_every_case_of_it(kit: Path) -> None:
    (kit / "compliance-level-2" / "0001-kit" / "kit.dmn").write_text("<definitions/>")
    tally = run_level(kit / "compliance-level-2")
    assert (tally.passed, tally.total) == (0, 3)


def test_a_folder_without_levels_says_how_it_is_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert "compliance-level-" in capsys.readouterr().err
