"""Asking a decision: its value, and the proof of why as JSON values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from engine.decisions.model import CASE, DecisionModel
from engine.dmn import DecisionTrace, TableMatch
from engine.events import DecisionEvaluated, RuleMatched, TableMatched
from engine.feel import Evaluation, NotConvertible, Value, Warning_, kind_of, to_json

#: Warnings after which the value is not what the table says: it contradicts itself or was asked what it forbids.
#: A table in which no row matches has answered: null.
_FAILURES = frozenset(
    {"table.several", "table.differ", "table.input", "value.type", "function.external", "function.none"}
)


class Given(Protocol):
    """Where the inputs of a decision are found by name: a dict, or the scopes of an instance."""

    def get(self, name: str, /) -> Any:
        """The value of a name; ``None`` when there is none."""
        ...


@dataclass(frozen=True, kw_only=True)
class DecisionAnswer:
    """What a decision came to."""

    decision: str
    #: Hex SHA-256 of the model.
    model_sha: str
    value: Value
    #: The inputs that were read, by name; of the case only the facts that the model names.
    inputs: Mapping[str, Any]
    matched: Sequence[TableMatched]
    #: Every decision worked out on the way, the asked one last.
    worked_out: Sequence[DecisionTrace]
    warnings: Sequence[Warning_]

    @property
    def failure(self) -> Warning_ | None:
        """Why the value must not be used; ``None`` when it may."""
        return next((warning for warning in self.warnings if warning.code in _FAILURES), None)

    def recorded(self, instance: int | None = None, element: str = "") -> DecisionEvaluated:
        """The proof as it stands in the log."""
        return DecisionEvaluated(
            instance=instance,
            element=element,
            decision=self.decision,
            model_sha=self.model_sha,
            inputs=dict(self.inputs),
            outputs=told(self.value),
            matched=list(self.matched),
        )


def ask(model: DecisionModel, decision: str, given: Given, evaluation: Evaluation) -> DecisionAnswer:
    """Work out a decision (by id) over what is given; takes its warnings off the evaluation.

    Raises ``FeelLimitExceeded``, nothing else.
    """
    inputs = {name: given.get(name) for name in model.inputs_of(decision)}
    try:
        result = model.model.evaluate(decision, inputs, evaluation)
        warnings = tuple(evaluation.warnings)
    finally:
        evaluation.warnings.clear()
    return DecisionAnswer(
        decision=decision,
        model_sha=model.sha.hex(),
        value=result.outputs,
        inputs={name: _input_told(name, value, model.facts) for name, value in result.inputs.items()},
        matched=[_matched(match, model) for match in result.matched],
        worked_out=result.decisions,
        warnings=warnings,
    )


def told(value: Value) -> Any:
    """A value as JSON; what only lives while an expression runs is told by its kind."""
    try:
        return to_json(value)
    except NotConvertible:
        return f"<{kind_of(value)}>"


def _input_told(name: str, value: Value, facts: frozenset[str] | None) -> Any:
    if name == CASE and facts is not None and isinstance(value, dict):
        return {fact: told(value.get(fact)) for fact in sorted(facts)}
    return told(value)


def _matched(match: TableMatch, model: DecisionModel) -> TableMatched:
    rules = [RuleMatched(row=rule.row, id=rule.rule_id) for rule in match.rules]
    return TableMatched(decision=model.owners.get(match.table_id or "", match.table_id or ""), rules=rules)
