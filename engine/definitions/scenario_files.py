"""Scenarios beside a process, in files: kept by whoever edits, copied beside each version that is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from engine.definitions.commands import KeepScenarios, PublishDefinition, RemoveScenarios
from engine.definitions.kinds import DefinitionKind
from engine.errors import Invalid, NotFound
from engine.storage.database import Database
from engine.storage.unit_of_work import UnitOfWork

#: Bytes of a file, and files of a process.
LARGEST_SCENARIOS: Final = 256 << 10
MOST_FILES: Final = 50

_KEEP = """
insert into scenario_file (process, name, title, source, editor, edited_at)
values ($1, $2, $3, $4, $5, clock_timestamp())
on conflict (process, name) do update set title = excluded.title, source = excluded.source,
    editor = excluded.editor, edited_at = excluded.edited_at
"""
_IS_THERE = """
select exists (select from definition where kind = 'process' and key = $1)
    or exists (select from definition_draft where kind = 'process' and key = $1)
"""
_COUNT = "select count(*) from scenario_file where process = $1"
_REMOVE = "delete from scenario_file where process = $1 and name = $2"
_COPY_KEPT = """
insert into published_scenario_file (process, number, name, title, source)
select process, $2, name, title, source from scenario_file where process = $1
"""
_COPY_PUBLISHED = """
insert into published_scenario_file (process, number, name, title, source)
select process, $2, name, title, source from published_scenario_file where process = $1 and number = $3
"""
_KEPT = """
select f.name, f.title, f.source, f.editor, f.edited_at, c.version
from scenario_file f join configuration c on c.name = 'scenarios:' || f.process || ':' || f.name
where f.process = $1 order by f.title, f.name
"""
_PUBLISHED = """
select name, title, source from published_scenario_file where process = $1 and number = $2 order by title, name
"""


@dataclass(frozen=True, kw_only=True)
class ScenarioFile:
    """One file of scenarios."""

    #: Known to nobody else beside the same process.
    name: str
    title: str
    source: str


@dataclass(frozen=True, kw_only=True)
class KeptScenarioFile(ScenarioFile):
    """A file as it is edited now."""

    #: Its ``ETag``.
    version: int
    editor: str
    edited_at: datetime


class ScenarioFiles:
    """Reads the files from the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def kept(self, process: str) -> Sequence[KeptScenarioFile]:
        """Those beside the draft of a process, by title."""
        return [KeptScenarioFile(**row) for row in await self._database.fetch(_KEPT, process)]

    async def one(self, process: str, name: str) -> KeptScenarioFile:
        """One of them. Raises ``NotFound``."""
        found = next((each for each in await self.kept(process) if each.name == name), None)
        if found is None:
            raise _not_found(name)
        return found

    async def published(self, process: str, number: int) -> Sequence[ScenarioFile]:
        """Those that a version was published with, by title; empty for versions that never were."""
        return [ScenarioFile(**row) for row in await self._database.fetch(_PUBLISHED, process, number)]


async def keep_scenarios(command: KeepScenarios, uow: UnitOfWork) -> dict[str, Any]:
    """Keep the file as it is; whether it can be played is said when it is.

    Raises ``NotFound`` where no process is, ``Invalid`` for too much.
    """
    if len(command.source.encode()) > LARGEST_SCENARIOS:
        raise Invalid("scenarios_too_large", "场景文件超过 256 KiB", "Expected at most 256 KiB of scenarios")
    if not await uow.fetchval(_IS_THERE, command.process):
        raise NotFound(
            "definition_not_found",
            f"{command.process}：没有找到",
            f"Expected a process {command.process}, but there is none",
        )
    await uow.execute(_KEEP, command.process, command.name, command.title, command.source, command.actor.id)
    if await uow.fetchval(_COUNT, command.process) > MOST_FILES:
        raise Invalid(
            "scenarios_too_many",
            f"一个流程最多 {MOST_FILES} 个场景文件",
            f"Expected at most {MOST_FILES} files of scenarios beside a process",
        )
    return {"process": command.process, "scenario": command.name}


async def remove_scenarios(command: RemoveScenarios, uow: UnitOfWork) -> dict[str, Any]:
    """Take the file away; versions that were published with it keep it. Raises ``NotFound``."""
    if await uow.execute(_REMOVE, command.process, command.name) == "DELETE 0":
        raise _not_found(command.name)
    line = {"process": command.process, "scenario": command.name}
    uow.record("scenarios_removed", line, actor=command.actor.id)
    return line


async def publish_scenarios(command: PublishDefinition, number: int, uow: UnitOfWork) -> None:
    """Copy the files beside the version that has just been made: those of the draft, or of the version come back."""
    if command.kind is not DefinitionKind.PROCESS:
        return
    if command.number is None:
        await uow.execute(_COPY_KEPT, command.key_name, number)
    else:
        await uow.execute(_COPY_PUBLISHED, command.key_name, number, command.number)


def _not_found(name: str) -> NotFound:
    return NotFound(
        "scenarios_not_found", f"没有场景文件 {name}", f"Expected a file of scenarios {name}, but there is none"
    )
