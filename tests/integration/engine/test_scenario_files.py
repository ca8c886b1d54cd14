"""Files of scenarios beside a process: kept by version, taken away, copied beside each version that is published."""

from __future__ import annotations

from typing import Any

import pytest

from engine.actors import Actor
from engine.bus.configuration_commands import ConfigurationCommands
from engine.configuration import ConfigurationCommand
from engine.definitions import (
    Checked,
    DefinitionDesk,
    DefinitionKind,
    KeepScenarios,
    PublishDefinition,
    RemoveScenarios,
    SaveDefinitionDraft,
    ScenarioFiles,
    alone,
)
from engine.definitions.scenario_files import LARGEST_SCENARIOS, MOST_FILES
from engine.errors import Invalid, NotFound, Stale
from engine.storage.database import Database

EDITOR = Actor(id="user:1", name="设计员")
PROCESS = DefinitionKind.PROCESS


def check(source: bytes) -> Checked:
    return Checked(key="line", name="流程")


def everyone(actor: Actor, command: ConfigurationCommand) -> None:
    """Whoever it is may."""


@pytest.fixture
async def commands(database: Database) -> ConfigurationCommands:
    desk = DefinitionDesk(checks={PROCESS: alone(check)}, four_eyes=False)
    commands = ConfigurationCommands(database, desk.handlers(), everyone)
    await commands.handle(draft(b"<one/>"))
    return commands


@pytest.fixture
def files(database: Database) -> ScenarioFiles:
    return ScenarioFiles(database)


def draft(source: bytes) -> SaveDefinitionDraft:
    return SaveDefinitionDraft(actor=EDITOR, kind=PROCESS, key_name="line", source=source)


def keep(source: str = "scenarios: []", name: str = "first", **fields: Any) -> KeepScenarios:
    told = {"process": "line", "title": "第一个", **fields}
    return KeepScenarios(actor=EDITOR, name=name, source=source, **told)


def remove(**fields: Any) -> RemoveScenarios:
    return RemoveScenarios(actor=EDITOR, process="line", name="first", **fields)


def publish(**fields: Any) -> PublishDefinition:
    return PublishDefinition(actor=EDITOR, kind=PROCESS, key_name="line", **fields)


async def test_a_file_is_kept_only_by_who_saw_its_version(
    commands: ConfigurationCommands, files: ScenarioFiles
) -> None:
    await commands.handle(keep("a", expected=0))
    await commands.handle(keep("b", expected=1, title="改名"))
    with pytest.raises(Stale):
        await commands.handle(keep("c", expected=1))
    [kept] = await files.kept("line")
    assert (kept.source, kept.title, kept.version, kept.editor) == ("b", "改名", 2, "user:1")
    assert (await files.one("line", "first")) == kept


async def test_what_was_taken_away_comes_back_under_the_version_answered(
    commands: ConfigurationCommands, files: ScenarioFiles, database: Database
) -> None:
    await commands.handle(keep("a"))
    await commands.handle(remove(expected=1))
    assert await files.kept("line") == []
    with pytest.raises(NotFound):
        await files.one("line", "first")
    with pytest.raises(NotFound):
        await commands.handle(remove())
    await commands.handle(keep("a", expected=2))
    assert [each.version for each in await files.kept("line")] == [3]
    lines = await database.fetch("select type, payload from security_event where type = 'scenarios_removed'")
    assert len(lines) == 1


async def test_a_version_keeps_the_files_that_it_was_published_with(
    commands: ConfigurationCommands, files: ScenarioFiles
) -> None:
    await commands.handle(keep("old"))
    await commands.handle(publish())
    await commands.handle(draft(b"<two/>"))
    await commands.handle(keep("new"))
    await commands.handle(publish())
    await commands.handle(publish(number=1))
    assert [[each.source for each in await files.published("line", number)] for number in (1, 2, 3)] == [
        ["old"],
        ["new"],
        ["old"],
    ]
    assert [each.source for each in await files.kept("line")] == ["new"]


async def test_who_publishes_although_scenarios_fail_says_why_and_it_is_written_down(
    commands: ConfigurationCommands, database: Database
) -> None:
    with pytest.raises(Invalid) as refused:
        await commands.handle(publish(failing=("顺利结案",), note="  "))
    assert (refused.value.code, refused.value.pointer) == ("scenarios_failing", "/note")
    assert refused.value.details == {"failing": ["顺利结案"]}
    await commands.handle(publish(failing=("顺利结案",), note="改为两步结案，场景随后补"))
    line = await database.fetchval("select payload from security_event where type = 'definition_published'")
    assert '"failing":["顺利结案"]' in line


async def test_what_is_too_much_or_beside_nothing_is_refused(
    commands: ConfigurationCommands, database: Database
) -> None:
    with pytest.raises(Invalid):
        await commands.handle(keep("x" * (LARGEST_SCENARIOS + 1)))
    with pytest.raises(NotFound):
        await commands.handle(keep(process="nowhere"))
    await database.fetch(
        "insert into scenario_file select 'line', 'f' || n, 't', '', 'user:1', now() from generate_series(1, $1) n",
        MOST_FILES,
    )
    with pytest.raises(Invalid):
        await commands.handle(keep())
