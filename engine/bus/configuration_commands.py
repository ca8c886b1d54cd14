"""Handling configuration commands: one transaction each, one version per named object."""

from __future__ import annotations

from engine.bus.repetition import repeated
from engine.commands import IdempotencyKey
from engine.configuration import ConfigurationCommand, ConfigurationGuard, ConfigurationHandlers
from engine.errors import Forbidden, Refusal, Stale, Unavailable
from engine.idempotency import answer_of, replayed
from engine.jsontext import json_text
from engine.storage.database import Database
from engine.storage.unit_of_work import UnitOfWork
from engine.store import Answer

_NEXT_VERSION = """
insert into configuration as c (name, version, changed_by, changed_at) values ($1, 1, $2, clock_timestamp())
on conflict (name) do update
set version = c.version + 1, changed_by = excluded.changed_by, changed_at = excluded.changed_at
returning version
"""
_ANSWERED = "select outcome, body, fingerprint from idempotency where actor = $1 and key = $2"
_TAKE_KEY = "select take_key($1, $2, $3, $4, $5, null)"


class _ThrownAway(Exception):
    """Ends a unit of work whose answer was all that was wanted."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


class ConfigurationCommands:
    """The part of the bus that changes configuration."""

    def __init__(self, database: Database, handlers: ConfigurationHandlers, guard: ConfigurationGuard) -> None:
        self._database = database
        self._handlers = handlers
        self._guard = guard

    async def handle(self, command: ConfigurationCommand) -> Answer:
        """The answer, whose body carries the object's new ``version``; a refusal is stored under the key and raised."""
        return await repeated(lambda: self._attempt(command))

    async def has_answered(self, key: IdempotencyKey | None) -> bool:
        """Whether a command with the key got its answer, which it gets again. Raises ``Unavailable``."""
        return key is not None and await self._kept(key) is not None

    async def rehearse(self, command: ConfigurationCommand) -> Answer:
        """What it would be answered, after everything that it did is undone. Raises what it would be refused with."""
        return await repeated(lambda: self._undone(command))

    async def _undone(self, command: ConfigurationCommand) -> Answer:
        try:
            async with self._database.unit_of_work() as uow:
                raise _ThrownAway(await self._change(command, uow))
        except _ThrownAway as thrown:
            return thrown.answer

    async def _attempt(self, command: ConfigurationCommand) -> Answer:
        if command.key is not None and (answered := await self._kept(command.key)) is not None:
            return replayed(answered, command)
        try:
            async with self._database.unit_of_work() as uow:
                return await self._change(command, uow)
        except Unavailable:
            raise
        except Refusal as refusal:
            await self._keep(refusal, command)
            raise

    async def _change(self, command: ConfigurationCommand, uow: UnitOfWork) -> Answer:
        self._guard(command.actor, command)
        version = await uow.fetchval(_NEXT_VERSION, command.object, command.actor.id)
        if command.expected is not None and command.expected != version - 1:
            raise _stale(command.object, command.expected, version - 1)
        body = await self._handlers[type(command)](command, uow)
        answer = Answer(outcome="created" if version == 1 else "done", body=json_text({**body, "version": version}))
        await _take_key(command, answer, uow)
        if command.takes_effect:
            uow.move_epoch()
        return answer

    async def _kept(self, key: IdempotencyKey) -> Answer | None:
        row = await self._database.fetchrow(_ANSWERED, key.actor, key.key)
        if row is None:
            return None
        return Answer(outcome=row["outcome"], body=row["body"].encode(), fingerprint=row["fingerprint"])

    async def _keep(self, refusal: Refusal, command: ConfigurationCommand) -> None:
        async with self._database.unit_of_work() as uow:
            if command.key is not None:
                await _take_key(command, answer_of(refusal, command.key.fingerprint), uow)
            if isinstance(refusal, Forbidden):
                uow.record("refused", refusal_line(command, refusal), actor=command.actor.id)


def refusal_line(command: ConfigurationCommand, refusal: Refusal) -> dict[str, str]:
    """What the security chain keeps of a command that lacked permission."""
    return {"command": type(command).__name__, "object": command.object, "code": refusal.code}


async def _take_key(command: ConfigurationCommand, answer: Answer, uow: UnitOfWork) -> None:
    if command.key is not None:
        key = command.key
        await uow.execute(_TAKE_KEY, key.actor, key.key, key.fingerprint, answer.outcome, answer.body.decode())


def _stale(name: str, expected: int, current: int) -> Stale:
    return Stale(
        "stale_version",
        f"该配置已被他人修改（您看到的是第 {expected} 版，现为第 {current} 版），请重新载入",
        f"Expected {name} at version {expected}, but it is at version {current}; load it again",
        details={"current_version": current},
    )
