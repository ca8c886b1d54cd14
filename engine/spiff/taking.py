"""What becomes of an event that has come: a token begins at it, and ends what the event interrupts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.feel import Value

if TYPE_CHECKING:
    from engine.spiff.activation import Activation
    from engine.spiff.run import Run
    from engine.spiff.specs import Node
    from engine.spiff.workflow import Tokens


def take(run: Run, host: Activation, event: Node, variables: Mapping[str, Value]) -> None:
    """Let a token begin at an event that has come: on the border of its host, or beside it in the same scope."""
    begin = _leave_by if event.is_on_border else _begin_sub_process
    begin(run, host, event).answer = variables


def _leave_by(run: Run, host: Activation, event: Node) -> Activation:
    """Let a token begin on a border; the activity inside it ends unless the event leaves it alone."""
    token = run.place_beside(host, event)
    if event.behaviour.interrupts:
        host.cancel()
    else:
        run.begin_branch(token)
    return token


def _begin_sub_process(run: Run, host: Activation, event: Node) -> Activation:
    """Let an event sub-process begin; everything else in its scope ends unless the event leaves it alone."""
    tokens: Tokens = host.workflow
    if event.behaviour.interrupts:
        run.clear(tokens)
        tokens.is_interrupted = True
    return run.begin_at(tokens, event)
