"""Expectations of what a case waits for: tasks, timers, outside systems, messages, people; and of what it throws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from engine.actors import Actor
from engine.message_events import MessageThrown, SignalThrown
from processes.scenarios.judging import Difference, Surroundings, matched
from processes.scenarios.situation import Situation


def judge_open(wanted: Sequence[Any], situation: Situation, around: Surroundings) -> Iterator[Difference]:
    """Exactly these tasks are open."""
    shown_tasks = [
        {
            "element": task.element,
            "groups": list(task.groups),
            "assignee": task.assignee,
            "priority": task.priority,
            "stage": task.stage,
            "form": task.form,
        }
        for task in situation.tasks
    ]
    yield from matched("open", [_with_identity(each, around.actors) for each in wanted], shown_tasks)


def _with_identity(wanted: Any, actors: Mapping[str, Actor]) -> Any:
    """People are named in the story, and by their ids in rows."""
    if isinstance(wanted, str) or "assignee" not in wanted:
        return _sorted_groups(wanted)
    named = actors.get(wanted["assignee"])
    return _sorted_groups({**wanted, "assignee": named.id if named else wanted["assignee"]})


def _sorted_groups(wanted: Any) -> Any:
    return {**wanted, "groups": sorted(wanted["groups"])} if "groups" in wanted and isinstance(wanted, dict) else wanted


def judge_timers(wanted: Sequence[Any], situation: Situation, _: Surroundings) -> Iterator[Difference]:
    """Exactly these timers are armed."""
    armed = [
        {"element": timer.element, "due_at": timer.due_at, "attached_to": timer.attached_to}
        for _, timer in situation.timers
    ]
    yield from matched("timers", [_with_moment(each) for each in wanted], armed)


def _with_moment(wanted: Any) -> Any:
    if isinstance(wanted, str) or "due_at" not in wanted:
        return wanted
    due_at = wanted["due_at"]
    return {**wanted, "due_at": datetime.fromisoformat(due_at) if due_at else None}


def judge_faults(wanted: Sequence[Any], situation: Situation, _: Surroundings) -> Iterator[Difference]:
    """Exactly these elements stand still."""
    raised = [{"element": fault.element, "code": fault.code} for _, fault in situation.faults]
    yield from matched("faults", wanted, raised)


def judge_deliveries(wanted: Sequence[Any], situation: Situation, _: Surroundings) -> Iterator[Difference]:
    """Exactly these outside systems have not answered."""
    asked = [
        {"element": row.element, "topic": row.topic, "target": row.target, "state": row.state.value}
        for _, row in situation.deliveries
    ]
    yield from matched("deliveries", wanted, asked)


def judge_messages(wanted: Sequence[Any], situation: Situation, _: Surroundings) -> Iterator[Difference]:
    """Exactly these messages and signals are waited for."""
    awaited = [
        {"element": row.element, "name": row.message, "key": row.key, "kind": row.kind}
        for _, row in situation.subscriptions
    ]
    yield from matched("messages", wanted, awaited)


def judge_thrown(wanted: Sequence[Any], situation: Situation, _: Surroundings) -> Iterator[Difference]:
    """Exactly these messages and signals left the case."""
    yield from matched("thrown", wanted, [_thrown(event) for event in situation.thrown])


def _thrown(event: MessageThrown | SignalThrown) -> dict[str, Any]:
    if isinstance(event, MessageThrown):
        return {"element": event.element, "name": event.message, "key": event.key, "kind": "message"}
    return {"element": event.element, "name": event.signal, "key": "", "kind": "signal"}
