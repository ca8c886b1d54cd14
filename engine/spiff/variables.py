"""Evaluates the expressions of an element and writes what they yield."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.errors import Invalid
from engine.events import ExpressionWarned, FactsChanged, VariablesWritten
from engine.feel import FeelLimitExceeded, NotConvertible, Value, Warning_, from_datetime, to_json
from engine.spiff.compiling import RESERVED
from engine.spiff.faults import Stuck
from engine.spiff.following import HOST
from engine.spiff.scopes import Names, Scope, Writing
from engine.spiff.stored_values import NotStorable, check_storable

if TYPE_CHECKING:
    from engine.spiff.activation import Activation
    from engine.spiff.attributes import Attribute, Mapping_
    from engine.spiff.run import Run

#: Writings in a scope that is gone when the mappings are done.
_PASSING = Writing(0, 0)


def evaluate(run: Run, activation: Activation, attribute: Attribute, scope: Scope | None = None) -> Value:
    """The value of a declared attribute as the element sees it, with a record of what looked wrong in it.

    Raises ``Stuck`` when a limit is exceeded.
    """
    value = _evaluated(run, activation, attribute, scope)
    warnings = run.step.evaluation.warnings
    if warnings:
        warn_of(run, activation, attribute.name, warnings)
        warnings.clear()
    return value


def value_of(run: Run, activation: Activation, attribute: Attribute) -> Value:
    """The same for what is evaluated again and again: what looks wrong in it is recorded by others."""
    value = _evaluated(run, activation, attribute, None)
    run.step.evaluation.warnings.clear()
    return value


def _evaluated(run: Run, activation: Activation, attribute: Attribute, scope: Scope | None) -> Value:
    if attribute.expression is None:
        return attribute.literal
    evaluation = run.step.evaluation
    names = Names(scope or activation.scope, fixed_names(run, activation))
    try:
        return attribute.expression.evaluate(names, evaluation)
    except FeelLimitExceeded as error:
        evaluation.warnings.clear()
        raise Stuck(
            "expression_limit",
            f"{attribute.name}：{error.message_zh}",
            f"{attribute.name}: {error.message_en}",
        ) from None


def warn_of(run: Run, activation: Activation, attribute: str, warnings: Iterable[Warning_]) -> None:
    """Record what an evaluation noticed."""
    warn(run, activation, attribute, [_warning(warning) for warning in warnings])


def warn(run: Run, activation: Activation, attribute: str, warnings: list[dict[str, Any]]) -> None:
    """Record that an expression answered, but something in it looked wrong."""
    run.step.emit(
        ExpressionWarned(
            instance=run.instance, element=activation.task_spec.element, attribute=attribute, warnings=warnings
        )
    )


def apply_inputs(run: Run, activation: Activation) -> None:
    """Make the activity's own variables from its input mappings, once; later mappings see the earlier ones."""
    inputs = activation.task_spec.behaviour.inputs
    if not inputs or activation.local is not None:
        return
    seen = Scope(0, activation.scope)
    values = {mapping.target: _map(run, activation, mapping, seen) for mapping in inputs}
    written = _written(values)
    _put(run, activation, run.open_scope(activation), {name: (values[name], written[name]) for name in values})


def apply_outputs(run: Run, activation: Activation) -> None:
    """Write what the activity yields: by its output mappings when it has any, else entry by entry.

    Output mappings see the answer before everything else, and later ones the earlier ones.
    """
    outputs = activation.task_spec.behaviour.outputs
    if not outputs:
        write(run, activation, activation.answer, activation.scope)
        return
    seen = Scope(0, activation.scope)
    for name, value in activation.answer.items():
        seen.put(name, value, _PASSING)
    values = [(mapping, _map(run, activation, mapping, seen)) for mapping in outputs]
    variables = {mapping.target: value for mapping, value in values if not mapping.to_fact}
    _written(variables)
    _assign_facts(run, activation, [(mapping, value) for mapping, value in values if mapping.to_fact])
    write(run, activation, variables, activation.scope_around)


def furnish(run: Run, activation: Activation, scope: Scope, values: Mapping[str, Value]) -> None:
    """Set the variables that a scope begins with. Raises ``Stuck`` for one that cannot be kept; then none is set."""
    written = _written(values)
    _put(run, activation, scope, {name: (value, written[name]) for name, value in values.items()})
    # What a scope begins with is nobody's writing.
    scope.writings.clear()


def write(run: Run, activation: Activation, values: Mapping[str, Value], scope: Scope) -> None:
    """Set each variable in the nearest scope that has it, else in the outermost. Raises ``Stuck``; then none is set."""
    written = _written(values)
    by_holder: dict[Scope, list[str]] = {}
    for name in values:
        by_holder.setdefault(scope.holder_of(name), []).append(name)
    for holder, names in by_holder.items():
        _put(run, activation, holder, {name: (values[name], written[name]) for name in names})


def _put(run: Run, activation: Activation, scope: Scope, values: Mapping[str, tuple[Value, Any]]) -> None:
    writing = Writing(run.workflow.tick(), activation.branch)
    overwritten = [name for name, (value, _) in values.items() if scope.put(name, value, writing)]
    run.step.emit(
        VariablesWritten(
            instance=run.instance,
            element=activation.task_spec.element,
            scope=scope.id,
            values={name: written for name, (_, written) in values.items()},
            overwritten=overwritten,
        )
    )


def _written(values: Mapping[str, Value]) -> dict[str, Any]:
    """The values as events tell them. Raises ``Stuck`` for one that cannot be kept."""
    written = {}
    for name, value in values.items():
        if name in RESERVED:
            raise Stuck(
                "reserved_name",
                f"“{name}”有固定含义，不能作变量名。",
                f'Expected a variable name, but "{name}" has a meaning of its own.',
            )
        try:
            check_storable(value)
            written[name] = to_json(value)
        except (NotStorable, NotConvertible):
            raise Stuck(
                "value_not_storable",
                f"变量“{name}”的值（函数或区间）不能保存。",
                f'Expected the value of "{name}" to be storable, but it is a function or a range.',
            ) from None
    return written


def _assign_facts(run: Run, activation: Activation, values: Iterable[tuple[Mapping_, Value]]) -> None:
    assigned: dict[str, Any] = {}
    try:
        for mapping, value in values:
            assigned.update(run.step.facts.assign(mapping.target, value))
    except Invalid as refusal:
        raise Stuck("fact_refused", refusal.message_zh, refusal.message_en) from None
    finally:
        # Facts set before a refusal are set: the log must not say less than the facts.
        if assigned:
            element = activation.task_spec.element
            run.step.emit(FactsChanged(instance=run.instance, element=element, facts=assigned))


def _map(run: Run, activation: Activation, mapping: Mapping_, seen: Scope) -> Value:
    value = evaluate(run, activation, mapping.source, seen)
    if not mapping.to_fact:
        seen.put(mapping.target, value, _PASSING)
    return value


def fixed_names(run: Run, activation: Activation) -> dict[str, Callable[[], Value]]:
    """What makes the names before all variables: ``case``, ``task`` where there is one, ``host`` in a procedure."""
    fixed: dict[str, Callable[[], Value]] = {"case": lambda: dict(run.step.facts.values())}
    if activation.opened is not None:
        opened_at = activation.opened.opened_at
        fixed["task"] = lambda: {
            "id": Decimal(activation.id),
            "element": activation.task_spec.element,
            "performer": activation.performer,
            "opened_at": from_datetime(opened_at.astimezone(run.step.evaluation.zone)),
        }
    procedure = run.workflow.outermost.procedure
    if procedure is not None:
        host = procedure.host
        fixed[HOST] = lambda: {"element": host.element, "deadline": run.step.deadlines.value_of(host.deadline)}
    return fixed


def _warning(warning: Warning_) -> dict[str, Any]:
    position = warning.position
    return {
        "code": warning.code,
        "message_zh": warning.message_zh,
        "message_en": warning.message_en,
        **({"line": position.line, "column": position.column} if position else {}),
    }
