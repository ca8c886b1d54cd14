"""The counters of evaluation, once from the log alone and once from the tables.

``docs/reference/counters.md`` says the same in words. Stages are words that diagrams declare; which follows which is
not known here either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import singledispatchmethod
from typing import Any

from engine.event import Event
from engine.events import (
    EffectTaken,
    FactsChanged,
    ProcedureStarted,
    Recorded,
    StageEntered,
    TaskCompleted,
    TaskDueMoved,
    TaskOpened,
    TaskWithdrawn,
)
from processes.cases.events import CaseReported
from processes.timekeeping.events import (
    DeadlineEnded,
    DeadlineExtended,
    DeadlineMoved,
    DeadlinePaused,
    DeadlineStarted,
)

PUBLIC = ("public", "hotline", "media", "network", "petition")


@dataclass
class Task:
    """A work item, as the log tells it."""

    stage: str
    opened_at: datetime
    due_at: datetime | None
    done_at: datetime | None = None
    is_open: bool = True
    #: Whether whoever did what opened it had done so in time; ``None`` when nobody did.
    sent_in_time: bool | None = None

    @property
    def in_time(self) -> bool:
        """Done, and not after it was due."""
        return self.done_at is not None and (self.due_at is None or self.done_at <= self.due_at)


@dataclass
class Clock:
    """A deadline, as the log tells it."""

    stage: str
    unit: str
    cause: str
    due_at: datetime | None
    ended_at: datetime | None = None
    ending: str = ""


@dataclass
class Life:
    """Everything of one case that counters ask for."""

    channel: str = ""
    tasks: dict[int, Task] = field(default_factory=dict)
    clocks: dict[int, Clock] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    stages: list[str] = field(default_factory=list)
    units: set[str] = field(default_factory=set)
    verbs: dict[int, str] = field(default_factory=dict)
    effects: list[tuple[int, str]] = field(default_factory=list)
    extensions: int = 0
    pauses: int = 0
    reworks: int = 0
    _last_done: Task | None = None

    @singledispatchmethod
    def take(self, event: Event, at: datetime) -> None:
        """Take in what happened; most events are of no concern."""

    @take.register
    def _(self, event: CaseReported, _: datetime) -> None:
        self.channel = event.channel

    @take.register
    def _(self, event: TaskOpened, at: datetime) -> None:
        sender = self._last_done
        sent = sender.in_time if sender is not None and sender.done_at == at else None
        self.tasks[event.task] = Task(event.stage, at, event.due_at, sent_in_time=sent)

    @take.register
    def _(self, event: TaskDueMoved, _: datetime) -> None:
        self.tasks[event.task].due_at = event.due_at

    @take.register
    def _(self, event: TaskCompleted, at: datetime) -> None:
        done = self.tasks[event.task]
        done.done_at, done.is_open = at, False
        # Whoever takes notice of a warning at the same moment sends nothing on.
        if event.instance not in self.verbs:
            self._last_done = done

    @take.register
    def _(self, event: TaskWithdrawn, _: datetime) -> None:
        self.tasks[event.task].is_open = False

    @take.register
    def _(self, event: FactsChanged, _: datetime) -> None:
        self.reworks += event.facts.get("rework_count", 0) > self.facts.get("rework_count", 0)
        self.facts.update(event.facts)

    @take.register
    def _(self, event: StageEntered, _: datetime) -> None:
        self.stages.append(event.stage)

    @take.register
    def _(self, event: ProcedureStarted, _: datetime) -> None:
        self.verbs[event.instance] = event.verb

    @take.register
    def _(self, event: EffectTaken, _: datetime) -> None:
        self.effects.append((event.instance, event.effect))

    @take.register
    def _(self, event: DeadlineMoved, _: datetime) -> None:
        self.clocks[event.deadline].due_at = event.due_at
        self.extensions += isinstance(event, DeadlineExtended)
        self.pauses += isinstance(event, DeadlinePaused)

    @take.register
    def _(self, event: DeadlineStarted, _: datetime) -> None:
        self.clocks[event.deadline] = Clock(event.stage, event.unit, event.cause, event.due_at)
        self.units |= {event.unit} - {""}

    @take.register
    def _(self, event: DeadlineEnded, at: datetime) -> None:
        clock = self.clocks[event.deadline]
        clock.ended_at, clock.ending = at, event.ending

    def of_stage(self, stage: str) -> list[Task]:
        """Its work items of a stage."""
        return [task for task in self.tasks.values() if task.stage == stage]

    def has_effect(self, verb: str, effect: str) -> Iterator[bool]:
        """For each use of a verb, whether it came to the effect."""
        return ((number, effect) in self.effects for number, used in self.verbs.items() if used == verb)

    def last(self, stage: str) -> Task | None:
        """The work item of a stage that opened last."""
        return next(reversed(self.of_stage(stage)), None)

    def disposals(self) -> list[Clock]:
        """The clocks of the units at work."""
        return [clock for clock in self.clocks.values() if clock.stage == "disposal"]

    @property
    def is_closed(self) -> bool:
        """Whether it was closed."""
        return "closed" in self.stages

    def is_late(self, now: datetime) -> bool:
        """Whether a unit was late with it, or is."""
        return any(
            clock.unit and clock.due_at is not None and (clock.ended_at or now) > clock.due_at
            for clock in self.clocks.values()
        )


def lives(log: Iterable[Recorded]) -> list[Life]:
    """The cases that a log tells of."""
    found: dict[int, Life] = {}
    for recorded in log:
        found.setdefault(recorded.tree, Life()).take(recorded.event, recorded.at)
    return list(found.values())


def _done_by(clock: Clock, now: datetime) -> tuple[bool, bool]:
    """Whether a unit has reported, and whether that, or having not, is in time."""
    return clock.ending == "met", clock.due_at is None or (clock.ended_at or now) <= clock.due_at


def _disposals(is_done: bool, in_time: bool | None = None) -> Callable[[Life, datetime], int]:
    def count(life: Life, now: datetime) -> int:
        seen = [_done_by(clock, now) for clock in life.disposals() if clock.ending in ("", "met")]
        return sum(done is is_done and (in_time is None or timely is in_time) for done, timely in seen)

    return count


def _tasks(stage: str, judge: Callable[[Task], object]) -> Callable[[Life, datetime], int]:
    return lambda life, _: sum(bool(judge(task)) for task in life.of_stage(stage))


def _fact(name: str, *values: object) -> Callable[[Life, datetime], int]:
    return lambda life, _: life.facts.get(name) in values


def _in_time(stage: str, name: str, value: str) -> Callable[[Life, datetime], int]:
    def count(life: Life, _: datetime) -> int:
        task = life.last(stage)
        return life.facts.get(name) == value and task is not None and task.in_time

    return count


def _overdue(life: Life, now: datetime) -> int:
    return _disposals(False, False)(life, now)


FROM_LOG: Mapping[str, Callable[[Life, datetime], int]] = {
    "report": lambda *_: 1,
    "patrol_report": lambda life, _: life.channel == "inspector",
    "public_report": lambda life, _: life.channel in PUBLIC,
    "valid_report": lambda life, _: life.facts.get("filed_at") is not None,
    "need_confirm": _tasks("confirmation", lambda _: True),
    "confirm": _tasks("confirmation", lambda task: task.done_at),
    "in_time_confirm": _tasks("confirmation", lambda task: task.in_time),
    "accept": _fact("acceptance_decision", "accept"),
    "not_accept": _fact("acceptance_decision", "refuse"),
    "to_accept": _tasks("acceptance", lambda task: task.is_open),
    "in_time_accept": _in_time("acceptance", "acceptance_decision", "accept"),
    "need_send_confirm": _tasks("confirmation", lambda _: True),
    "in_time_send_confirm": _tasks("confirmation", lambda task: task.sent_in_time),
    "need_send_verify": _tasks("verification", lambda _: True),
    "in_time_send_verify": _tasks("verification", lambda task: task.sent_in_time),
    "file": _fact("filing_decision", "file"),
    "in_time_file": _in_time("filing", "filing_decision", "file"),
    "not_file": _fact("filing_decision", "refuse"),
    "accurate_file": lambda life, _: life.facts.get("filing_decision") == "file" and "voided" not in life.stages,
    "need_dispatch": _tasks("dispatch", lambda _: True),
    "dispatch": lambda life, _: sum(clock.cause != "rework" for clock in life.disposals()),
    "in_time_dispatch": _tasks("dispatch", lambda task: task.in_time),
    "accurate_dispatch": lambda life, _: len(life.units) == 1,
    "wrong_dispatch": lambda life, _: len(life.units) > 1,
    "need_dispose": lambda life, _: sum(clock.ending in ("", "met") for clock in life.disposals()),
    "dispose": _disposals(True),
    "in_time_dispose": _disposals(True, True),
    "overtime_dispose": _disposals(True, False),
    "to_dispose": _disposals(False),
    "overtime_to_dispose": _overdue,
    "need_verify": _tasks("verification", lambda _: True),
    "verify": _tasks("verification", lambda task: task.done_at),
    "in_time_verify": _tasks("verification", lambda task: task.in_time),
    "need_close": lambda life, now: _disposals(True)(life, now) + _overdue(life, now),
    "close": lambda life, _: life.is_closed,
    "in_time_close": lambda life, now: life.is_closed and not life.is_late(now),
    "overtime_close": lambda life, now: life.is_closed and life.is_late(now),
    "overtime_to_close": lambda life, now: not life.is_closed and life.is_late(now),
    "rework": lambda life, _: life.reworks,
    "return": lambda life, _: sum(life.has_effect("return", "reenter")),
    "suspend": lambda life, _: life.pauses,
    "extend": lambda life, _: life.extensions,
    "void": lambda life, _: "voided" in life.stages,
    "shirk": lambda life, _: sum(not agreed for agreed in life.has_effect("return", "reenter")),
    "supervise": lambda life, _: sum(verb == "supervise" for verb in life.verbs.values()),
    "very_satisfied": _fact("satisfaction", 5),
    "satisfied": _fact("satisfaction", 4, 3),
    "dissatisfied": _fact("satisfaction", 1, 2),
    "return_visit": lambda life, _: life.facts.get("satisfaction") is not None,
    "patrol_deal_report": _fact("self_handled", True),
    "patrol_deal_void": lambda life, _: life.facts.get("self_handled") is True and "voided" in life.stages,
    "patrol_deal_close": lambda life, _: life.facts.get("self_handled") is True and life.is_closed,
}


def _cases(where: str) -> str:
    return f"select count(*) from cases where {where}"  # noqa: S608 - constants


def _rows(stage: str, where: str) -> str:
    return f"select count(*) from task t where stage = '{stage}' and {where}"  # noqa: S608 - constants


def _deadlines(where: str) -> str:
    return f"select count(*) from deadline where stage = 'disposal' and {where}"  # noqa: S608 - constants


_FACTS = "facts::jsonb ->>"
_IN_TIME = "t.state = 'completed' and (t.due_at is null or t.closed_at <= t.due_at)"
_SENT_IN_TIME = """exists (select from task s where s.tree = t.tree and s.closed_at = t.opened_at
    and s.state = 'completed' and (s.due_at is null or s.closed_at <= s.due_at)
    and not exists (select from procedure p where p.tree = s.tree and p.id = s.instance))"""
_LATE = """exists (select from deadline d where d.tree = cases.tree and d.unit <> ''
    and coalesce(d.ended_at, $1) > d.due_at)"""
_LAST = """exists (select from task t where t.tree = cases.tree and t.stage = '{stage}' and t.id = (
    select max(id) from task l where l.tree = t.tree and l.stage = t.stage)
    and t.state = 'completed' and (t.due_at is null or t.closed_at <= t.due_at))"""
_UNITS = "(select count(distinct unit) from deadline d where d.tree = cases.tree and unit <> '')"
_COUNTED = "ending is null or ending = 'met'"
_OVERDUE = "ending is null and due_at < $1"
_RETURNS = "select count(*) from procedure where verb = 'return' and"

#: Each may ask for the moment as ``$1``.
FROM_TABLES: Mapping[str, str] = {
    "report": _cases("true"),
    "patrol_report": _cases("channel = 'inspector'"),
    "public_report": _cases(f"channel in {PUBLIC}"),
    "valid_report": _cases("filed_at is not null"),
    "need_confirm": _rows("confirmation", "true"),
    "confirm": _rows("confirmation", "state = 'completed'"),
    "in_time_confirm": _rows("confirmation", _IN_TIME),
    "accept": _cases(f"{_FACTS} 'acceptance_decision' = 'accept'"),
    "not_accept": _cases(f"{_FACTS} 'acceptance_decision' = 'refuse'"),
    "to_accept": _rows("acceptance", "state = 'open'"),
    "in_time_accept": _cases(f"{_FACTS} 'acceptance_decision' = 'accept' and {_LAST.format(stage='acceptance')}"),
    "need_send_confirm": _rows("confirmation", "true"),
    "in_time_send_confirm": _rows("confirmation", _SENT_IN_TIME),
    "need_send_verify": _rows("verification", "true"),
    "in_time_send_verify": _rows("verification", _SENT_IN_TIME),
    "file": _cases(f"{_FACTS} 'filing_decision' = 'file'"),
    "in_time_file": _cases(f"{_FACTS} 'filing_decision' = 'file' and {_LAST.format(stage='filing')}"),
    "not_file": _cases(f"{_FACTS} 'filing_decision' = 'refuse'"),
    "accurate_file": _cases(f"{_FACTS} 'filing_decision' = 'file' and stage <> 'voided'"),
    "need_dispatch": _rows("dispatch", "true"),
    "dispatch": _deadlines("cause <> 'rework'"),
    "in_time_dispatch": _rows("dispatch", _IN_TIME),
    "accurate_dispatch": _cases(f"{_UNITS} = 1"),
    "wrong_dispatch": _cases(f"{_UNITS} > 1"),
    "need_dispose": _deadlines(f"({_COUNTED})"),
    "dispose": _deadlines("ending = 'met'"),
    "in_time_dispose": _deadlines("ending = 'met' and (due_at is null or ended_at <= due_at)"),
    "overtime_dispose": _deadlines("ending = 'met' and ended_at > due_at"),
    "to_dispose": _deadlines("ending is null"),
    "overtime_to_dispose": _deadlines(_OVERDUE),
    "need_verify": _rows("verification", "true"),
    "verify": _rows("verification", "state = 'completed'"),
    "in_time_verify": _rows("verification", _IN_TIME),
    "need_close": _deadlines(f"(ending = 'met' or {_OVERDUE})"),
    "close": _cases("closed_at is not null"),
    "in_time_close": _cases(f"closed_at is not null and not {_LATE}"),
    "overtime_close": _cases(f"closed_at is not null and {_LATE}"),
    "overtime_to_close": _cases(f"closed_at is null and {_LATE}"),
    "rework": f"select coalesce(sum(({_FACTS} 'rework_count')::int), 0) from cases",  # noqa: S608 - constants
    "return": f"{_RETURNS} effects <> ''",
    "suspend": "select coalesce(sum(jsonb_array_length(pauses::jsonb)), 0) from deadline",
    "extend": "select coalesce(sum(jsonb_array_length(extensions::jsonb)), 0) from deadline",
    "void": _cases("stage = 'voided'"),
    "shirk": f"{_RETURNS} effects = ''",
    "supervise": "select count(*) from procedure where verb = 'supervise'",
    "very_satisfied": _cases(f"({_FACTS} 'satisfaction')::numeric = 5"),
    "satisfied": _cases(f"({_FACTS} 'satisfaction')::numeric in (3, 4)"),
    "dissatisfied": _cases(f"({_FACTS} 'satisfaction')::numeric <= 2"),
    "return_visit": _cases(f"{_FACTS} 'satisfaction' is not null"),
    "patrol_deal_report": _cases(f"{_FACTS} 'self_handled' = 'true'"),
    "patrol_deal_void": _cases(f"{_FACTS} 'self_handled' = 'true' and stage = 'voided'"),
    "patrol_deal_close": _cases(f"{_FACTS} 'self_handled' = 'true' and closed_at is not null"),
}
