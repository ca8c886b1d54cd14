"""What a scope itself waits for while it is open: whatever begins one of its event sub-processes.

Errors and escalations come from inside and are looked for when they are thrown (``throwing``); moments, messages and
signals come from outside and are waited for by a ``Watch`` each, which begins with the start of the scope and ends with
the scope, or when an event sub-process has interrupted it. No token stands at a watch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.spiff import waits
from engine.spiff.activation import Watch

if TYPE_CHECKING:
    from engine.spiff.run import Run
    from engine.spiff.waits import Wait
    from engine.spiff.workflow import Tokens


def plan(run: Run, tokens: Tokens) -> list[tuple[Watch, list[Wait]]]:
    """What a scope waits for, as it sees it now. Raises ``Stuck`` when that cannot be waited for; nothing has begun."""
    watches = [Watch(tokens, event) for event in tokens.spec.event_starts]
    return [(watch, waits.plan_all(run, watch, [watch.task_spec])) for watch in watches]


def begin(run: Run, tokens: Tokens, planned: list[tuple[Watch, list[Wait]]]) -> None:
    """Let a scope wait for what was planned."""
    tokens.is_interrupted = False
    for watch, planned_waits in planned:
        tokens.watches[watch.task_spec.name] = watch
        waits.begin(run, watch, planned_waits)


def end(run: Run, tokens: Tokens) -> None:
    """Let a scope wait no longer for anything from outside."""
    for watch in tokens.watches.values():
        waits.end(run, watch)
    tokens.watches.clear()
