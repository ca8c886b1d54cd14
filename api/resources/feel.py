"""Expressions: checked and tried out while they are written."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.resources import feel_vocabulary
from api.routes import Call, Nothing, Reply, Resource, Route
from api.trials import FeelWarning, shown_warnings
from api.validation import pointer_of
from engine.errors import Invalid
from engine.feel import DEFAULT_LIMITS, Finding, Shape
from engine.trials import check_expression, try_expression
from processes.access import Permission

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=DEFAULT_LIMITS.length)]
#: What a declared name may hold, beside the members of a context.
KINDS = frozenset(
    {
        "any",
        "boolean",
        "date",
        "date and time",
        "days and time duration",
        "number",
        "string",
        "time",
        "years and months duration",
    }
)


class ExpressionToCheck(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An expression, without the leading ``=``, and what it may name."""

    expression: Text
    #: Name → type, such as ``"number"`` or ``"any"``, or the members of a context in the same way. When it is left out,
    #: names are not judged.
    declared: dict[str, Any] | None = None


class ExpressionFinding(msgspec.Struct, frozen=True, kw_only=True):
    """Something about an expression that will not do what was meant."""

    code: str
    message_zh: str
    message_en: str
    #: Counted from 1; ``offset`` counts characters from 0.
    line: int
    column: int
    offset: int
    #: What may be meant instead.
    suggestion: str | None


class ExpressionChecked(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is wrong with an expression, in the order of its text."""

    findings: list[ExpressionFinding]


class ExpressionToTry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An expression, without the leading ``=``, and the values of the names it may read."""

    expression: Text
    context: dict[str, Any] = {}


class ExpressionTried(msgspec.Struct, frozen=True, kw_only=True):
    """What an expression came to."""

    value: Any
    #: FEEL's name of the type.
    kind: str
    warnings: list[FeelWarning]


async def check_feel(call: Call[Nothing, ExpressionToCheck]) -> Reply:
    """Answer what is wrong with an expression, a text that is no expression among it."""
    declared = None if call.body.declared is None else _shapes(call.body.declared, ["declared"])
    findings = await asyncio.to_thread(check_expression, call.body.expression, declared, call.platform.functions)
    return answered(ExpressionChecked(findings=[_shown(finding) for finding in findings]))


async def evaluate_feel(call: Call[Nothing, ExpressionToTry]) -> Reply:
    """Answer the value of an expression."""
    evaluation, functions = await call.platform.evaluation(), call.platform.functions
    # Within its bounds an evaluation still takes long enough for others to notice.
    tried = await asyncio.to_thread(try_expression, call.body.expression, call.body.context, functions, evaluation)
    return answered(ExpressionTried(value=tried.value, kind=tried.kind, warnings=shown_warnings(tried.warnings)))


def _shapes(declared: Mapping[str, Any], steps: list[str | int]) -> dict[str, Shape]:
    return {name: _shape(written, [*steps, name]) for name, written in declared.items()}


def _shape(written: Any, steps: list[str | int]) -> Shape:
    if isinstance(written, dict):
        return _shapes(written, steps)
    if isinstance(written, str) and written in KINDS:
        return written
    known = ", ".join(sorted(KINDS))
    raise Invalid(
        "shape_unknown",
        f"应为下列类型之一，或成员的对象：{known}",
        f"Expected one of these types, or an object of members: {known}",
        pointer=pointer_of(steps),
    )


def _shown(finding: Finding) -> ExpressionFinding:
    return ExpressionFinding(
        code=finding.code,
        message_zh=finding.message_zh,
        message_en=finding.message_en,
        line=finding.position.line,
        column=finding.position.column,
        offset=finding.position.offset,
        suggestion=finding.suggestion,
    )


def _trying(path: str, handler: Any, words: tuple[str, str], *, body: type[msgspec.Struct], answer: Any) -> Route:
    return Route(
        method="POST",
        path=path,
        handler=handler,
        summary_zh=words[0],
        summary_en=words[1],
        body=body,
        answer=answer,
        permission=Permission.PROCESS_READ,
    )


RESOURCE = Resource(
    name="feel",
    title_zh="表达式",
    title_en="Expressions",
    routes=(
        feel_vocabulary.ROUTE,
        _trying(
            "/feel/check",
            check_feel,
            ("检查表达式（FEEL），指出位置", "Check an expression (FEEL), naming the places"),
            body=ExpressionToCheck,
            answer=ExpressionChecked,
        ),
        _trying(
            "/feel/evaluate",
            evaluate_feel,
            ("试算表达式（FEEL）", "Work out an expression (FEEL)"),
            body=ExpressionToTry,
            answer=ExpressionTried,
        ),
    ),
)
