"""Boolean functions, and the one that tells null apart."""

from __future__ import annotations

from engine.feel.arguments import boolean
from engine.feel.evaluation import Evaluation
from engine.feel.functions import Parameter, table_function
from engine.feel.values import Value


def _not(_evaluation: Evaluation, negand: bool) -> Value:
    return not negand


def _get_or_else(_evaluation: Evaluation, value: Value, default: Value) -> Value:
    return default if value is None else value


FUNCTIONS = (
    table_function(
        "not",
        (Parameter("negand", boolean),),
        _not,
        help_zh="取反；不是真假值时为 null",
        help_en="The opposite; null for anything that is not a boolean",
        example="not(1 = 2)",
    ),
    table_function(
        "get or else",
        (Parameter("value"), Parameter("default")),
        _get_or_else,
        help_zh="值；为 null 时取默认值（规范之外的补充）",
        help_en="The value, or the default when it is null (an addition to the specification)",
        example="get or else(null, 4) = 4",
    ),
)
