"""Business rule tasks: finding the decision, asking it, and recording why it answered so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.decisions import Binding, DecisionAnswer, DecisionModel, ask
from engine.feel import FeelLimitExceeded, Value
from engine.spiff.faults import Stuck
from engine.spiff.scopes import Names
from engine.spiff.variables import fixed_names, warn_of

if TYPE_CHECKING:
    from engine.spiff.activation import Activation
    from engine.spiff.attributes import CalledDecision
    from engine.spiff.definition import Definition
    from engine.spiff.run import Run
    from engine.spiff.step import Step


def models_to_keep(definition: Definition, step: Step) -> dict[str, bytes]:
    """The models that an instance of the definition keeps from its start to its end, by decision."""
    latest = {decision: step.decisions.latest(decision) for decision in definition.kept_decisions}
    return {decision: model.sha for decision, model in latest.items() if model is not None}


def decide(run: Run, activation: Activation) -> Value:
    """What the element's decision comes to. Raises ``Stuck`` when it is not published or fails."""
    called: CalledDecision = activation.task_spec.behaviour.decision
    model = _bound(run, called)
    if model is None:
        raise _not_found(called)
    answer = _asked(run, activation, called, model)
    run.step.emit(answer.recorded(run.instance, activation.task_spec.element))
    if answer.warnings:
        warn_of(run, activation, f"decision:{called.id}", answer.warnings)
    if answer.failure is not None:
        raise _failed(called, answer.failure.message_zh, answer.failure.message_en)
    return answer.value


def _bound(run: Run, called: CalledDecision) -> DecisionModel | None:
    decisions = run.step.decisions
    if called.binding is Binding.VERSION_TAG:
        return decisions.tagged(called.id, called.tag)
    kept = run.workflow.bound.get(called.id) if called.binding is Binding.DEPLOYMENT else None
    return decisions.latest(called.id) if kept is None else decisions.by_sha(kept)


def _asked(run: Run, activation: Activation, called: CalledDecision, model: DecisionModel) -> DecisionAnswer:
    names = Names(activation.scope, fixed_names(run, activation))
    try:
        return ask(model, called.id, names, run.step.evaluation)
    except FeelLimitExceeded as error:
        raise _failed(called, error.message_zh, error.message_en) from None


def _not_found(called: CalledDecision) -> Stuck:
    tag_zh, tag_en = (f"（标签 {called.tag}）", f' tagged "{called.tag}"') if called.tag else ("", "")
    return Stuck(
        "decision_not_published",
        f"没有已发布的决策“{called.id}”{tag_zh}。",
        f'Expected a published decision "{called.id}"{tag_en}, but there is none.',
    )


def _failed(called: CalledDecision, reason_zh: str, reason_en: str) -> Stuck:
    return Stuck(
        "decision_failed",
        f"决策“{called.id}”没有得出结论：{reason_zh}。",
        f'Expected the decision "{called.id}" to come to a value, but {reason_en}.',
    )
