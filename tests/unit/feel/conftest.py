"""Evaluates expressions at a fixed moment in the zone of the city."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from engine.feel import (
    STANDARD,
    Evaluation,
    FunctionTable,
    Limits,
    Value,
    compile_expression,
    compile_unary_tests,
    from_json,
    kind_of,
)

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture
def evaluation() -> Evaluation:
    return Evaluation(now=NOW, zone=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def bounded() -> Callable[..., Evaluation]:
    """An evaluation with limits of its own."""
    return lambda **limits: Evaluation(now=NOW, zone=UTC, limits=Limits(**limits))


@pytest.fixture
def value(evaluation: Evaluation) -> Callable[..., Value]:
    """The value of an expression over JSON names."""

    def of(text: str, names: Mapping[str, object] | None = None) -> Value:
        known = {name: from_json(given) for name, given in (names or {}).items()}
        return compile_expression(text, names=known).evaluate(known, evaluation)

    return of


@pytest.fixture
def passes(evaluation: Evaluation) -> Callable[[str, str], Value]:
    """Whether the value of an expression passes unary tests."""

    def of(tests: str, given: str) -> Value:
        value = compile_expression(given).evaluate({}, evaluation)
        return compile_unary_tests(tests).evaluate({"?": value}, evaluation)

    return of


@pytest.fixture
def warned(evaluation: Evaluation) -> Callable[[str], list[str]]:
    """The codes of the warnings an expression leaves."""

    def of(text: str) -> list[str]:
        compile_expression(text).evaluate({}, evaluation)
        return [warning.code for warning in evaluation.warnings]

    return of


@pytest.fixture
def standard() -> FunctionTable:
    return STANDARD


@pytest.fixture
def agree(value: Callable[..., Value]) -> Callable[..., None]:
    """Asserts that two expressions come to the same value of the same type."""

    def of(text: str, same: str, names: Mapping[str, object] | None = None) -> None:
        found, expected = value(text, names), value(same)
        assert (kind_of(found), found) == (kind_of(expected), expected)

    return of
