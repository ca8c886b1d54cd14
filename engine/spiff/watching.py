"""What a scope itself waits for while it is open: whatever begins one of its event sub-processes.

Errors and escalations come from inside and are looked for when they are thrown (``throwing``); moments, messages and
signals come from outside and are waited for by a ``Watch`` each, which begins with the start of the scope and ends with
the scope, or when an event sub-process has interrupted it. No token stands at a watch.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine.spiff import waits
from engine.spiff.activation import Watch

if TYPE_CHECKING:
    from engine.spiff.run import Run
    from engine.spiff.specs import Node
    from engine.spiff.waits import Wait
    from engine.spiff.workflow import Tokens


def plan(run: Run, tokens: Tokens) -> list[tuple[Watch, list[Wait]]]:
    """What a scope waits for, as it sees it now. Raises ``Stuck`` when that cannot be waited for; nothing has begun."""
    return plan_each(run, tokens, tokens.spec.event_starts)


def plan_each(run: Run, tokens: Tokens, events: Iterable[Node]) -> list[tuple[Watch, list[Wait]]]:
    """The same of some events that begin something in a scope."""
    watches = [Watch(tokens, event) for event in events]
    return [(watch, waits.plan_all(run, watch, [watch.task_spec])) for watch in watches]


def begin(run: Run, tokens: Tokens, planned: list[tuple[Watch, list[Wait]]]) -> None:
    """Let a scope that sets out, or goes on uninterrupted, wait for what was planned."""
    tokens.is_interrupted = False
    begin_each(run, tokens, planned)


def begin_each(run: Run, tokens: Tokens, planned: list[tuple[Watch, list[Wait]]]) -> None:
    """Let a scope wait for what was planned."""
    for watch, planned_waits in planned:
        tokens.watches[watch.task_spec.name] = watch
        waits.begin(run, watch, planned_waits)


def end(run: Run, tokens: Tokens) -> None:
    """Let a scope wait no longer for anything from outside."""
    end_each(run, tokens, tuple(tokens.watches))


def end_each(run: Run, tokens: Tokens, events: Iterable[str]) -> None:
    """The same of some events, by the names of their specs."""
    for event in events:
        if (watch := tokens.watches.pop(event, None)) is not None:
            waits.end(run, watch)
