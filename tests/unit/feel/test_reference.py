"""The reference says what is there, and what it says is true."""

import re
from pathlib import Path

import pytest

from engine import feel
from engine.feel import DEFAULT_LIMITS
from engine.feel.reference import function_reference

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "feel.md"
TEXT = REFERENCE.read_text(encoding="utf-8")
EXAMPLES = [line for block in re.findall(r"```feel\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines() if line]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_comes_to_true(value, example):
    assert value(example) is True


def test_every_function_is_in_the_reference_as_the_table_has_it(standard):
    assert function_reference() in TEXT
    for function in standard:
        assert f"**{function.name}**" in TEXT, function.name
        assert function.example in EXAMPLES, function.name


@pytest.mark.parametrize("limit", ["length", "tokens", "depth", "steps", "items", "characters"])
def test_the_limits_are_the_ones_that_hold(limit):
    assert f"| {getattr(DEFAULT_LIMITS, limit):,} |" in TEXT


def test_the_door_of_the_package_is_what_it_was():
    assert list(feel.__all__) == [
        "ANY_SHAPE",
        "DEFAULT_LIMITS",
        "STANDARD",
        "ArgumentRefused",
        "CallReference",
        "Date",
        "DateTime",
        "DayTimeDuration",
        "Evaluation",
        "Expression",
        "FeelError",
        "FeelFunction",
        "FeelLimitExceeded",
        "FeelSyntaxError",
        "Finding",
        "FunctionTable",
        "Limits",
        "NotConvertible",
        "Parameter",
        "Position",
        "Range",
        "Reference",
        "Shape",
        "Signature",
        "TableFunction",
        "Time",
        "UnaryTests",
        "Value",
        "Warning_",
        "YearMonthDuration",
        "Zone",
        "compile_expression",
        "compile_unary_tests",
        "from_datetime",
        "from_json",
        "iso_text",
        "kind_of",
        "lint_expression",
        "parse_attribute",
        "shape_of",
        "table_function",
        "temporal_from_text",
        "to_datetime",
        "to_json",
        "to_timedelta",
    ]
    assert all(hasattr(feel, name) for name in feel.__all__)
