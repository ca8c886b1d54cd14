"""Dry runs: what somebody tries step by step with a draft, on a clock that is moved; nothing is kept, nothing is sent.

The client keeps the steps and sends all of them each time; the answer is where they lead.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Final

import msgspec

from api.answers import answered
from api.definition_ports import Tried
from api.definition_sources import source_of
from api.dry_run_shapes import (
    DryRunAnswer,
    ShownActivity,
    ShownCondition,
    ShownDeadline,
    ShownDelivery,
    ShownEscalation,
    ShownFault,
    ShownInstance,
    ShownMessage,
    ShownProblem,
    ShownTask,
    ShownTimer,
    ShownVerb,
    TakenStep,
    Way,
)
from api.resources.scenarios import LARGEST_BODY
from api.routes import Call, Nothing, Reply, Route
from api.shapes import shown
from engine.decisions import told
from engine.definitions import DefinitionKind
from engine.events import ExpressionWarned, FaultRaised, InstanceStarted, TokensMoved
from engine.message_events import MessageThrown, SignalThrown
from engine.spiff import PublicationKind
from processes.access import Permission
from processes.deadlines import Ending, lamp
from processes.scenarios import DryRun, Situation, Taken
from processes.timekeeping import DEADLINE_TABLE

MOST_STEPS = 200
#: What comes from outside.
_ARRIVALS: Final = (PublicationKind.MESSAGE, PublicationKind.SIGNAL)


class DryRunAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The steps so far, and the diagram that they are about: the posted one, a version, or else the draft."""

    #: As in the ``given`` of a scenario; without a ``process`` the diagram itself is started.
    given: dict[str, Any] = {}
    #: As the steps of a scenario.
    steps: Annotated[list[dict[str, Any]], msgspec.Meta(max_length=MOST_STEPS)] = []
    version: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)] | None = None
    #: A diagram (BPMN) that need not be saved.
    source: str | None = None
    #: Under which the steps are written down as a scenario.
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100)] = "dry run"
    title: Annotated[str, msgspec.Meta(max_length=2000)] = ""


async def dry_run_process(call: Call[Nothing, DryRunAsked]) -> Reply:
    """Answer where the steps lead."""
    key, asked = call.path["process"], call.body
    source = await source_of(call, DefinitionKind.PROCESS, key, asked)
    return answered(_shown(await call.platform.scenarios.try_out(key, source, asked)))


def _shown(tried: Tried) -> DryRunAnswer:
    run, here = tried.run, tried.run.situation
    return DryRunAnswer(
        now=here.now,
        stage=here.case.stage if here.case else "",
        ended=here.case.end if here.case and not here.case.is_open else None,
        instances=list(_instances(here)),
        tasks=[_task(row, tried) for row in here.tasks],
        timers=[
            shown(row, ShownTimer, name_en=_name_en(tried, row), due_at=_local(row.due_at, here))
            for _, row in here.timers
        ],
        deadlines=[_deadline(row, here) for row in _deadlines(here)],
        deliveries=[_delivery(row, tried) for _, row in here.deliveries],
        messages=[shown(row, ShownMessage, name=row.message) for row in _awaited(here, *_ARRIVALS)],
        activities=[
            shown(row, ShownActivity, name_en=_name_en(tried, row), groups=list(row.groups))
            for row in _awaited(here, PublicationKind.ACTIVITY)
        ],
        conditions=[
            shown(row, ShownCondition, name_en=_name_en(tried, row))
            for row in _awaited(here, PublicationKind.CONDITION)
        ],
        verbs=[_verb(verb) for verb in tried.verbs],
        escalations=[
            shown(row, ShownEscalation, name=row.title, name_en=_called(tried, row.element, row.title))
            for row in here.escalations
        ],
        faults=[shown(row, ShownFault) for _, row in here.faults],
        variables=here.variables(),
        facts={name: told(value) for name, value in here.facts.items() if value is not None} if here.case else {},
        steps=_steps(run),
        problems=list(_problems(run)),
        scenario=tried.scenario,
    )


def _awaited(here: Situation, *kinds: PublicationKind) -> list[Any]:
    return [row for _, row in here.subscriptions if row.kind in kinds]


def _name_en(tried: Tried, row: Any) -> str:
    return _called(tried, row.element, row.name)


def _called(tried: Tried, element: str, name: str) -> str:
    """What an element of this name is called in English."""
    return tried.library.name_en(element, name) or name


def _task(row: Any, tried: Tried) -> ShownTask:
    schema = tried.forms.get((row.form, row.form_version))
    read: ShownTask = shown(
        row,
        ShownTask,
        name_en=_name_en(tried, row),
        schema=dict(schema) if schema else None,
        due_at=_local(row.due_at, tried.run.situation),
        groups=list(row.groups),
    )
    return read


def _verb(verb: Any) -> ShownVerb:
    schema = dict(verb.schema) if verb.schema else None
    read: ShownVerb = shown(verb, ShownVerb, posts=list(verb.posts), on=list(verb.on), schema=schema)
    return read


def _instances(here: Situation) -> Iterator[ShownInstance]:
    """Running instances, each with the elements at which its tokens wait."""
    for number, row in sorted(here.rows["instance"].items()):
        if row.ended_at is None:
            tokens = dict.fromkeys(_tokens(number, here))
            caller = row.caller
            yield ShownInstance(instance=number, process=row.definition_key, caller=caller, tokens=list(tokens))


def _tokens(instance: int, here: Situation) -> Iterator[str]:
    for row in here.rows["instance"].values():
        if row.caller == instance and row.caller_element and row.ended_at is None:
            yield row.caller_element
    for table in ("task", "delivery", "fault", "timer", "subscription"):
        for row in here.rows[table].values():
            # What hangs on the border of an activity is no token of its own.
            if row.is_open and row.instance == instance and not getattr(row, "attached_to", ""):
                yield row.element


def _deadlines(here: Situation) -> list[Any]:
    return [row for _, row in sorted(here.rows[DEADLINE_TABLE].items()) if row.is_latest]


def _deadline(row: Any, here: Situation) -> ShownDeadline:
    clock = row.clock
    return ShownDeadline(
        name=row.name,
        element=row.element,
        unit=clock.subject.unit_id,
        limit=f"{clock.whole_limit.amount} {clock.whole_limit.unit}",
        started_at=_local(clock.started_at, here),
        warn_at=_local(clock.warn_at, here),
        due_at=_local(clock.due_at, here),
        lamp=lamp(clock, here.now).value,
        is_paused=clock.is_open and clock.is_paused,
        is_met=clock.ending is Ending.MET,
    )


def _delivery(row: Any, tried: Tried) -> ShownDelivery:
    read: ShownDelivery = shown(
        row,
        ShownDelivery,
        name_en=_name_en(tried, row),
        payload=dict(row.payload or {}),
        next_at=_local(row.next_at, tried.run.situation),
        state=row.state.value,
    )
    return read


def _steps(run: DryRun) -> list[TakenStep]:
    """What each step passed; instances are known by the process that they run."""
    running: dict[int, str] = {}
    return [_step(taken, running) for taken in run.taken]


def _step(taken: Taken, running: dict[int, str]) -> TakenStep:
    passed: list[Way] = []
    thrown: list[str] = []
    for event in taken.events:
        match event:
            case InstanceStarted(instance=instance, definition_key=key):
                running[instance] = key
            case TokensMoved(instance=instance, path=path):
                passed.append(Way(instance=instance, process=running.get(instance, ""), path=list(path)))
            case MessageThrown(message=name) | SignalThrown(signal=name):
                thrown.append(name)
    return TakenStep(number=taken.number, at=taken.at, passed=passed, thrown=thrown)


def _problems(run: DryRun) -> Iterator[ShownProblem]:
    for taken in run.taken:
        for event in taken.events:
            match event:
                case FaultRaised(element=element, code=code, message_zh=zh, message_en=en):
                    yield ShownProblem(
                        step=taken.number, kind="fault", element=element, code=code, message_zh=zh, message_en=en
                    )
                case ExpressionWarned(element=element, attribute=attribute, warnings=warnings):
                    yield from _warned(taken.number, element, attribute, warnings)
    if run.stop is not None:
        stop = run.stop
        yield ShownProblem(
            step=len(run.taken),
            kind="refused",
            code=stop.code,
            pointer=stop.pointer,
            message_zh=stop.message_zh,
            message_en=stop.message_en,
        )


def _warned(step: int, element: str, attribute: str, warnings: list[dict[str, Any]]) -> Iterator[ShownProblem]:
    for warning in warnings:
        yield ShownProblem(
            step=step,
            kind="warning",
            element=element,
            code=str(warning.get("code", "")),
            pointer=attribute,
            message_zh=str(warning.get("message_zh", "")),
            message_en=str(warning.get("message_en", "")),
        )


def _local(moment: datetime | None, here: Situation) -> Any:
    return None if moment is None else moment.astimezone(here.now.tzinfo)


ROUTE = Route(
    method="POST",
    path="/processes/{process}/dry-run",
    handler=dry_run_process,
    summary_zh="逐步试走草稿或某一版本：发来迄今的各步，答复走到哪里、等什么，不保存、不外发",
    summary_en="Try a draft or a version step by step: send the steps so far, get where they lead; nothing is kept",
    body=DryRunAsked,
    body_limit=LARGEST_BODY,
    answer=DryRunAnswer,
    permission=Permission.PROCESS_READ,
)
