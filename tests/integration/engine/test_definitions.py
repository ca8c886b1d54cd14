"""Definitions: drafts with versions, publishing checked and by another person, versions that stay."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.actors import Actor
from engine.bus.configuration_commands import ConfigurationCommands
from engine.configuration import ConfigurationCommand
from engine.definitions import (
    Checked,
    DefinitionDesk,
    DefinitionKind,
    DefinitionQueries,
    PublishDefinition,
    RetireDefinition,
    SaveDefinitionDraft,
    VersionState,
    alone,
)
from engine.errors import Forbidden, Invalid, InvalidState, NotFound, Stale
from engine.storage.database import Database
from engine.storage.unit_of_work import UnitOfWork

EDITOR = Actor(id="user:1", name="设计员")
PUBLISHER = Actor(id="user:2", name="发布员")
FORM = DefinitionKind.FORM


def check(source: bytes) -> Checked:
    if source.startswith(b"broken"):
        raise Invalid("form_broken", "表单有误", "Expected a form", line=1)
    return Checked(key=source.decode().split()[0], name="登记表")


def everyone(actor: Actor, command: ConfigurationCommand) -> None:
    """Whoever it is may."""


@pytest.fixture
def commands(database: Database) -> ConfigurationCommands:
    desk = DefinitionDesk(checks={FORM: alone(check)}, four_eyes=True)
    return ConfigurationCommands(database, desk.handlers(), everyone)


@pytest.fixture
def queries(database: Database) -> DefinitionQueries:
    return DefinitionQueries(database)


def draft(source: bytes, **fields: Any) -> SaveDefinitionDraft:
    return SaveDefinitionDraft(actor=EDITOR, kind=FORM, key_name="intake", source=source, **fields)


def publish(actor: Actor = PUBLISHER, **fields: Any) -> PublishDefinition:
    return PublishDefinition(actor=actor, kind=FORM, key_name="intake", **fields)


async def test_a_draft_is_replaced_only_by_who_saw_its_version(
    commands: ConfigurationCommands, queries: DefinitionQueries
) -> None:
    await commands.handle(draft(b"intake 1", expected=0))
    await commands.handle(draft(b"intake 2", expected=1))
    with pytest.raises(Stale):
        await commands.handle(draft(b"intake 3", expected=1))
    kept = await queries.draft(FORM, "intake")
    assert (kept.source, kept.version, kept.editor) == (b"intake 2", 2, "user:1")


async def test_a_draft_moves_no_epoch_and_publishing_does(commands: ConfigurationCommands, database: Database) -> None:
    await commands.handle(draft(b"intake 1"))
    assert await database.fetchval("select epoch from configuration_epoch") == 1
    await commands.handle(publish())
    assert await database.fetchval("select epoch from configuration_epoch") == 2


async def test_the_last_editor_may_not_publish(commands: ConfigurationCommands) -> None:
    await commands.handle(draft(b"intake 1"))
    with pytest.raises(Forbidden) as refused:
        await commands.handle(publish(actor=EDITOR))
    assert refused.value.code == "publisher_is_editor"


async def test_the_last_editor_may_neither_retire_nor_bring_back(commands: ConfigurationCommands) -> None:
    for source in (b"intake 1", b"intake 2"):
        await commands.handle(draft(source))
        await commands.handle(publish())
    retire = RetireDefinition(actor=EDITOR, kind=FORM, key_name="intake", number=1)
    for command in (publish(actor=EDITOR, number=1), retire):
        with pytest.raises(Forbidden) as refused:
            await commands.handle(command)
        assert refused.value.code == "publisher_is_editor"


async def test_a_version_that_would_be_missed_is_not_retired(database: Database) -> None:
    async def used(kind: DefinitionKind, key: str, tag: str | None, uow: UnitOfWork) -> list[str]:
        return [f"process of {key}"]

    desk = DefinitionDesk(checks={FORM: alone(check)}, four_eyes=True, users=used)
    house = ConfigurationCommands(database, desk.handlers(), everyone)
    for source in (b"intake 1", b"intake 2"):
        await house.handle(draft(source))
        await house.handle(publish())
    await house.handle(RetireDefinition(actor=PUBLISHER, kind=FORM, key_name="intake", number=2))
    with pytest.raises(InvalidState) as missed:
        await house.handle(RetireDefinition(actor=PUBLISHER, kind=FORM, key_name="intake", number=1))
    assert (missed.value.code, missed.value.details["used_by"]) == ("version_in_use", ["process of intake"])


async def test_a_rehearsal_answers_and_leaves_nothing(
    commands: ConfigurationCommands, queries: DefinitionQueries, database: Database
) -> None:
    await commands.handle(draft(b"intake 1"))
    answer = await commands.rehearse(publish())
    with pytest.raises(Forbidden):
        await commands.rehearse(publish(actor=EDITOR))
    assert b'"number":1' in answer.body.replace(b" ", b"")
    assert await queries.versions(FORM, "intake") == []
    assert await database.fetchval("select epoch from configuration_epoch") == 1
    assert await database.fetchval("select count(*) from security_event") == 0


async def test_the_operator_who_deploys_answers_alone(
    commands: ConfigurationCommands, queries: DefinitionQueries
) -> None:
    operator = Actor(id="system:deploy", name="部署")
    await commands.handle(replace(draft(b"intake 1"), actor=operator))
    await commands.handle(publish(actor=operator))
    assert [version.published_by for version in await queries.versions(FORM, "intake")] == [operator.id]


async def test_a_draft_that_changed_after_review_is_not_published(commands: ConfigurationCommands) -> None:
    await commands.handle(draft(b"intake 1"))
    await commands.handle(draft(b"intake 2"))
    with pytest.raises(Stale):
        await commands.handle(publish(draft_version=1))


async def test_what_the_check_refuses_is_not_published(
    commands: ConfigurationCommands, queries: DefinitionQueries
) -> None:
    await commands.handle(draft(b"broken"))
    with pytest.raises(Invalid):
        await commands.handle(publish())
    assert await queries.versions(FORM, "intake") == []


async def test_another_key_inside_the_file_is_refused(commands: ConfigurationCommands) -> None:
    await commands.handle(draft(b"other 1"))
    with pytest.raises(Invalid) as refused:
        await commands.handle(publish())
    assert refused.value.code == "definition_key_differs"


async def test_versions_are_numbered_and_an_old_one_can_come_back(
    commands: ConfigurationCommands, queries: DefinitionQueries
) -> None:
    for source in (b"intake 1", b"intake 2", b"intake 1"):
        await commands.handle(draft(source))
        await commands.handle(publish(note="改"))
    with pytest.raises(InvalidState):
        await commands.handle(publish())
    versions = await queries.versions(FORM, "intake")
    assert [version.number for version in versions] == [3, 2, 1]
    assert await queries.source(FORM, "intake", 2) == b"intake 2"


async def test_what_a_check_has_completed_is_what_is_published(database: Database, queries: DefinitionQueries) -> None:
    def complete(source: bytes) -> Checked:
        return replace(check(source), completed=source + b" with a picture")

    desk = DefinitionDesk(checks={FORM: alone(complete)}, four_eyes=True)
    completing = ConfigurationCommands(database, desk.handlers(), everyone)
    await completing.handle(draft(b"intake 1"))
    await completing.handle(publish())
    assert await queries.source(FORM, "intake", 1) == b"intake 1 with a picture"
    with pytest.raises(InvalidState):
        await completing.handle(publish())


async def test_a_retired_version_leaves_the_list_of_published_ones(
    commands: ConfigurationCommands, queries: DefinitionQueries
) -> None:
    for source in (b"intake 1", b"intake 2"):
        await commands.handle(draft(source))
        await commands.handle(publish())
    retire = RetireDefinition(actor=PUBLISHER, kind=FORM, key_name="intake", number=2)
    await commands.handle(retire)
    with pytest.raises(NotFound):
        await commands.handle(retire)
    assert [version.state for version in await queries.versions(FORM, "intake")] == [
        VersionState.RETIRED,
        VersionState.PUBLISHED,
    ]
    summaries = await queries.summaries(FORM)
    assert [(summary.key, summary.number, summary.draft_version) for summary in summaries] == [("intake", 1, 2)]
