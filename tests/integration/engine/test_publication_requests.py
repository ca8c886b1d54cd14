"""Another person is asked for a draft: it is published by them or refused with a reason, and the first is told."""

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
    PublicationRequest,
    PublicationRequests,
    PublishDefinition,
    RefusePublication,
    RequestPublication,
    SaveDefinitionDraft,
    WithdrawPublicationRequest,
    alone,
)
from engine.errors import Forbidden, Invalid, InvalidState, NotFound, Stale
from engine.storage.database import Database

EDITOR = Actor(id="user:1", name="设计员")
APPROVER = Actor(id="user:2", name="发布员")
NAMED: Any = {"kind": DefinitionKind.FORM, "key_name": "intake"}


def check(source: bytes) -> Checked:
    if source.startswith(b"broken"):
        raise Invalid("form_broken", "表单有误", "Expected a form", line=1)
    return Checked(key=source.decode().split()[0], name="登记表")


def everyone(actor: Actor, command: ConfigurationCommand) -> None:
    """Whoever it is may."""


@pytest.fixture
async def commands(database: Database) -> ConfigurationCommands:
    desk = DefinitionDesk(checks={DefinitionKind.FORM: alone(check)}, four_eyes=True)
    commands = ConfigurationCommands(database, desk.handlers(), everyone)
    await commands.handle(drafted(b"intake 1"))
    return commands


def drafted(source: bytes) -> SaveDefinitionDraft:
    return SaveDefinitionDraft(actor=EDITOR, source=source, **NAMED)


def asking(version: int = 1) -> RequestPublication:
    return RequestPublication(actor=EDITOR, draft_version=version, note="多问一句", **NAMED)


def refusing(version: int = 1) -> RefusePublication:
    return RefusePublication(actor=APPROVER, draft_version=version, reason="标题不清", **NAMED)


def withdrawing(actor: Actor = EDITOR) -> WithdrawPublicationRequest:
    return WithdrawPublicationRequest(actor=actor, **NAMED)


async def asked(database: Database) -> PublicationRequest:
    [only] = await PublicationRequests(database).all()
    return only


async def test_what_was_asked_for_is_approved_by_publishing_it(
    commands: ConfigurationCommands, database: Database
) -> None:
    await commands.handle(asking())
    waiting = await asked(database)
    assert (waiting.state, waiting.asked_by, waiting.note, waiting.is_outdated) == (
        "waiting",
        "user:1",
        "多问一句",
        False,
    )
    await commands.handle(PublishDefinition(actor=APPROVER, draft_version=1, **NAMED))
    approved = await asked(database)
    assert (approved.state, approved.decided_by, approved.name) == ("approved", "user:2", "登记表")
    line = await database.fetchval("select payload from security_event where type = 'definition_published'")
    assert '"asked_by":"user:1"' in line.replace(" ", "")


async def test_what_is_refused_says_why_and_may_be_asked_again(
    commands: ConfigurationCommands, database: Database
) -> None:
    await commands.handle(asking())
    await commands.handle(refusing())
    refused = await asked(database)
    assert (refused.state, refused.decided_by, refused.reason) == ("refused", "user:2", "标题不清")
    with pytest.raises(InvalidState):
        await commands.handle(refusing())
    await commands.handle(drafted(b"intake 2"))
    await commands.handle(asking(2))
    again = await asked(database)
    assert (again.state, again.draft_version, again.reason, again.decided_at) == ("waiting", 2, "", None)


async def test_a_draft_that_is_changed_waits_for_nothing(commands: ConfigurationCommands, database: Database) -> None:
    await commands.handle(asking())
    await commands.handle(drafted(b"intake 2"))
    assert (await asked(database)).is_outdated
    with pytest.raises(Stale):
        await commands.handle(asking(1))
    await commands.handle(PublishDefinition(actor=APPROVER, **NAMED))
    assert (await asked(database)).state == "waiting"


async def test_only_who_asked_takes_it_back(commands: ConfigurationCommands, database: Database) -> None:
    with pytest.raises(NotFound):
        await commands.handle(withdrawing())
    with pytest.raises(NotFound):
        await commands.handle(refusing())
    await commands.handle(asking())
    with pytest.raises(Forbidden):
        await commands.handle(withdrawing(APPROVER))
    await commands.handle(withdrawing())
    assert await PublicationRequests(database).all() == []


async def test_nobody_is_asked_for_what_may_not_be_published(
    commands: ConfigurationCommands, database: Database
) -> None:
    await commands.handle(drafted(b"broken"))
    with pytest.raises(Invalid):
        await commands.handle(asking(2))
    assert await PublicationRequests(database).all() == []
