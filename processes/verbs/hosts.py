"""Which host a verb would be used on: the case, or an open activity that has what the verb needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.actors import Actor
from engine.effects import Host, HostKind, Place
from engine.handling import Work
from engine.projections import TaskRow
from processes.access import Permission, against, against_performing
from processes.cases import ONLY, CaseRow
from processes.timekeeping import DEADLINE_TABLE, DeadlineRow
from processes.verbs.verb import Verb


def open_tasks(work: Work) -> Mapping[int, TaskRow]:
    """The open tasks of the case itself; those of procedures are nobody's host."""
    procedures = work.rows("procedure")
    return {key: row for key, row in work.rows("task").items() if row.is_open and row.instance not in procedures}


def performs(actor: Actor, task: TaskRow) -> bool:
    """Whether the actor works on a task, or may claim it."""
    return not (against(actor, Permission.TASK_PERFORM) or against_performing(actor, task))


def host_of_case(work: Work) -> Host | None:
    """The case's own instance; ``None`` when the case has ended."""
    row: CaseRow = work.rows("cases")[ONLY]
    return Host(row.instance) if row.is_open and row.instance is not None else None


def host_at(verb: Verb, places: Sequence[Place], work: Work) -> Host | None:
    """The activity that a verb attaches to: the innermost, or for a verb on deadlines the innermost whose clock runs.

    Where the flow goes on may be declared by the activity itself or by what is around it.
    """
    activities = [place for place in places if place.host.activity is not None]
    if verb.attaches_to is HostKind.DEADLINE:
        return next((place.host for place in activities if _has_deadline(place.host, work)), None)
    return activities[0].host


def _has_deadline(host: Host, work: Work) -> bool:
    row: DeadlineRow | None = work.rows(DEADLINE_TABLE).get(host.activity or 0)
    return row is not None and row.clock.is_open
