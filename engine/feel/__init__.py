"""FEEL, the expression language of DMN 1.5.

A text is parsed once to a syntax tree and compiled to closures. A compiled expression reaches nothing but the
names it is given and the functions of its table; every evaluation is bounded in steps, depth and size and is
told what time it is. What would be null in silence leaves a warning on the evaluation.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from engine.feel.boundary import from_datetime, from_json, iso_text, to_datetime, to_json, to_timedelta
from engine.feel.errors import (
    ArgumentRefused,
    FeelError,
    FeelLimitExceeded,
    FeelSyntaxError,
    NotConvertible,
    Position,
)
from engine.feel.evaluation import Evaluation, Warning_
from engine.feel.expression import (
    Expression,
    UnaryTests,
    compile_over,
    compile_tests_over,
    parse_attribute,
)
from engine.feel.functions import FunctionTable, Parameter, Signature, TableFunction, table_function
from engine.feel.limits import DEFAULT_LIMITS, Limits
from engine.feel.lint import ANY_SHAPE, Finding, Shape, lint_expression, shape_of
from engine.feel.references import CallReference, Reference
from engine.feel.standard import STANDARD
from engine.feel.temporal import Date, DateTime, DayTimeDuration, Time, YearMonthDuration, Zone
from engine.feel.temporal.reading import temporal_from_text
from engine.feel.types import FeelType
from engine.feel.values import FeelFunction, Range, Value, kind_of

__all__ = [
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


def compile_expression(
    text: str,
    *,
    functions: FunctionTable = STANDARD,
    names: Collection[str] = (),
    types: Mapping[str, FeelType] | None = None,
) -> Expression:
    """Compile an expression; raises FeelSyntaxError or FeelLimitExceeded.

    `names` are the names the expression may read that contain spaces or signs; others need no mention.
    `types` are types of the host that `instance of` may name.
    """
    return compile_over(text, functions, names=names, types=types)


def compile_unary_tests(
    text: str,
    *,
    functions: FunctionTable = STANDARD,
    names: Collection[str] = (),
    types: Mapping[str, FeelType] | None = None,
) -> UnaryTests:
    """Compile the cell of a decision table; the value it tests is read under the name `?`."""
    return compile_tests_over(text, functions, names=names, types=types)
