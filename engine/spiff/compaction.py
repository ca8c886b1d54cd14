"""Forgets finished activations: what a step costs must not grow with the age of its instance.

This is always safe, because nothing here ever looks at finished activations: joins count arrivals on their own, nothing
is predicted, and scopes hold the variables. Live activations are re-attached to the root of their tree.
"""

from __future__ import annotations

from engine.spiff.workflow import ROOT, InstanceWorkflow, Tokens


def compact(workflow: InstanceWorkflow) -> None:
    """Keep the live activations of an instance, and of the writings those that may still be overwritten unseen."""
    for tokens in workflow.parts():
        _reattach(tokens)
    _forget_writings(workflow)


def _reattach(tokens: Tokens) -> None:
    root = tokens.tasks[ROOT]
    live = tokens.live_activations()
    tokens.tasks = {ROOT: root}
    root._children = []
    for activation in live:
        tokens.tasks[activation.id] = activation
        activation._parent = ROOT
        activation.level = 1
        root._children.append(activation.id)


def _forget_writings(workflow: InstanceWorkflow) -> None:
    """A writing matters only to a branch that began before it; branches still to come begin later."""
    live = [activation for tokens in workflow.parts() for activation in tokens.live_activations()]
    # Of all other branches only the oldest need be asked.
    oldest = sorted({activation.branch for activation in live})[:2]
    for scope in (workflow.scope, *(scope for activation in live for scope in activation.own_scopes)):
        scope.writings = {
            name: writing
            for name, writing in scope.writings.items()
            if any(branch != writing.branch and branch < writing.moment for branch in oldest)
        }
