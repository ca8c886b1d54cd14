"""A stand-in for the city: one fact, one table, two commands, two forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine.actors import Actor
from engine.commands import Command, TreeCommand
from engine.errors import Forbidden, Invalid, NotFound
from engine.event import Event
from engine.events import FactsChanged, Recorded, StageEntered
from engine.feel import Value
from engine.handlers.progress import progress
from engine.handling import Handlers, Work
from engine.projection import Rows
from engine.storage.tables import columns

SCHEMA = """
create table note (tree bigint primary key, title text not null, stage text not null, ready bool);
create function write_note(p_tree bigint, p_key int[], p_title text[], p_stage text[], p_ready bool[])
returns void language sql as $$
    insert into note select p_tree, x.title, x.stage, x.ready
    from unnest(p_title, p_stage, p_ready) as x(title, stage, ready)
    on conflict (tree) do update set stage = excluded.stage, ready = excluded.ready
$$;
"""


class NoteReported(Event, frozen=True, kw_only=True):
    """A note was handed in."""

    title: str


class ReadinessChanged(Event, frozen=True, kw_only=True):
    """Printing became possible, or stopped being so."""

    ready: bool


CITY_EVENTS: tuple[type[Event], ...] = (NoteReported, ReadinessChanged)


@dataclass(frozen=True, kw_only=True)
class NoteRow:
    """The one row of a tree."""

    title: str
    stage: str = ""
    ready: bool | None = None


class NoteProjection:
    table = "note"
    events = (NoteReported, ReadinessChanged, FactsChanged, StageEntered)

    def fold(self, rows: Rows[NoteRow], recorded: Recorded) -> None:
        match recorded.event:
            case NoteReported(title=title):
                rows.put(0, NoteRow(title=title))
            case ReadinessChanged(ready=ready):
                rows.put(0, replace(rows[0], ready=ready))
            case FactsChanged(facts={"ready": ready}):
                rows.put(0, replace(rows[0], ready=ready))
            case StageEntered(stage=stage):
                rows.put(0, replace(rows[0], stage=stage))


class NoteTable:
    table = "note"
    load = "select 0, title, stage, ready from note where tree = $1"
    write = "write_note"
    types = ("int[]", "text[]", "text[]", "bool[]")

    def read(self, record: Sequence[Any]) -> tuple[int, NoteRow]:
        key, title, stage, ready = record
        return key, NoteRow(title=title, stage=stage, ready=ready)

    def arrays(self, rows: Sequence[tuple[int, NoteRow]]) -> Sequence[Sequence[Any]]:
        return columns([(key, row.title, row.stage, row.ready) for key, row in rows])


class NoteFacts:
    def __init__(self, rows: Mapping[str, Mapping[int, Any]]) -> None:
        note = rows["note"].get(0)
        self._values: dict[str, Value] = {"ready": note.ready if note else None}

    def values(self) -> Mapping[str, Value]:
        return self._values

    def assign(self, name: str, value: Value) -> Mapping[str, Any]:
        if name not in self._values:
            raise Invalid("unknown_fact", "没有这个事实", f"Expected a known fact, but got {name}")
        self._values[name] = value
        return {name: value}


@dataclass(frozen=True, kw_only=True)
class ReportNote(TreeCommand):
    title: str


@dataclass(frozen=True, kw_only=True)
class SetReadiness(TreeCommand):
    ready: bool


def report_note(command: ReportNote, work: Work) -> dict[str, Any]:
    work.record(NoteReported(title=command.title))
    work.start("review", {})
    return {"case": command.tree, **progress(work)}


def set_readiness(command: SetReadiness, work: Work) -> dict[str, Any]:
    if work.is_new:
        raise NotFound("case_not_found", "没有这个案件", f"Expected a case {command.tree}, but there is none")
    work.record(ReadinessChanged(ready=command.ready))
    return {"case": command.tree}


CITY_HANDLERS: Handlers = {ReportNote: report_note, SetReadiness: set_readiness}


def guard(actor: Actor, command: Command, work: Work) -> None:
    """Guests may do nothing."""
    if "guest" in actor.groups:
        raise Forbidden("permission_missing", "没有权限", "Expected a permission that guests do not have")


class Forms:
    """Knows one version of two forms."""

    def bound(self, form: str, tag: str) -> int:
        return 1 if form in ("text", "verdict") and not tag else 0

    def accept(self, form: str, version: int, data: Mapping[str, Any], at: datetime) -> Mapping[str, Any]:
        assert version == self.bound(form, "")
        assert at.tzinfo is not None
        required = {"text": "body", "verdict": "approved"}[form]
        if required not in data:
            raise Invalid("form_invalid", "表单有误", "Expected another form", details={"errors": [f"/{required}"]})
        return data
