"""Forgets finished activations: what a step costs must not grow with the age of its instance.

This is always safe, because nothing here ever looks at finished activations: joins count arrivals on their own, nothing
is predicted, and scopes hold the variables. Live activations are re-attached to the root of their tree.
"""

from __future__ import annotations

from engine.spiff.workflow import ROOT, InstanceWorkflow, Tokens


def compact(workflow: InstanceWorkflow) -> None:
    """Keep the live activations of an instance and nothing else."""
    for tokens in workflow.parts():
        _compact_part(tokens)
    if _is_alone(workflow):
        # A single token has no other branch whose writings it could lose.
        _forget_branches(workflow)


def _compact_part(tokens: Tokens) -> None:
    root = tokens.tasks[ROOT]
    live = tokens.live_activations()
    tokens.tasks = {ROOT: root}
    root._children = []
    for activation in live:
        tokens.tasks[activation.id] = activation
        activation._parent = ROOT
        activation.level = 1
        root._children.append(activation.id)


def _is_alone(workflow: InstanceWorkflow) -> bool:
    return all(tokens.live == 1 and not tokens.arrivals for tokens in workflow.parts())


def _forget_branches(workflow: InstanceWorkflow) -> None:
    workflow.moment = 0
    workflow.scope.writings = {}
    for tokens in workflow.parts():
        for activation in tokens.live_activations():
            activation.branch = 0
            if activation.local is not None:
                activation.local.writings = {}
