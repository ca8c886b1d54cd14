"""Compares versions and drafts of definitions, and says what a change of a form breaks elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine.decisions import MODEL_WORDS, decision_pieces
from engine.definitions import DefinitionKind, published_sources
from engine.differences import Change, PieceDifference, Pieces, Words, compared
from engine.spiff import DIAGRAM_WORDS, FieldRead, fields_read, pieces_of
from engine.storage.database import Database
from processes.cases import FORM_WORDS, form_pieces

_OPEN_TASKS = """
select form_version as version, count(*) as tasks from task
where state = 'open' and form = $1 group by form_version order by form_version
"""


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A field that a published diagram reads after the form was filled in, and that is gone or of another type."""

    process: str
    element: str
    field: str
    zh: str
    en: str


@dataclass(frozen=True, kw_only=True)
class OpenTasks:
    """Tasks that are open now and stay on the version of the form they were opened with."""

    version: int
    tasks: int


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What is different, and what of it matters elsewhere."""

    differences: Sequence[PieceDifference]
    breaks: Sequence[Broken] = ()
    open_tasks: Sequence[OpenTasks] = ()


class Comparing:
    """Compares what it is given."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def compare(self, kind: DefinitionKind, key: str, before: bytes, after: bytes) -> Comparison:
        """What is different in ``after``. Raises ``Invalid`` for what cannot be read."""
        differences = await asyncio.to_thread(_differences, kind, before, after)
        if kind is not DefinitionKind.FORM:
            return Comparison(differences=differences)
        async with self._database.reading() as connection:
            processes = await published_sources(connection, DefinitionKind.PROCESS)
            rows = await connection.fetch(_OPEN_TASKS, key)
        breaks = await asyncio.to_thread(_breaks, key, differences, {name: each[1] for name, each in processes.items()})
        return Comparison(differences=differences, breaks=breaks, open_tasks=[OpenTasks(**row) for row in rows])


def _differences(kind: DefinitionKind, before: bytes, after: bytes) -> list[PieceDifference]:
    taken_apart, words = _WAYS[kind]
    return compared(taken_apart(before), taken_apart(after), words)


_WAYS: Final[Mapping[DefinitionKind, tuple[Callable[[bytes], Pieces], Words]]] = {
    DefinitionKind.PROCESS: (pieces_of, DIAGRAM_WORDS),
    DefinitionKind.DECISION: (decision_pieces, MODEL_WORDS),
    DefinitionKind.FORM: (form_pieces, FORM_WORDS),
}


def _breaks(form: str, differences: Sequence[PieceDifference], processes: Mapping[str, bytes]) -> list[Broken]:
    gone = {each.id for each in differences if each.change is Change.REMOVED}
    retyped = {each.id for each in differences if any(part.property == "type" for part in each.properties)}
    return [
        _broken(process, read, is_gone=read.field in gone)
        for process, read in _reads(form, processes)
        if read.field in gone | retyped
    ]


def _reads(form: str, processes: Mapping[str, bytes]) -> Iterator[tuple[str, FieldRead]]:
    for process, source in processes.items():
        for read in fields_read(source, form):
            yield process, read


def _broken(process: str, read: FieldRead, *, is_gone: bool) -> Broken:
    zh, en = ("不再填写", "is no longer asked for") if is_gone else ("换了类型", "has another type")
    return Broken(
        process=process,
        element=read.element,
        field=read.field,
        zh=f"流程 {process} 的 {read.element} 读取字段 {read.field}，而它{zh}",
        en=f"{read.element} of the process {process} reads the field {read.field}, which {en}",
    )
