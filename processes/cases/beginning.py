"""Messages, signals and timers that begin a case: ``report`` of what they bring is the report, the rest starts the
diagram; the start event may make both of what came."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Annotated, Any

import msgspec

from engine.actors import Actor
from engine.commands import IdempotencyKey, TreeCommand
from engine.definitions import Library
from engine.errors import Invalid, InvalidState
from engine.feel import Evaluation, NotConvertible, Value, Warning_, from_json, to_json
from engine.handlers.progress import progress
from engine.handling import Work
from engine.message_events import StartTriggered
from engine.messages import Start
from engine.spiff import Definition, begun_with
from engine.spiff.admission import refuse_reserved
from processes.cases.commands import Location, ReportCase, Reporter
from processes.cases.reporting import ReportCaseHandler

#: Name of the variable that holds the report.
REPORT = "report"
_NOBODY = Actor(id="", name="")


@dataclass(frozen=True, kw_only=True)
class BeginCase(TreeCommand):
    """Begin the process that a message, a signal or a timer begins: a new case, in a tree whose id nobody else has."""

    start: Start
    #: For what the log keeps of the reporter; made with the command, so that repeating it gives the same hashes.
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(16), repr=False)


class _Location(msgspec.Struct, forbid_unknown_fields=True):
    lon: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    lat: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    crs: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
    address: Annotated[str, msgspec.Meta(max_length=500)] = ""


class _Reporter(msgspec.Struct, forbid_unknown_fields=True):
    name: Annotated[str, msgspec.Meta(max_length=100)] = ""
    phone: Annotated[str, msgspec.Meta(max_length=30)] = ""


class _Report(msgspec.Struct, forbid_unknown_fields=True):
    """The body of ``POST /cases``, but for photos, which belong to whoever uploaded them."""

    subcategory: Annotated[str, msgspec.Meta(min_length=1, max_length=50)]
    channel: Annotated[str, msgspec.Meta(min_length=1, max_length=50)]
    location: _Location
    description: Annotated[str, msgspec.Meta(min_length=1, max_length=5000)]
    condition: Annotated[str, msgspec.Meta(min_length=1, max_length=50)] | None = None
    reporter: _Reporter | None = None


class BeginCaseHandler:
    """Decides ``BeginCase``, and says beforehand what could not begin."""

    def __init__(self, reporting: ReportCaseHandler, library: Library[Definition], zone: tzinfo) -> None:
        self._reporting = reporting
        self._library = library
        self._zone = zone

    def __call__(self, command: BeginCase, work: Work) -> dict[str, Any]:
        """The new case, as after a report. Raises ``Invalid`` for what is no report of something known."""
        start = command.start
        report, variables = self._begun(self._library.latest_compiled(start.process), start, work.now)
        number = self._reporting.register(_reported(command, report), work)
        work.record(
            StartTriggered(
                process=start.process,
                kind=start.kind,
                name=start.name,
                message=start.message,
                sender=start.sender,
            )
        )
        work.start(start.process, variables)
        return {"case": work.tree, "number": number, **progress(work)}

    def judge(self, start: Start, at: datetime) -> None:
        """Raises ``Invalid`` for what is no report of something the catalogue knows."""
        self.judge_by(self._library.latest_compiled(start.process), start, at)

    def judge_by(self, definition: Definition, start: Start, at: datetime) -> None:
        """The same, by a version that is not in force yet."""
        report, _ = self._begun(definition, start, at)
        self._reporting.check_codes(_reported(BeginCase(actor=_NOBODY, tree=0, start=start), report))

    def command(self, actor: Actor, key: IdempotencyKey, tree: int, start: Start) -> BeginCase:
        """What begins it in a new tree."""
        return BeginCase(actor=actor, key=key, tree=tree, start=start)

    def _begun(self, definition: Definition, start: Start, at: datetime) -> tuple[_Report, dict[str, Value]]:
        """The report, and the variables that the diagram starts with."""
        _check_begins(definition, start)
        refuse_reserved(start.variables)
        evaluation = Evaluation(now=at, zone=self._zone)
        came = {name: from_json(value) for name, value in start.variables.items()}
        variables = begun_with(definition, came, evaluation)
        return _read(start, variables.pop(REPORT, None), evaluation.warnings), variables


def _check_begins(definition: Definition, start: Start) -> None:
    """Raises ``InvalidState`` when the version in force begins otherwise than the one did for which it was sent."""
    begins = definition.view.starts_by
    if f"{start.kind}:{start.name}" in begins or (start.kind == "timer" and definition.beginning.timers):
        return
    raise InvalidState(
        "start_gone",
        f"流程 {start.process} 现在不由“{start.name}”（{start.kind}）开始",
        f'Expected the process {start.process} to begin with the {start.kind} "{start.name}", but now it does not',
    )


def _reported(command: BeginCase, report: _Report) -> ReportCase:
    told = report.reporter
    reporter = Reporter(**msgspec.structs.asdict(told), salt=command.salt) if told else None
    return ReportCase(
        actor=command.actor,
        tree=command.tree,
        subcategory=report.subcategory,
        condition=report.condition,
        channel=report.channel,
        location=Location(**msgspec.structs.asdict(report.location)),
        description=report.description,
        reporter=reporter,
    )


def _read(start: Start, value: Value, warnings: Sequence[Warning_]) -> _Report:
    try:
        return msgspec.convert(to_json(value), _Report)
    except NotConvertible as error:
        raise _unfit(start, str(error), "", warnings) from error
    except msgspec.ValidationError as error:
        what, _, place = str(error).partition(" - at `$")
        raise _unfit(start, what, place.rstrip("`").replace(".", "/"), warnings) from error


def _unfit(start: Start, what: str, place: str, warnings: Sequence[Warning_]) -> Invalid:
    """What is no report, and what looked wrong where it was computed."""
    zh, en = what, what
    if warnings:
        zh, en = f"{what}；{warnings[0].message_zh}", f"{what}; {warnings[0].message_en}"
    return Invalid(
        "report_unfit",
        f"“{start.name}”开始一个案件，其变量 report 应为上报内容：{zh}",
        f'"{start.name}" begins a case, so its variable report has to be a report: {en}',
        pointer=f"/variables/{REPORT}{place}",
    )
