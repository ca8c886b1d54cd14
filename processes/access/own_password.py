"""Changing one's own password: whoever does so proves to know the one that it replaces."""

from __future__ import annotations

from engine.actors import Actor
from engine.bus.repetition import repeated
from engine.errors import Invalid
from engine.storage import Database
from processes.access.attempts import Subjects, count_attempt, subjects_of, take_back
from processes.access.commands import ChangeOwnPassword
from processes.access.passwords import Passwords

_HASH = "select p.hash from account a join password p on p.account = a.id where a.id = $1"


class OwnPassword:
    """Makes the command that changes one's own password."""

    def __init__(self, database: Database, passwords: Passwords) -> None:
        self._database = database
        self._passwords = passwords

    async def command(self, actor: Actor, account: int, *, current: str, new: str, address: str) -> ChangeOwnPassword:
        """The command, without any password in it.

        Raises ``Invalid`` for a wrong current one or an unfit new one, and ``TooMany`` while one has to wait after
        guesses: a session left open is no licence to try.
        """
        username = await self._database.fetchval("select username from account where id = $1", account)
        subjects = subjects_of(username, address)
        await repeated(lambda: self._count(subjects))
        judged = await self._database.fetchval(_HASH, account)
        if not await self._passwords.fits(current, judged):
            await self._write_down_failure(actor, account)
            raise Invalid("password_wrong", "当前密码不正确", "The current password is wrong", pointer="/current")
        await repeated(lambda: self._take_back(subjects))
        hash_ = await self._passwords.hash(new)
        return ChangeOwnPassword(actor=actor, username=username, judged=judged, hash=hash_)

    async def _count(self, subjects: Subjects) -> None:
        async with self._database.unit_of_work() as uow:
            await count_attempt(subjects, uow)

    async def _take_back(self, subjects: Subjects) -> None:
        async with self._database.unit_of_work() as uow:
            await take_back(subjects, uow)

    async def _write_down_failure(self, actor: Actor, account: int) -> None:
        async with self._database.unit_of_work() as uow:
            uow.record("password_change_failed", {"account": account}, actor=actor.id)
