"""Orders as their diagrams declare them, and as they stand in the work of a command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.errors import InvalidState, NotFound, Refusal
from engine.handlers.tasks import task_id
from engine.handling import Work
from engine.projections import ProcedureRow
from processes.supervision.commands import OrderStep, TakeOrderStep
from processes.verbs import Published, Verbs

#: The property by which a task says which step of an order it is.
STEP: Final = "supervision"
_WORDS: Final = {OrderStep.ANSWER: ("回复", "answered"), OrderStep.LIFT: ("销号", "lifted")}


@dataclass(frozen=True)
class OrderVerbs:
    """The verbs that order supervision, by what is published."""

    verbs: Verbs
    published: Published

    def steps(self) -> dict[str, dict[str, OrderStep]]:
        """By the key of each such verb, which of its elements are which step."""
        declared = {verb.key: self._steps_of(verb.key) for verb in self.verbs}
        return {key: steps for key, steps in declared.items() if steps}

    def _steps_of(self, key: str) -> dict[str, OrderStep]:
        elements = self.published.latest(key).elements.values()
        steps = ((element.id, element.properties.get(STEP)) for element in elements)
        return {element: OrderStep(step) for element, step in steps if step in list(OrderStep)}


def step_task(command: TakeOrderStep, work: Work) -> int:
    """Number of the open task by which the step is taken. Raises ``NotFound`` and ``InvalidState``."""
    order: ProcedureRow | None = work.rows("procedure").get(command.order)
    if order is None:
        raise _not_open(command)
    for key, row in work.rows("task").items():
        if row.is_open and row.instance == command.order:
            properties = work.places(key)[0].properties
            if properties.get(STEP) == command.step:
                return key
    zh, en = _WORDS[command.step]
    raise InvalidState(
        "order_step_not_open",
        f"督办单现在不等待{zh}",
        f"Expected order {task_id(command.tree, command.order)} to wait to be {en}, but it does not",
    )


def _not_open(command: TakeOrderStep) -> Refusal:
    name = task_id(command.tree, command.order)
    return NotFound("order_not_open", "没有这张督办单，或它已销号", f"Expected an open order {name}, but there is none")
