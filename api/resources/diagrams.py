"""A case on its diagram: where it has been, where it waits, where it stands still."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import msgspec

from api.answers import answered
from api.diagrams import RunningDiagram, RunningDiagrams
from api.naming import diagram_name_en
from api.parameters import Numbered
from api.ports import Platform
from api.routes import Call, Reply, Resource, Route
from engine.definitions import DefinitionKind, NamedSource
from processes.cases import Followed

EVENTS_AT_ONCE = 1_000
#: So many events are folded in less time than it takes to keep what came of them.
KEPT_AFTER = 500


class InstanceDiagram(msgspec.Struct, frozen=True, kw_only=True):
    """One instance on the very version of the diagram that it runs."""

    instance: str
    definition_key: str
    definition_sha: str
    #: Of the diagram.
    name: str
    name_en: str
    #: The instance and its call activity that called this one; absent for one that nobody called.
    caller: str | None
    caller_element: str | None
    is_open: bool
    #: The diagram (BPMN).
    source: str
    #: By id of element or sequence flow: how often it was passed.
    passed: dict[str, int]
    #: By id of element: for how many people, moments, messages, deliveries and calls it waits, and how many faults
    #: stand there.
    waiting: dict[str, int]
    faulted: dict[str, int]


class DiagramAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """As of which event of the case; the last one when it is left out."""

    until: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)] | None = None


class CaseDiagram(msgspec.Struct, frozen=True, kw_only=True):
    """The diagrams of a case, in the order in which they began."""

    items: list[InstanceDiagram]


async def get_case_diagram(call: Call[DiagramAsked, None]) -> Reply:
    """Answer the states of elements and flows, as of the last commit or of an event before it."""
    case, until = call.path["case"], call.query.until
    await call.platform.cases.detail(call.signed_in.actor, case)
    diagrams = await (_followed(call.platform, case) if until is None else _as_of(call.platform, case, until))
    shas = {bytes.fromhex(running.definition_sha) for running in diagrams.values()}
    stored = await call.platform.definitions.by_sha(DefinitionKind.PROCESS, shas)
    return answered(CaseDiagram(items=[_shown(call.platform, case, running, stored) for running in diagrams.values()]))


async def _followed(platform: Platform, case: int) -> RunningDiagrams:
    """The diagrams after the last event; from what was kept, so that a long past is folded once."""
    kept = await platform.followed.of(case) or Followed(seq=0, content=b"")
    diagrams, last = RunningDiagrams(kept.content), kept.seq
    while events := await platform.log.events(case, after=last, limit=EVENTS_AT_ONCE):
        for recorded in events:
            diagrams.fold(recorded)
        last = events[-1].seq
    if last - kept.seq >= KEPT_AFTER:
        await platform.followed.keep(case, Followed(seq=last, content=diagrams.text()))
    return diagrams


async def _as_of(platform: Platform, case: int, until: int) -> RunningDiagrams:
    """The diagrams after an event, folded from the beginning."""
    diagrams, last = RunningDiagrams(b""), 0
    while last < until and (
        events := await platform.log.events(case, after=last, limit=min(EVENTS_AT_ONCE, until - last))
    ):
        for recorded in events:
            diagrams.fold(recorded)
        last = events[-1].seq
    return diagrams


def _shown(
    platform: Platform, case: int, running: RunningDiagram, stored: Mapping[bytes, NamedSource]
) -> InstanceDiagram:
    diagram = stored[bytes.fromhex(running.definition_sha)]
    return InstanceDiagram(
        instance=str(Numbered(case, running.instance)),
        definition_key=running.definition_key,
        definition_sha=running.definition_sha,
        name=diagram.name,
        name_en=diagram_name_en(platform, running.definition_key, diagram.name),
        caller=None if running.caller is None else str(Numbered(case, running.caller)),
        caller_element=running.caller_element or None,
        is_open=running.is_open,
        source=diagram.source.decode(errors="replace"),
        passed=dict(running.passed),
        waiting=dict(running.waiting),
        faulted=dict(running.faulted),
    )


RESOURCE = Resource(
    name="diagrams",
    title_zh="案件流程图",
    title_en="Cases on their diagrams",
    routes=(
        Route(
            method="GET",
            path="/cases/{case}/diagram",
            handler=get_case_diagram,
            summary_zh="案件在流程图上的状态",
            summary_en="Where a case has been and where it waits",
            query=DiagramAsked,
            answer=CaseDiagram,
        ),
    ),
)
