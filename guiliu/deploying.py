"""Putting diagrams, forms and decisions from files into the house: drafted and published where they changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from engine.actors import Actor
from engine.definitions import DefinitionKind, PublishDefinition, SaveDefinitionDraft
from engine.errors import Invalid
from engine.spiff import apart, laid_out, outline
from forms import standard_forms
from guiliu.platform import Platform
from processes.sample import RegisterTools, seed_calendar
from processes.timekeeping import USUAL_CALENDAR

#: The operator at the command line, who answers for what the files say.
OPERATOR = Actor(id="system:deploy", name="命令行部署", audience=None)
#: In the order of deployment: diagrams name forms and decisions.
KIND_OF_SUFFIX: Mapping[str, DefinitionKind] = {
    ".json": DefinitionKind.FORM,
    ".dmn": DefinitionKind.DECISION,
    ".bpmn": DefinitionKind.PROCESS,
}
_ORDER = tuple(KIND_OF_SUFFIX.values())
SHIPPED_DIAGRAMS = Path(__file__).parents[1] / "bpmn"


class Outcome(StrEnum):
    """What became of a file."""

    PUBLISHED = "published"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, kw_only=True)
class Source:
    """One definition in a file."""

    #: Shown to the operator.
    name: str
    kind: DefinitionKind
    content: bytes


def sources_in(paths: Iterable[Path]) -> list[Source]:
    """The definitions in files and folders, in the order of deployment. Raises ``Invalid``."""
    found = [source for path in paths for file in _files(path) for source in _sources(file)]
    return called_first(sorted(found, key=lambda source: (_ORDER.index(source.kind), source.name)))


def called_first(sources: Sequence[Source]) -> list[Source]:
    """The same sources, each diagram after those that it calls; as they are when calls lead round in a ring."""
    outlines = {source: outline(source.content) for source in sources if source.kind is DefinitionKind.PROCESS}
    try:
        order = [*TopologicalSorter({each.key: each.calls for each in outlines.values()}).static_order()]
    except CycleError:
        return list(sources)
    place = {key: number for number, key in enumerate(order)}
    return sorted(sources, key=lambda source: place[outlines[source].key] if source in outlines else -1)


def shipped_sources() -> list[Source]:
    """The forms, decisions and diagrams that come with the product."""
    forms = [Source(name=key, kind=DefinitionKind.FORM, content=content) for key, content in standard_forms().items()]
    return [*forms, *sources_in([SHIPPED_DIAGRAMS])]


async def deploy(platform: Platform, source: Source) -> Outcome:
    """Publish a definition unless its latest version is the same. Raises ``Invalid`` with every finding."""
    key = platform.checks.key_of(source.kind, source.content)
    versions = await platform.definitions.versions(source.kind, key)
    if versions and versions[0].sha == hashlib.sha256(source.content).digest():
        return Outcome.UNCHANGED
    await platform.bus.handle(
        SaveDefinitionDraft(actor=OPERATOR, kind=source.kind, key_name=key, source=source.content)
    )
    await platform.bus.handle(
        PublishDefinition(actor=OPERATOR, kind=source.kind, key_name=key, note=Path(source.name).name)
    )
    return Outcome.PUBLISHED


async def deploy_missing(platform: Platform, sources: Iterable[Source]) -> None:
    """Publish what has no version yet; what a city has changed stays as it is."""
    for source in sources:
        key = platform.checks.key_of(source.kind, source.content)
        if not await platform.definitions.versions(source.kind, key):
            await deploy(platform, source)


async def provide_calendar(platform: Platform) -> bool:
    """Put in the shipped calendar where the city has none by which deadlines could begin; whether it was needed."""
    tools = RegisterTools(archive=platform.archive, imports=platform.imports)
    return await seed_calendar(platform.database, platform.bus, tools, USUAL_CALENDAR, by=OPERATOR)


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(file for file in path.rglob("*") if file.suffix in KIND_OF_SUFFIX)
    else:
        yield path


def _sources(file: Path) -> Iterator[Source]:
    """What a file holds: each executable pool of a diagram is a definition of its own."""
    kind = KIND_OF_SUFFIX.get(file.suffix)
    if kind is None:
        known = "、".join(KIND_OF_SUFFIX)
        raise Invalid(
            "file_kind_unknown",
            f"{file}：只能部署 {known} 文件",
            f"{file}: expected a file of kind {known}",
        )
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Invalid("file_unreadable", f"{file}：无法读取", f"{file}: cannot be read: {error.strerror}") from error
    if kind is not DefinitionKind.PROCESS:
        yield Source(name=str(file), kind=kind, content=content)
        return
    # As they will be published, so that the same file is told to be unchanged.
    yield from (Source(name=str(file), kind=kind, content=laid_out(pool)) for pool in apart(content))
