"""Messages and signals that begin a case: what they bring as ``report`` is the report, the rest starts the diagram."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

import msgspec

from engine.actors import Actor
from engine.commands import IdempotencyKey
from engine.errors import Invalid
from engine.feel import from_json
from engine.handlers.progress import progress
from engine.handling import Work
from engine.message_events import StartTriggered
from engine.messages import Start
from engine.spiff.admission import refuse_reserved
from processes.cases.commands import Location, ReportCase, Reporter
from processes.cases.reporting import ReportCaseHandler

#: Name of the variable that holds the report.
REPORT = "report"


@dataclass(frozen=True, kw_only=True)
class BeginCase(ReportCase):
    """A report that came with a message or signal, for the process that begins with it."""

    start: Start
    #: What the diagram starts with, JSON values.
    variables: dict[str, Any] = field(default_factory=dict)


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

    def __init__(self, reporting: ReportCaseHandler) -> None:
        self._reporting = reporting

    def __call__(self, command: BeginCase, work: Work) -> dict[str, Any]:
        """The new case, as after a report."""
        start = command.start
        number = self._reporting.register(command, work)
        work.record(
            StartTriggered(
                process=start.process,
                kind=start.kind,
                name=start.name,
                message=start.message,
                sender=start.sender,
            )
        )
        work.start(start.process, {name: from_json(value) for name, value in command.variables.items()})
        return {"case": work.tree, "number": number, **progress(work)}

    def judge(self, start: Start) -> None:
        """Raises ``Invalid`` for what is no report of something the catalogue knows."""
        nobody = IdempotencyKey(actor="", key="", fingerprint=b"")
        self._reporting.check_codes(self.command(Actor(id="", name=""), nobody, 0, start))

    def command(self, actor: Actor, key: IdempotencyKey, tree: int, start: Start) -> BeginCase:
        """What begins it in a new tree. Raises ``Invalid`` for what is no report."""
        variables = {name: value for name, value in start.variables.items() if name != REPORT}
        refuse_reserved(variables)
        report = _read(start)
        return BeginCase(
            actor=actor,
            key=key,
            tree=tree,
            subcategory=report.subcategory,
            condition=report.condition,
            channel=report.channel,
            location=Location(**msgspec.structs.asdict(report.location)),
            description=report.description,
            reporter=Reporter(**msgspec.structs.asdict(report.reporter)) if report.reporter else None,
            start=start,
            variables=variables,
        )


def _read(start: Start) -> _Report:
    try:
        return msgspec.convert(start.variables.get(REPORT), _Report)
    except msgspec.ValidationError as error:
        what, _, place = str(error).partition(" - at `$")
        raise Invalid(
            "report_unfit",
            f"“{start.name}”开始一个案件，其变量 report 应为上报内容：{what}",
            f'"{start.name}" begins a case, so its variable report has to be a report: {what}',
            pointer=f"/variables/{REPORT}{place.rstrip('`').replace('.', '/')}",
        ) from error
