"""What tells tasks of one element apart: the item of a multi-instance, else which performance it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel import Value
from engine.spiff.attributes import MultiInstance

if TYPE_CHECKING:
    from engine.spiff.activation import Activation

#: Characters of an item that stand in the name of its task.
_LONGEST_ITEM = 40


def name_of_performance(activation: Activation) -> str:
    """The name of the task of an activation in the innermost performance around it; empty where there is none."""
    for around in activation.outwards():
        if around.performance is not None:
            return f"{activation.task_spec.behaviour.name}（{_item(around)}）"
    return ""


def _item(performed: Activation) -> str:
    number, scope = performed.performance or (0, performed.scope)
    whole: Activation = performed.workflow.around
    declared = whole.task_spec.behaviour.repeats
    if isinstance(declared, MultiInstance) and (name := _text(scope.values.get(declared.element))):
        return name
    total = whole.repeated.total if whole.repeated is not None else 0
    return f"{number}/{total}" if total else str(number)


def _text(item: Value) -> str:
    """A short text, or the name of a context."""
    text = item.get("name") if isinstance(item, dict) else item
    return text if isinstance(text, str) and 0 < len(text) <= _LONGEST_ITEM and text.isprintable() else ""
