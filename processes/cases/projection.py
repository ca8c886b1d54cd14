"""Folds events into the row of the case. No stage, no step is known here: stages come from the diagram alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from engine.event import Event
from engine.events import (
    FactsChanged,
    InstanceCancelled,
    InstanceCompleted,
    InstanceStarted,
    Recorded,
    StageEntered,
    TaskCompleted,
    TaskOpened,
)
from engine.projection import Rows
from processes.cases.audience import group_key, unit_key
from processes.cases.codes import subcategory_of
from processes.cases.events import CaseReported
from processes.cases.rows import ONLY, CaseRow

#: What holds of every case when it is reported.
FIRST_FACTS = {"urgency": "normal", "rework_count": 0, "return_count": 0, "urge_count": 0}
#: What an event changes of a row; ``None`` when it is of no concern.
Change = Mapping[str, Any] | None


class CaseProjection:
    """The row of the tree's case."""

    table = "cases"
    events = (
        CaseReported,
        InstanceStarted,
        StageEntered,
        TaskOpened,
        TaskCompleted,
        FactsChanged,
        InstanceCompleted,
        InstanceCancelled,
    )

    def fold(self, rows: Rows[CaseRow], recorded: Recorded) -> None:
        """Make the row, or change what the event speaks of."""
        if isinstance(recorded.event, CaseReported):
            rows.put(ONLY, _reported(recorded.event, recorded))
            return
        change_of = _CHANGES.get(type(recorded.event))
        row = rows.get(ONLY)
        if change_of is None or row is None:
            return
        change = change_of(row, recorded.event, recorded)
        if change:
            rows.put(ONLY, replace(row, **{**change, "updated_at": recorded.at}))


def _reported(event: CaseReported, recorded: Recorded) -> CaseRow:
    return CaseRow(
        number=event.number,
        subcategory=event.subcategory,
        condition=event.condition,
        channel=event.channel,
        description=event.description,
        address=event.address,
        lon=event.lon,
        lat=event.lat,
        given_crs=event.given_crs,
        grid=event.grid,
        community=event.community,
        street=event.street,
        media=tuple(event.media),
        reported_at=recorded.at,
        updated_at=recorded.at,
        audience=(recorded.actor,),
        facts={
            "urgency": "normal",
            "rework_count": 0,
            "return_count": 0,
            "urge_count": 0,
            "catalogue_version": event.catalogue_version,
        },
    )


def _instance_started(row: CaseRow, event: InstanceStarted, _: Recorded) -> Change:
    return {"instance": event.instance} if row.instance is None else None


def _stage_entered(row: CaseRow, event: StageEntered, _: Recorded) -> Change:
    own = event.instance if event.within is None else event.within
    return {"stage": event.stage} if own == row.instance and event.stage != row.stage else None


def _task_opened(row: CaseRow, event: TaskOpened, _: Recorded) -> Change:
    keys = [group_key(group) for group in event.groups]
    return _seen_by(row, keys + ([event.assignee] if event.assignee else []))


def _task_completed(row: CaseRow, _: TaskCompleted, recorded: Recorded) -> Change:
    return _seen_by(row, [recorded.actor])


def _facts_changed(row: CaseRow, event: FactsChanged, _: Recorded) -> Change:
    kept = {name: value for name, value in event.facts.items() if name != "location"}
    change: dict[str, Any] = {"facts": {**row.facts, **kept}}
    for name, column_of in _COLUMNS.items():
        if name in event.facts:
            change.update(column_of(row, event.facts[name]))
    return change


def _instance_completed(row: CaseRow, event: InstanceCompleted, recorded: Recorded) -> Change:
    if event.instance != row.instance:
        return None
    return {"is_open": False, "ended_at": recorded.at, "end": ",".join(event.ends)}


def _instance_cancelled(row: CaseRow, event: InstanceCancelled, recorded: Recorded) -> Change:
    if event.instance != row.instance:
        return None
    return {"is_open": False, "ended_at": recorded.at, "end": "cancelled"}


_CHANGES: Mapping[type[Event], Callable[[CaseRow, Any, Recorded], Change]] = {
    InstanceStarted: _instance_started,
    StageEntered: _stage_entered,
    TaskOpened: _task_opened,
    TaskCompleted: _task_completed,
    FactsChanged: _facts_changed,
    InstanceCompleted: _instance_completed,
    InstanceCancelled: _instance_cancelled,
}


def _condition(row: CaseRow, condition: str | None) -> dict[str, Any]:
    """A case filed under a condition belongs to the condition's sub-category."""
    return {"condition": condition, "subcategory": subcategory_of(condition) if condition else row.subcategory}


def _unit(row: CaseRow, unit: str | None) -> dict[str, Any]:
    seen = _seen_by(row, [unit_key(unit)]) if unit else None
    return {"unit": unit, **(seen or {})}


def _location(_: CaseRow, members: Mapping[str, Any]) -> dict[str, Any]:
    """A place is columns and no fact beside them, so that it stands once."""
    return {**members, "lon": float(members["lon"]), "lat": float(members["lat"])}


#: Facts that are columns too, because lists look at them.
_COLUMNS: Mapping[str, Callable[[CaseRow, Any], dict[str, Any]]] = {
    "location": _location,
    "condition": _condition,
    "responsible_unit": _unit,
    "filed_at": lambda _, moment: {"filed_at": _moment(moment)},
    "closed_at": lambda _, moment: {"closed_at": _moment(moment)},
}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _seen_by(row: CaseRow, keys: Iterable[str]) -> dict[str, Any] | None:
    added = set(keys).difference(row.audience)
    return {"audience": tuple(sorted(added.union(row.audience)))} if added else None
