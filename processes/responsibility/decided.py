"""The order of the lists as a published decision says it, which a city may edit."""

from __future__ import annotations

from collections.abc import Sequence

from engine.decisions import Decisions, ask
from engine.feel import Evaluation, FeelLimitExceeded, Value
from processes.responsibility.errors import ResponsibilityError
from processes.responsibility.order import Order, OrderFacts, Step, standard_order

#: Its inputs are the members of ``OrderFacts``; it answers a list of names of steps.
ORDER_DECISION = "responsibility_order"


def decided_order(decisions: Decisions, evaluation: Evaluation) -> Order:
    """The order that the city's decision says; that of the trade where none is published.

    The order raises ResponsibilityError `order_undecided` when the decision fails or names no steps.
    """

    def order(facts: OrderFacts) -> Sequence[Step]:
        model = decisions.latest(ORDER_DECISION)
        if model is None:
            return standard_order(facts)
        given: dict[str, Value] = {
            "kind": facts.kind,
            "subcategory": facts.subcategory,
            "has_component": facts.has_component,
        }
        try:
            answer = ask(model, ORDER_DECISION, given, evaluation)
        except FeelLimitExceeded as error:
            raise _undecided(error.message_zh, error.message_en) from error
        if answer.failure is not None:
            raise _undecided(answer.failure.message_zh, answer.failure.message_en)
        return _steps(answer.value)

    return order


def _steps(value: Value) -> list[Step]:
    known = ", ".join(Step)
    if not isinstance(value, list) or not value or any(name not in list(Step) for name in value):
        raise _undecided(f"应为下列名称的列表：{known}", f"expected a list of these names: {known}")
    return [Step(name) for name in value]


def _undecided(reason_zh: str, reason_en: str) -> ResponsibilityError:
    zh = f"决策 {ORDER_DECISION} 没有给出清单的先后：{reason_zh}"
    en = f"the decision {ORDER_DECISION} does not say the order of the lists: {reason_en}"
    return ResponsibilityError("order_undecided", zh, en)
