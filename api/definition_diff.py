"""What is different between two versions, or a version and a draft, of a definition."""

from __future__ import annotations

from typing import Any

import msgspec

from api.answers import answered
from api.definition_shapes import DefinitionFiles, VersionNumber
from api.definition_sources import source_of
from api.lists import shown_items
from api.routes import Call, Nothing, Reply, Route, named
from api.shapes import shown
from processes.access import Permission

LARGEST_BODY = 8 << 20


class Side(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A posted file, a version, or else the draft."""

    version: VersionNumber | None = None
    source: str | None = None


class DiffAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to compare; without ``before`` the newest published version."""

    before: Side | None = None
    after: Side = Side()


class PropertyDifference(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is written otherwise."""

    #: Path within the piece, such as ``timerEventDefinition/timeDuration`` or ``zeebe:property[stage]``.
    property: str
    before: str | None
    after: str | None
    zh: str
    en: str


class PieceDifference(msgspec.Struct, frozen=True, kw_only=True):
    """An element, flow, row, column or field that is different."""

    #: In the file; of a form the name of the field, empty for the form as a whole.
    id: str
    #: Such as ``userTask``, ``sequenceFlow``, ``rule``, ``field``.
    kind: str
    #: As it is called; of a rule its number.
    name: str
    #: ``added``, ``removed``, ``changed`` or ``moved``.
    change: str
    #: Whether it is drawn, or stands in its row, elsewhere.
    is_moved: bool
    zh: str
    en: str
    properties: list[PropertyDifference]


class Broken(msgspec.Struct, frozen=True, kw_only=True):
    """A published diagram that reads a field which is gone or of another type."""

    process: str
    element: str
    field: str
    zh: str
    en: str


class OpenTasks(msgspec.Struct, frozen=True, kw_only=True):
    """Tasks that are open now; they stay on the version of the form they were opened with."""

    version: int
    tasks: int


class Diff(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is different, and what of a form's change matters elsewhere."""

    differences: list[PieceDifference]
    breaks: list[Broken]
    open_tasks: list[OpenTasks]


def definition_diff(files: DefinitionFiles) -> Route:
    """The route of one kind."""

    async def diff(call: Call[Nothing, DiffAsked]) -> Reply:
        key, asked = call.path[files.noun], call.body
        before = asked.before or await _newest(files, call, key)
        sources = [await source_of(call, files.kind, key, side) for side in (before, asked.after)]
        found = await call.platform.comparing.compare(files.kind, key, *sources)
        differences = [_shown(difference) for difference in found.differences]
        breaks, tasks = shown_items(found.breaks, Broken), shown_items(found.open_tasks, OpenTasks)
        return answered(Diff(differences=differences, breaks=breaks, open_tasks=tasks))

    return Route(
        method="POST",
        path=f"{files.path}/diff",
        handler=named(diff, f"diff_{files.noun}"),
        summary_zh=f"比较{files.zh}的两个版本或草稿，逐处用文字说明",
        summary_en=f"Compare two versions or drafts of a {files.file_en}, each difference in words",
        body=DiffAsked,
        body_limit=LARGEST_BODY,
        answer=Diff,
        permission=Permission.PROCESS_READ,
    )


async def _newest(files: DefinitionFiles, call: Call[Nothing, DiffAsked], key: str) -> Side:
    """The newest published version; where nothing is published, the draft, from which nothing differs."""
    versions = await call.platform.definitions.versions(files.kind, key)
    numbers = (version.number for version in versions if version.state == "published")
    return Side(version=next(numbers, None))


def _shown(difference: Any) -> PieceDifference:
    properties = shown_items(difference.properties, PropertyDifference)
    read: PieceDifference = shown(difference, PieceDifference, properties=properties, change=difference.change.value)
    return read
