"""Examples beside a decision: each version keeps those that it was published with."""

from __future__ import annotations

from typing import Any

from engine.actors import Actor
from engine.bus.configuration_commands import ConfigurationCommands
from engine.configuration import ConfigurationCommand
from engine.definitions import (
    Checked,
    DecisionExample,
    DefinitionDesk,
    DefinitionKind,
    DefinitionQueries,
    PublishDefinition,
    SaveDecisionExamples,
    SaveDefinitionDraft,
    alone,
)
from engine.storage.database import Database

EDITOR = Actor(id="user:1", name="设计员")
NAMED: Any = {"kind": DefinitionKind.DECISION, "key_name": "fine"}


def check(source: bytes) -> Checked:
    return Checked(key="fine", name="罚款")


def everyone(actor: Actor, command: ConfigurationCommand) -> None:
    """Whoever it is may."""


def keep(outputs: int) -> SaveDecisionExamples:
    example = DecisionExample(name="一例", decision="", inputs={"size": 3}, outputs=outputs)
    return SaveDecisionExamples(actor=EDITOR, key_name="fine", items=(example,))


async def test_a_version_keeps_its_examples_and_brings_them_back(database: Database) -> None:
    desk = DefinitionDesk(checks={DefinitionKind.DECISION: alone(check)}, four_eyes=False)
    commands = ConfigurationCommands(database, desk.handlers(), everyone)
    for number, source in enumerate((b"<one/>", b"<two/>"), 1):
        await commands.handle(SaveDefinitionDraft(actor=EDITOR, source=source, **NAMED))
        await commands.handle(keep(number))
        await commands.handle(PublishDefinition(actor=EDITOR, **NAMED))
    await commands.handle(PublishDefinition(actor=EDITOR, number=1, **NAMED))
    queries = DefinitionQueries(database)
    kept = [[each.outputs for each in await queries.published_examples("fine", number)] for number in (1, 2, 3, 4)]
    assert kept == [[1], [2], [1], []]
