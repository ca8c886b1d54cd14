"""What all flow nodes share: a token arrives, the node runs when its turn comes, children exist only after leaving."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin

from engine.spiff.activation import Activation
from engine.spiff.attributes import Attribute, Behaviour

if TYPE_CHECKING:
    from engine.spiff.run import Run


@dataclass(frozen=True, slots=True, eq=False)
class Outgoing:
    """One outgoing sequence flow of a spec."""

    #: Lowered id.
    id: str
    #: Id in the stored diagram; empty when lowering added the flow.
    element: str
    target: Node
    condition: Attribute | None
    is_default: bool


class Node(BpmnSpecMixin):
    """A flow node. Specs are shared by all instances and never change once the definition is compiled."""

    #: Declarations of the source element.
    behaviour: Behaviour
    #: Whether lowering added the node: then it is in no path and announces nothing.
    is_hidden: bool
    outgoing: tuple[Outgoing, ...]
    #: Lowered ids of the incoming flows.
    incoming: tuple[str, ...]
    #: The boundary events that stand on an activity.
    boundaries: tuple[Node, ...]
    #: Name of the spec of what undoes an activity once it is done; empty when no event on its border leads there.
    handler: str
    #: What has to come for an event: itself, or each definition of a parallel multiple event.
    awaited: tuple[Node, ...]
    #: The parallel multiple event that it is a definition of; else itself.
    whole: Node
    #: Whether an event-based gateway leads here, which has waited in this node's stead.
    is_arm: bool

    @property
    def element(self) -> str:
        """Id of the source element."""
        return self.behaviour.element

    @property
    def is_on_border(self) -> bool:
        """Whether this is a boundary event, and not what lowering added behind one."""
        return bool(self.behaviour.attached_to) and not self.is_hidden

    @property
    def begins_anew(self) -> bool:
        """Whether what comes lets a token begin here, beside whatever waited for it."""
        return self.is_on_border

    @property
    def begins_undoing(self) -> bool:
        """Whether a token begins here when what is around it is undone."""
        return False

    def _predict(self, *_arguments: Any, **_options: Any) -> None:
        """Nothing is predicted: what will happen is found out when it happens."""

    def _update_hook(self, _activation: Activation) -> bool:
        """A token has arrived; whether it may run at once. Joins say no until they have all they wait for."""
        return True

    def _on_ready(self, activation: Activation) -> None:
        run_of(activation).queue(activation)

    def _run(self, activation: Activation) -> bool | None:
        run = run_of(activation)
        run.enter(activation)
        return self._execute(run, activation)

    def _execute(self, _run: Run, _activation: Activation) -> bool | None:
        """Do what the element does: ``True`` lets the token leave, ``None`` makes it wait; raises ``Stuck``."""
        return True

    def _on_complete_hook(self, activation: Activation) -> None:
        chosen = activation.chosen
        run_of(activation).leave(activation, self.outgoing if chosen is None else chosen)

    def _on_cancel(self, activation: Activation) -> None:
        run_of(activation).withdraw(activation)


def run_of(activation: Activation) -> Run:
    """The run that drives the activation's instance."""
    run: Run = activation.workflow.top_workflow.run
    return run
