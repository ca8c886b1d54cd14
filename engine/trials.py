"""Trying out expressions and decisions: nothing is stored, nothing is changed, everything is bounded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.decisions import DecisionAnswer, DecisionModel, ask, told
from engine.dmn.graph import InputData
from engine.errors import Invalid, NotFound
from engine.feel import (
    Evaluation,
    Expression,
    FeelError,
    FeelLimitExceeded,
    FeelSyntaxError,
    Finding,
    FunctionTable,
    Position,
    Shape,
    Value,
    Warning_,
    compile_expression,
    from_json,
    kind_of,
    lint_expression,
    temporal_from_text,
)
from engine.feel.embedding import SimpleType, unconstrained

_START = Position(0, 1, 1)
#: Types whose values are texts in JSON.
_TEMPORAL = frozenset({"date", "time", "date and time", "days and time duration", "years and months duration"})
#: What cannot be judged of an expression when nobody says which names there are.
_NEEDS_NAMES = "lint.name"


@dataclass(frozen=True, kw_only=True)
class TriedExpression:
    """What an expression came to."""

    #: As JSON.
    value: Any
    #: FEEL's name of its type.
    kind: str
    warnings: Sequence[Warning_]


def check_expression(text: str, declared: Mapping[str, Shape] | None, functions: FunctionTable) -> list[Finding]:
    """What is wrong with an expression, each with its place; names are judged only when they are declared."""
    try:
        expression = compile_expression(text, functions=functions, names=declared or ())
    except FeelSyntaxError as error:
        return [Finding(error.code, error.position, error.message_zh, error.message_en, error.hint)]
    except FeelLimitExceeded as error:
        return [Finding(error.code, error.position or _START, error.message_zh, error.message_en)]
    found = lint_expression(expression, declared or {}, functions)
    return [finding for finding in found if declared is not None or finding.code != _NEEDS_NAMES]


def try_expression(
    text: str, context: Mapping[str, Any], functions: FunctionTable, evaluation: Evaluation
) -> TriedExpression:
    """The value of an expression over names with JSON values. Raises ``Invalid`` naming line and column."""
    names = _values(context, "/context")
    expression = _compiled(text, context, functions)
    try:
        value = expression.evaluate(names, evaluation)
    except FeelLimitExceeded as error:
        raise _refused(error) from error
    return TriedExpression(value=told(value), kind=kind_of(value), warnings=tuple(evaluation.warnings))


def try_decision(
    model: DecisionModel, decision: str, inputs: Mapping[str, Any], evaluation: Evaluation
) -> DecisionAnswer:
    """What a decision, by id or name, comes to over inputs as JSON; texts are read as times where times are asked for.

    An empty name means the only decision of the model. Raises ``NotFound`` and ``Invalid``.
    """
    found = model.find(decision)
    if found is None:
        known = "、".join(model.decisions)
        raise NotFound(
            "decision_not_found",
            f"“{model.key}”中没有决策“{decision}”，有的是：{known}",
            f"Expected one of the decisions of {model.key} ({', '.join(model.decisions)}), but got {decision!a}",
            pointer="/decision",
        )
    given = {name: _typed(model, name, value) for name, value in _values(inputs, "/inputs").items()}
    try:
        return ask(model, found, given, evaluation)
    except FeelLimitExceeded as error:
        raise Invalid(f"feel.{error.code}", error.message_zh, error.message_en, pointer="/decision") from error


def _compiled(text: str, context: Mapping[str, Any], functions: FunctionTable) -> Expression:
    try:
        return compile_expression(text, functions=functions, names=list(context))
    except FeelError as error:
        raise _refused(error) from error


def _refused(error: FeelError) -> Invalid:
    position = error.position
    return Invalid(
        f"feel.{error.code}",
        error.message_zh,
        error.message_en,
        pointer="/expression",
        line=position.line if position else None,
        details={"column": position.column, "offset": position.offset} if position else None,
    )


def _values(given: Mapping[str, Any], pointer: str) -> dict[str, Value]:
    try:
        return {name: from_json(value) for name, value in given.items()}
    except FeelError as error:
        raise Invalid(f"feel.{error.code}", error.message_zh, error.message_en, pointer=pointer) from error


def _typed(model: DecisionModel, name: str, value: Value) -> Value:
    asked = next((each for each in model.model.elements.values() if each.name == name), None)
    type_ = asked.type_ if isinstance(asked, InputData) else None
    plain = unconstrained(type_) if type_ is not None else None
    if isinstance(value, str) and isinstance(plain, SimpleType) and plain.name in _TEMPORAL:
        return temporal_from_text(value) or value
    return value
