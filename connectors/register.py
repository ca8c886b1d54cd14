"""The outside systems of a city: saved as configuration, found by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import asyncpg

from connectors.targets import NAME, Target, read_target
from engine.configuration import ConfigurationCommand, ConfigurationHandlers
from engine.errors import Invalid
from engine.jsontext import json_text, json_value
from engine.snapshot import Snapshot
from engine.storage.unit_of_work import UnitOfWork

_SAVE = """
insert into connector_target (name, content) values ($1, $2::jsonb)
on conflict (name) do update set content = excluded.content
"""
_CLOSE_CIRCUIT = "delete from target_circuit where target = $1"


@dataclass(frozen=True, kw_only=True)
class SaveTarget(ConfigurationCommand):
    """Make an outside system, or change it."""

    object: str = field(init=False)
    name: str
    #: JSON values, as ``Target`` says.
    content: Mapping[str, Any]

    def __post_init__(self) -> None:
        object.__setattr__(self, "object", f"target:{self.name}")


async def save_target(command: SaveTarget, uow: UnitOfWork) -> dict[str, Any]:
    """Make or change a target. Raises ``Invalid`` naming the place."""
    if not NAME.fullmatch(command.name):
        raise Invalid("target_invalid", "名称应为小写字母、数字和 . _ -", "Expected a name of a-z, 0-9 and . _ -")
    read_target(command.content)
    content = json_text(command.content).decode()
    await uow.execute(_SAVE, command.name, content)
    # Whoever changed something wants it to be tried at once.
    await uow.execute(_CLOSE_CIRCUIT, command.name)
    uow.record("target_saved", {"name": command.name, "content": content}, actor=command.actor.id)
    return {"name": command.name}


TARGET_HANDLERS: ConfigurationHandlers = {SaveTarget: save_target}


class TargetRegister:
    """The targets in memory under the configuration epoch; a part of the snapshot."""

    def __init__(self) -> None:
        self.all: Mapping[str, Target] = {}

    async def read(self, connection: asyncpg.Connection) -> Mapping[str, Target]:
        """What the table says now."""
        rows = await connection.fetch("select name, content from connector_target order by name")
        return {row["name"]: read_target(json_value(row["content"])) for row in rows}

    def replace(self, content: Mapping[str, Target]) -> None:
        """Use what was read from now on."""
        self.all = content


@dataclass(frozen=True)
class CurrentTargets:
    """Targets for whoever is about to ask one: what was saved a moment ago is known."""

    register: TargetRegister
    snapshot: Snapshot

    async def find(self, name: str) -> Target | None:
        """The target as it is configured now. Raises ``Unavailable``."""
        await self.snapshot.refresh()
        return self.register.all.get(name)
