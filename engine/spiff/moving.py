"""Moves a token: cancels an activity with its inside and enters the flow again at another element.

The element is looked for in the scope of the activity, then in the scopes around it; what is left behind on the way out
is cancelled too. A move that would let a join wait for ever, or run a branch twice, is refused in words.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from engine.definition import ElementKind
from engine.errors import InvalidState
from engine.events import FlowReentered
from engine.spiff import watching
from engine.spiff.branches import Branches, is_join
from engine.spiff.faults import Stuck
from engine.spiff.lowered import lowered_id
from engine.spiff.specs import BoundaryEvent, EventStart, Node, StartEvent
from engine.spiff.workflow import InstanceWorkflow, Tokens

if TYPE_CHECKING:
    from engine.spiff.activation import Activation, Watch
    from engine.spiff.run import Run
    from engine.spiff.waits import Wait


def landing(activation: Activation, element: str) -> tuple[Activation, Node]:
    """Which activation has to go, and where its token goes on. Raises ``InvalidState`` when it may not."""
    for leaving in activation.outwards():
        node = leaving.workflow.spec.task_specs.get(lowered_id(element))
        if isinstance(node, Node) and not leaving.workflow.is_undone:
            _refuse_unsound(leaving, node)
            return leaving, node
    raise InvalidState(
        "move_target_missing",
        f"“{activation.task_spec.behaviour.name}”所在的流程及其外层都没有元素“{element}”。",
        f'Expected an element "{element}" in the scope of the activity or around it, but there is none.',
        element=activation.task_spec.element,
    )


def move(run: Run, leaving: Activation, node: Node) -> None:
    """Let the token of an activation go on at a node of the same scope."""
    run.step.emit(
        FlowReentered(instance=run.instance, activity=leaving.id, left=leaving.task_spec.element, entered=node.element)
    )
    if leaving.workflow.is_interrupted:
        # Out of the event sub-process that had interrupted its scope: that goes on as before.
        watching.begin(run, leaving.workflow, _watches(run, leaving.workflow))
    run.place_beside(leaving, node)
    leaving.cancel()


def beginning(workflow: InstanceWorkflow, element: str) -> Node:
    """Where in a process a token may begin anew. Raises ``InvalidState`` when it may not."""
    node = workflow.spec.task_specs.get(lowered_id(element))
    if not isinstance(node, Node):
        raise InvalidState(
            "move_target_missing",
            f"流程“{workflow.definition.view.name}”没有元素“{element}”。",
            f'Expected an element "{element}" in the process, but there is none.',
        )
    refuse_entry(node)
    return node


def restart(run: Run, node: Node) -> None:
    """Take every token out of an instance and let one begin at a node of the process."""
    planned = _watches(run, run.workflow)
    run.step.emit(FlowReentered(instance=run.instance, activity=None, left="", entered=node.element))
    run.clear(run.workflow)
    watching.begin(run, run.workflow, planned)
    run.begin_at(run.workflow, node)


def _watches(run: Run, tokens: Tokens) -> list[tuple[Watch, list[Wait]]]:
    """What a scope waits for when it begins again. Raises ``InvalidState`` when that cannot be waited for."""
    try:
        return watching.plan(run, tokens)
    except Stuck as stuck:
        raise InvalidState(stuck.code, stuck.message_zh, stuck.message_en) from None


def refuse_entry(node: Node) -> None:
    """Raises ``InvalidState`` for a node at which no token can begin."""
    is_beginning = isinstance(node, StartEvent | BoundaryEvent) or _is_event_sub_process(node)
    if is_beginning or is_join(node) or node.is_hidden or node.is_arm:
        raise InvalidState(
            "move_target_unusable",
            f"不能从“{node.element}”继续：开始事件、边界事件、事件子流程、汇合网关和事件网关的分支都不能直接进入；"
            "请从其前或其后的元素继续。",
            f'Expected an element that can be entered, but "{node.element}" is a start, a boundary event, '
            "an event sub-process, a join or an arm of an event-based gateway; go on before it or after it.",
            element=node.element,
        )


def refuse_meeting(tokens: Tokens, node: Node, merges: Collection[str]) -> None:
    """Raises ``InvalidState`` when a token that begins at the node would be taken for one with another at a merge."""
    if not merges:
        return
    merge: Node = tokens.spec.task_specs[min(merges)]
    raise InvalidState(
        "token_meets_another",
        f"从“{node.element}”继续的令牌会在包容网关“{merge.element}”与另一个令牌并为一个，其后的并行汇合将永远等下去；"
        "请等那个令牌走过该网关，或改为移动那个令牌。",
        f'Expected no other token on its way to the inclusive join "{merge.element}", but it would take that for one '
        f'with the token that goes on at "{node.element}", and the parallel join behind would wait for ever; '
        "wait until the other token has passed it, or move that one instead.",
        element=node.element,
    )


def _refuse_unsound(leaving: Activation, node: Node) -> None:
    refuse_entry(node)
    tokens: Tokens = leaving.workflow
    branches: Branches = tokens.spec.branches
    source, target = leaving.task_spec.name, node.name
    is_alone = tokens.live == 1 and not tokens.arrivals
    both = (branches.inside(name, with_inclusive=not is_alone) for name in (source, target))
    is_beside = _is_event_sub_process(leaving.task_spec) and not tokens.is_interrupted
    if is_beside or len(set(both)) > 1 or (not is_alone and branches.forks_between(target, source)):
        raise InvalidState(
            "move_breaks_join",
            f"“{leaving.task_spec.element}”与“{node.element}”不在同一并行分支，转过去会使汇合网关失配。",
            f'Expected "{node.element}" to lie in the same parallel branch as "{leaving.task_spec.element}", '
            "but the move would let a join wait for ever or a branch run twice.",
            element=node.element,
        )
    others = tokens.occupied(leaving)
    refuse_meeting(tokens, node, branches.meetings(target, others) - branches.meetings(source, others))


def _is_event_sub_process(node: Node) -> bool:
    """Whether the node is an event sub-process, or the event that begins one."""
    return isinstance(node, EventStart) or node.behaviour.kind is ElementKind.EVENT_SUB_PROCESS
