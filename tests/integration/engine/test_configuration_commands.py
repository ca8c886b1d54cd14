"""Changing configuration: one version per object, one effect per key, one epoch for all."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Any

import pytest

from engine.actors import Actor
from engine.bus.configuration_commands import ConfigurationCommands
from engine.commands import IdempotencyKey
from engine.configuration import ConfigurationCommand
from engine.errors import Forbidden, Invalid, InvalidState, Stale
from engine.storage.database import Database
from engine.storage.unit_of_work import UnitOfWork

LEAD = Actor(id="user:1", name="组长", permissions=frozenset({"queue.change"}))
STRANGER = Actor(id="user:2", name="路人")


@dataclass(frozen=True, kw_only=True)
class SetQueue(ConfigurationCommand):
    groups: tuple[str, ...]


async def set_queue(command: SetQueue, uow: UnitOfWork) -> dict[str, Any]:
    if not command.groups:
        raise Invalid("groups_missing", "至少需要一个组", "Expected at least one group", pointer="/groups")
    await uow.execute(
        "insert into queue values ($1, $2) on conflict (key) do update set groups = excluded.groups",
        command.object,
        list(command.groups),
    )
    uow.record("queue_changed", {"groups": list(command.groups)}, actor=command.actor.id)
    return {"groups": list(command.groups)}


def guard(actor: Actor, command: ConfigurationCommand) -> None:
    if "queue.change" not in actor.permissions:
        raise Forbidden("permission_missing", "没有权限", "Expected the permission queue.change")


@pytest.fixture
def commands(database: Database) -> ConfigurationCommands:
    return ConfigurationCommands(database, {SetQueue: set_queue}, guard)


def change(actor: Actor = LEAD, key: str | None = None, **fields: Any) -> SetQueue:
    name = IdempotencyKey(actor=actor.id, key=key, fingerprint=b"1") if key else None
    return SetQueue(actor=actor, object="queue:a", key=name, **{"groups": ("a",), **fields})


async def test_a_change_raises_version_and_epoch_and_adds_a_security_line(
    commands: ConfigurationCommands, database: Database
) -> None:
    first = await commands.handle(change())
    second = await commands.handle(change(groups=("a", "b"), expected=1))
    assert (first.outcome, first.body) == ("created", b'{"groups":["a"],"version":1}')
    assert (second.outcome, second.body) == ("done", b'{"groups":["a","b"],"version":2}')
    assert await database.fetchval("select epoch from configuration_epoch") == 3
    assert await database.fetchval("select count(*) from security_event where type = 'queue_changed'") == 2


async def test_a_version_that_moved_on_is_stale_and_changes_nothing(
    commands: ConfigurationCommands, database: Database
) -> None:
    await commands.handle(change())
    with pytest.raises(Stale) as refused:
        await commands.handle(change(groups=("z",), expected=0))
    assert refused.value.details == {"current_version": 1}
    assert await database.fetchval("select groups from queue") == ["a"]
    assert await database.fetchval("select version from configuration") == 1


async def test_twenty_parallel_calls_with_one_key_have_one_effect(
    commands: ConfigurationCommands, database: Database
) -> None:
    answers = await asyncio.gather(*(commands.handle(change(key="k")) for _ in range(20)))
    assert {answer.body for answer in answers} == {b'{"groups":["a"],"version":1}'}
    assert await database.fetchval("select version from configuration") == 1
    assert await database.fetchval("select count(*) from security_event") == 1


async def test_a_refusal_is_replayed_to_the_letter(commands: ConfigurationCommands, database: Database) -> None:
    refusals = []
    for _ in range(2):
        with pytest.raises(Invalid) as refused:
            await commands.handle(change(key="k", groups=()))
        refusals.append(refused.value.as_json())
    assert refusals[0] == refusals[1]
    assert refusals[0]["pointer"] == "/groups"
    assert await database.fetchval("select count(*) from idempotency") == 1


async def test_a_key_used_for_another_request_is_refused(commands: ConfigurationCommands) -> None:
    await commands.handle(change(key="k"))
    other = replace(change(key="k"), key=IdempotencyKey(actor=LEAD.id, key="k", fingerprint=b"2"))
    with pytest.raises(InvalidState) as refused:
        await commands.handle(other)
    assert refused.value.code == "idempotency_key_reused"


async def test_a_missing_permission_leaves_a_line_in_the_security_chain_and_nothing_else(
    commands: ConfigurationCommands, database: Database
) -> None:
    with pytest.raises(Forbidden):
        await commands.handle(change(actor=STRANGER))
    rows = await database.fetch("select actor, type, payload from security_event")
    payload = '{"code":"permission_missing","command":"SetQueue","object":"queue:a"}'
    assert [tuple(row) for row in rows] == [("user:2", "refused", payload)]
    assert await database.fetchval("select count(*) from configuration") == 0
