"""Who performed what: remembered where elements must be performed by other people than others were.

The outermost instance remembers for all that it calls, so that four eyes also hold between two diagrams of one case. An
element of its own diagram is named by its id, one of a called diagram by ``process/element``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.spiff.activation import Activation
    from engine.spiff.workflow import InstanceWorkflow


def remember_performer(activation: Activation, actor: str) -> None:
    """Note who performed an element, when another element may want to know."""
    workflow: InstanceWorkflow = activation.workflow.top_workflow
    # Which elements other diagrams name is known to them alone.
    is_shared = workflow.around is not None or bool(workflow.definition.calls)
    if is_shared or activation.task_spec.behaviour.is_remembered:
        name = _full_name(workflow, activation.task_spec.element)
        performers = workflow.outermost.performers.setdefault(name, [])
        performers.extend([actor] if actor not in performers else [])


def performers_of(activation: Activation, elements: Iterable[str]) -> list[str]:
    """Everyone who has performed one of the elements, each once, in order."""
    workflow: InstanceWorkflow = activation.workflow.top_workflow
    remembered = workflow.outermost.performers
    names = (_full_name(workflow, element) for element in elements)
    return list(dict.fromkeys(actor for name in names for actor in remembered.get(name, ())))


def _full_name(workflow: InstanceWorkflow, element: str) -> str:
    process, _, name = element.rpartition("/")
    outermost = workflow.outermost.definition.view.key
    key = process or workflow.definition.view.key
    return name if key == outermost else f"{key}/{name}"
