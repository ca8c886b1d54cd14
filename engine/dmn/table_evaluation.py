"""Running a decision table: which rows match, and what the hit policy makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from engine.dmn.tables import Aggregation, DecisionTable, HitPolicy, Rule, TableInput
from engine.dmn.warnings import warn
from engine.feel import STANDARD, Evaluation, Value
from engine.feel.embedding import Run, Scope, coerce, equal


@dataclass(frozen=True, slots=True)
class MatchedRule:
    """A row that matched; `row` counts from 1."""

    rule_id: str | None
    row: int


@dataclass(frozen=True, slots=True)
class TableMatch:
    """What a table was asked and which of its rows matched, in the order of the table."""

    table_id: str | None
    inputs: tuple[tuple[str, Value], ...]
    rules: tuple[MatchedRule, ...]


def table_run(table: DecisionTable) -> Run:
    """The value of the table in a scope; what matched is recorded on the evaluation's trail."""
    combine = _POLICIES[table.hit_policy]
    wanted = 1 if table.hit_policy is HitPolicy.FIRST else None

    def run(scope: Scope) -> Value:
        values: list[Value] = []
        for column in table.inputs:
            value = _input_value(column, scope)
            if column.allowed is not None and not _is_allowed(column, value, scope):
                warn(scope.evaluation, "table.input", name=column.label)
                return None
            values.append(value)
        matched = list(islice(_matching(table.rules, values, scope), wanted))
        _record(table, values, matched, scope.evaluation)
        return combine(table, matched, scope) if matched else _default(table, scope)

    return run


def _input_value(column: TableInput, scope: Scope) -> Value:
    value = column.expression.run(scope)
    if column.type_ is None or value is None:
        return value
    return coerce(value, column.type_, scope.evaluation)


def _is_allowed(column: TableInput, value: Value, scope: Scope) -> bool:
    return column.allowed is None or column.allowed.test(scope.inner({"?": value}), value) is True


def _matching(rules: Sequence[Rule], values: Sequence[Value], scope: Scope) -> Iterator[Rule]:
    scopes = [scope.inner({"?": value}) for value in values]
    scope.evaluation.spend(len(rules))
    for rule in rules:
        for index, tests in rule.tests:
            if tests.test(scopes[index], values[index]) is not True:
                break
        else:
            yield rule


def _record(table: DecisionTable, values: Sequence[Value], matched: Sequence[Rule], evaluation: Evaluation) -> None:
    inputs = tuple((column.label, value) for column, value in zip(table.inputs, values, strict=True))
    rules = tuple(MatchedRule(rule.id, rule.row) for rule in matched)
    evaluation.trail.append(TableMatch(table.id, inputs, rules))


def _answer(table: DecisionTable, answers: Sequence[Value]) -> Value:
    """One output is its value, several are a context."""
    if len(answers) == 1:
        return answers[0]
    return {output.name: answer for output, answer in zip(table.outputs, answers, strict=True)}


def _outputs(table: DecisionTable, rule: Rule, scope: Scope) -> Value:
    answers: list[Value] = []
    for output, expression in zip(table.outputs, rule.outputs, strict=True):
        value = expression.run(scope)
        answers.append(value if output.type_ is None else coerce(value, output.type_, scope.evaluation))
    return _answer(table, answers)


def _default(table: DecisionTable, scope: Scope) -> Value:
    if any(output.default is not None for output in table.outputs):
        return _answer(table, [output.default.run(scope) if output.default else None for output in table.outputs])
    if table.aggregation is Aggregation.COUNT:
        return Decimal(0)
    warn(scope.evaluation, "table.none")
    return None


def _only(table: DecisionTable, matched: Sequence[Rule], scope: Scope) -> Value:
    if len(matched) > 1:
        warn(scope.evaluation, "table.several", count=len(matched), rows=_rows(matched))
        return None
    return _outputs(table, matched[0], scope)


def _first(table: DecisionTable, matched: Sequence[Rule], scope: Scope) -> Value:
    return _outputs(table, matched[0], scope)


def _any(table: DecisionTable, matched: Sequence[Rule], scope: Scope) -> Value:
    answers = _all(table, matched, scope)
    if any(not equal(answer, answers[0], scope.evaluation) for answer in answers):
        warn(scope.evaluation, "table.differ", rows=_rows(matched))
        return None
    return answers[0]


def _all(table: DecisionTable, matched: Sequence[Rule], scope: Scope) -> list[Value]:
    return [_outputs(table, rule, scope) for rule in matched]


def _by_priority(table: DecisionTable, matched: Sequence[Rule], scope: Scope) -> list[Value]:
    """The outputs in the order of the columns' value lists; a value that is not listed comes last."""
    orders = [output.values.run(scope) if output.values else [] for output in table.outputs]

    def rank(answer: Value) -> list[int]:
        parts = list(answer.values()) if len(orders) > 1 and isinstance(answer, dict) else [answer]
        return [_rank(part, order, scope) for part, order in zip(parts, orders, strict=True)]

    return sorted(_all(table, matched, scope), key=rank)


def _rank(value: Value, order: Value, scope: Scope) -> int:
    values = order if isinstance(order, list) else []
    places = (index for index, listed in enumerate(values) if equal(value, listed, scope.evaluation))
    return next(places, len(values))


def _highest(table: DecisionTable, matched: Sequence[Rule], scope: Scope) -> Value:
    return _by_priority(table, matched, scope)[0]


def _collect(table: DecisionTable, matched: Sequence[Rule], scope: Scope) -> Value:
    answers = _all(table, matched, scope)
    if table.aggregation is None:
        return answers
    function = STANDARD.get(table.aggregation.value.lower())
    return function.call([answers], scope.evaluation) if function else None


def _rows(matched: Sequence[Rule]) -> str:
    return ", ".join(str(rule.row) for rule in matched)


_POLICIES: Mapping[HitPolicy, Callable[[DecisionTable, Sequence[Rule], Scope], Value]] = {
    HitPolicy.UNIQUE: _only,
    HitPolicy.FIRST: _first,
    HitPolicy.ANY: _any,
    HitPolicy.PRIORITY: _highest,
    HitPolicy.COLLECT: _collect,
    HitPolicy.RULE_ORDER: _all,
    HitPolicy.OUTPUT_ORDER: _by_priority,
}
