"""Builds models from the parts a test is about."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from engine.dmn import DecisionResult, Model, load_model
from engine.feel import Evaluation, from_json, to_json
from tests.unit.dmn.models import model_document, table_decision


@pytest.fixture
def evaluation() -> Evaluation:
    return Evaluation(now=datetime(2026, 11, 22, 8, 0, tzinfo=UTC), zone=UTC)


@pytest.fixture
def document() -> Callable[..., bytes]:
    """The XML of a model around some elements."""

    return model_document


@pytest.fixture
def model(document: Callable[..., bytes]) -> Callable[..., Model]:
    """A loaded model of some elements."""
    return lambda *elements, **options: load_model(document(*elements), **options)


@pytest.fixture
def boxed(model: Callable[..., Model], evaluation: Evaluation) -> Callable[..., object]:
    """The JSON value of a boxed expression that reads the input `x`."""

    def of(expression: str, x: object = None) -> object:
        decision = (
            '<decision id="d" name="d"><informationRequirement><requiredInput href="#x"/>'
            f"</informationRequirement>{expression}</decision>"
        )
        loaded = model('<inputData id="x" name="x"/>', decision)
        return to_json(loaded.evaluate("d", {"x": from_json(x)}, evaluation).outputs)

    return of


@pytest.fixture
def decide(evaluation: Evaluation) -> Callable[..., DecisionResult]:
    """The result of a decision over JSON inputs."""

    def of(loaded: Model, decision: str, **inputs: object) -> DecisionResult:
        return loaded.evaluate(decision, {name: from_json(given) for name, given in inputs.items()}, evaluation)

    return of


@pytest.fixture
def table() -> Callable[..., str]:
    """A decision `d` with a table over the inputs `a` and `b`; rows are cells and answers as text."""
    return table_decision
