"""What an operator may do to an instance in memory: add and remove tokens, correct variables, hold it and let it go.

A token is added or removed only where no join counts on it; what would let a join wait for ever, or fire for too much,
is refused in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from engine.errors import InvalidState
from engine.feel import Value, to_json
from engine.intervention_events import TokenAdded, TokenRemoved, VariablesCorrected
from engine.spiff.activation import Activation, Phase
from engine.spiff.branches import Branches
from engine.spiff.lowered import lowered_id
from engine.spiff.moving import refuse_entry, refuse_meeting
from engine.spiff.scopes import Scope, Writing
from engine.spiff.specs import Node
from engine.spiff.workflow import InstanceWorkflow, Tokens

if TYPE_CHECKING:
    from engine.spiff.run import Run

#: The branch of what a person writes: none that a token belongs to.
_NO_BRANCH = 0


def entrance(workflow: InstanceWorkflow, element: str) -> tuple[Tokens, Node]:
    """The open scope and the node at which one more token may begin. Raises ``InvalidState`` where none may."""
    found = [
        (tokens, node)
        for tokens in workflow.parts()
        if not tokens.is_undone
        if isinstance(node := tokens.spec.task_specs.get(lowered_id(element)), Node)
    ]
    if len(found) != 1:
        raise _not_one_scope(element, len(found))
    tokens, node = found[0]
    refuse_entry(node)
    branches: Branches = tokens.spec.branches
    if branches.inside(node.name, with_inclusive=True):
        raise InvalidState(
            "token_breaks_join",
            f"“{element}”在并行分支之内，多一个令牌会使汇合网关失配；请在分支之前或汇合之后增加令牌。",
            f'Expected "{element}" to lie outside of parallel branches, but a join counts the tokens there; '
            "add the token before the branches or after their join.",
            element=element,
        )
    refuse_meeting(tokens, node, branches.meetings(node.name, tokens.occupied()))
    return tokens, node


def add(run: Run, tokens: Tokens, node: Node) -> None:
    """Let one more token begin at a node of an open scope."""
    run.step.emit(TokenAdded(instance=run.instance, element=node.element))
    run.begin_at(tokens, node)


def refuse_needed(activation: Activation) -> None:
    """Raises ``InvalidState`` for a token that cannot be taken away without breaking what is around it."""
    tokens: Tokens = activation.workflow
    element = activation.task_spec.element
    if activation.performance is not None:
        raise InvalidState(
            "token_is_performance",
            f"“{element}”是多实例中的一个，不能单独撤去。",
            f'Expected a token that stands for itself, but "{element}" is one of several performances.',
            element=element,
        )
    if tokens.spec.branches.inside(activation.task_spec.name, with_inclusive=False):
        raise InvalidState(
            "token_breaks_join",
            f"并行汇合网关在等“{element}”这一分支，撤去后将永远等下去；请在该分支内移动令牌。",
            f'Expected a token that no join waits for, but one waits for that of "{element}"; '
            "move it within its branch instead.",
            element=element,
        )
    if isinstance(tokens, InstanceWorkflow) and tokens.live == 1 and not tokens.arrivals:
        raise InvalidState(
            "token_is_last",
            "这是流程实例最后一个令牌，请改为移动令牌或终止实例。",
            "Expected another token to be left, but this is the instance's last one: move it, or cancel the instance.",
            element=element,
        )


def remove(run: Run, activation: Activation) -> None:
    """Take the token of an activity away."""
    run.step.emit(TokenRemoved(instance=run.instance, activity=activation.id, element=activation.task_spec.element))
    run.take_away(activation)


def correct(run: Run, scope: Scope, values: Mapping[str, Value]) -> None:
    """Set variables of a scope; no token moves."""
    before = {name: to_json(scope.values[name]) for name in values if name in scope.values}
    writing = Writing(run.workflow.tick(), _NO_BRANCH)
    for name, value in values.items():
        scope.put(name, value, writing)
    told = {name: to_json(value) for name, value in values.items()}
    run.step.emit(VariablesCorrected(instance=run.instance, scope=scope.id, values=told, before=before))


def scopes_of(workflow: InstanceWorkflow) -> Iterator[tuple[Scope, Activation | None]]:
    """The scopes of an instance, outermost first, each with the activity whose variables it holds."""
    yield workflow.scope, None
    for tokens in workflow.parts():
        for activation in tokens.live_activations():
            yield from ((scope, activation) for scope in activation.own_scopes)


def held(workflow: InstanceWorkflow) -> list[Activation]:
    """The tokens of a paused instance for which something has come, oldest first."""
    waiting = [
        activation
        for tokens in workflow.parts()
        for activation in tokens.live_activations()
        if activation.fault is None and activation.phase is not Phase.ENTERED
    ]
    return sorted(waiting, key=lambda activation: activation.id)


def refuse_paused(workflow: InstanceWorkflow) -> None:
    """Raises ``InvalidState`` for an instance that is paused, or called by one that is."""
    if workflow.outermost.is_paused:
        raise InvalidState(
            "instance_paused",
            "流程实例已暂停，请先恢复。",
            "Expected the instance to run, but it is paused; resume it first.",
        )


def refuse_running(workflow: InstanceWorkflow) -> None:
    """Raises ``InvalidState`` for an instance that is not paused."""
    if not workflow.is_paused:
        raise InvalidState(
            "instance_not_paused",
            "流程实例没有暂停。",
            "Expected the instance to be paused, but it is not.",
        )


def _not_one_scope(element: str, number: int) -> InvalidState:
    if number:
        return InvalidState(
            "token_target_ambiguous",
            f"“{element}”所在的子流程正在执行 {number} 次，不知道该加在哪一个里。",
            f'Expected one open scope that has "{element}", but there are {number}.',
            element=element,
        )
    return InvalidState(
        "token_target_missing",
        f"流程中正在执行的部分没有元素“{element}”。",
        f'Expected an open scope that has an element "{element}", but there is none.',
    )
