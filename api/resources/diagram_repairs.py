"""Diagrams mended by a machine, and diagrams of other engines taken in; nothing is kept."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.definition_shapes import LARGEST_FILE, LintFinding
from api.lists import shown_items
from api.resources.scenarios import LARGEST_BODY
from api.routes import XML_TYPES, Call, Nothing, Reply, Route
from engine.spiff import loses, outline
from processes.access import Permission


class FixAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A diagram, and which of its findings are to be mended; all that can be when none is named."""

    source: str
    rule: Annotated[str, msgspec.Meta(max_length=100)] | None = None
    element: Annotated[str, msgspec.Meta(max_length=255)] | None = None
    subject: Annotated[str, msgspec.Meta(max_length=255)] | None = None


class MendedFinding(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was found and is no longer."""

    #: ``dropped`` when something was only taken away, ``changed`` when it is written otherwise.
    outcome: str
    rule: str
    element: str | None
    subject: str
    message_zh: str
    message_en: str


class DiagramMended(msgspec.Struct, frozen=True, kw_only=True):
    """The diagram afterwards."""

    #: Key and name that it gives itself.
    key: str
    name: str
    source: str
    report: list[MendedFinding]
    #: What is still to be looked at.
    findings: list[LintFinding]


class DiagramTaken(DiagramMended, frozen=True, kw_only=True):
    """The first process of a file, in a file of its own."""

    #: The other executable processes of the file, each in a file of its own; none is kept yet.
    others: list[DiagramMended]


async def fix_process(call: Call[Nothing, FixAsked]) -> Reply:
    """Answer the diagram with what could be mended."""
    asked = call.body

    def is_wanted(finding: Any) -> bool:
        named = ((asked.rule, finding.rule), (asked.element, finding.element), (asked.subject, finding.subject))
        return all(wanted is None or wanted == found for wanted, found in named)

    return answered(_shown(await asyncio.to_thread(call.platform.mend, asked.source.encode(), is_wanted)))


async def import_process(call: Call[Nothing, bytes]) -> Reply:
    """Answer the processes of a foreign file in the dialect that is executed here, each with a picture."""
    first, *others = map(_shown, await asyncio.to_thread(call.platform.take_in, call.body))
    return answered(DiagramTaken(**msgspec.structs.asdict(first), others=others))


def _shown(result: Any) -> DiagramMended:
    found = outline(result.source)
    return DiagramMended(
        key=found.key,
        name=found.name,
        source=result.source.decode(errors="replace"),
        report=[_mended(finding) for finding in result.mended],
        findings=shown_items(result.findings, LintFinding),
    )


def _mended(finding: Any) -> MendedFinding:
    return MendedFinding(
        outcome="dropped" if loses(finding) else "changed",
        rule=finding.rule,
        element=finding.element,
        subject=finding.subject,
        message_zh=finding.message_zh,
        message_en=finding.message_en,
    )


ROUTES = (
    Route(
        method="POST",
        path="/processes/{process}/fix",
        handler=fix_process,
        summary_zh="由机器改正检查发现的问题，给出改后的流程图，不保存",
        summary_en="Mend what a check has found as far as a machine can; nothing is kept",
        body=FixAsked,
        body_limit=LARGEST_BODY,
        answer=DiagramMended,
        permission=Permission.PROCESS_READ,
    ),
    Route(
        method="POST",
        path="/processes/import",
        handler=import_process,
        summary_zh="读入别的工具画的流程图：几个可执行的池分开，转写、排版，逐元素说明去掉了什么、还要改什么，不保存",
        summary_en="Take in a file of another tool: pools taken apart, converted, laid out, with what needs a hand",
        body_types=XML_TYPES,
        body_limit=LARGEST_FILE,
        answer=DiagramTaken,
        permission=Permission.PROCESS_READ,
    ),
)
