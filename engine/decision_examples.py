"""Asking a decision model what its examples say it comes to; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.decisions import DecisionAnswer, DecisionModel, told
from engine.definitions import DecisionExample
from engine.errors import Invalid, NotFound, Refusal
from engine.feel import Evaluation, FeelError, from_json
from engine.feel.embedding import equal
from engine.trials import try_decision


@dataclass(frozen=True, kw_only=True)
class ExampleOutcome:
    """What a model comes to for one example."""

    example: DecisionExample
    #: Whether it comes to what the example says, without a failure that would hold up a case.
    passed: bool
    #: ``None`` when it could not even be asked: then ``refusal`` says why.
    answer: DecisionAnswer | None = None
    refusal: Refusal | None = None


def run_examples(
    model: DecisionModel, examples: Iterable[DecisionExample], evaluation: Evaluation
) -> list[ExampleOutcome]:
    """Ask for each example, at the moment of ``evaluation`` and within bounds of its own; never raises."""
    return [_run(model, example, Evaluation(now=evaluation.now, zone=evaluation.zone)) for example in examples]


def _run(model: DecisionModel, example: DecisionExample, evaluation: Evaluation) -> ExampleOutcome:
    try:
        answer = try_decision(model, example.decision, example.inputs, evaluation)
        # What is told of a value is compared, because that is what a person has written down.
        is_same = equal(from_json(example.outputs), from_json(told(answer.value)), evaluation)
    except (Invalid, NotFound) as refusal:
        return ExampleOutcome(example=example, passed=False, refusal=refusal)
    except FeelError as error:
        refused = Invalid(f"feel.{error.code}", error.message_zh, error.message_en, pointer="/outputs")
        return ExampleOutcome(example=example, passed=False, refusal=refused)
    return ExampleOutcome(example=example, passed=is_same is True and answer.failure is None, answer=answer)
