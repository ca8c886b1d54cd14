"""One row of a register changed by hand: judged, compared, and published like every other version.

    the rows in force → change, pure → what differs → candidate → PublishVersion

Nothing is kept before the command: a change may be looked at as often as one likes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from engine.actors import Actor
from engine.errors import Invalid, InvalidState, NotFound, Stale
from processes.calendars import CalendarError
from processes.catalogue import Action, CatalogueError, Difference
from processes.contents import ChangeCount, Lines, RegisterName, condition_mark, conditions_of, digest_of_lines
from processes.registers.archive import RegisterArchive, Staging
from processes.registers.commands import PublishVersion, publishing
from processes.registers.differences import register_differences
from processes.responsibility import ResponsibilityError
from processes.territory import TerritoryError

#: What is to be changed itself.
_NOT_THERE = frozenset({"unknown_key", "unknown_grid"})
#: From the rows in force to those that are wanted; raises the errors of the city for what does not fit.
Change = Callable[[Lines], Lines]


@dataclass(frozen=True, kw_only=True)
class Edited:
    """What a change makes of a register."""

    register: str
    #: Number of the version that was changed; 0 before the first.
    based_on: int
    lines: Lines
    digest: bytes
    changes: ChangeCount
    differences: tuple[Difference, ...]


class Editing:
    """Works out what changes by hand do, and makes the commands that publish them."""

    def __init__(self, archive: RegisterArchive) -> None:
        self._archive = archive

    async def edited(self, register: str, change: Change, *, expected: int) -> Edited:
        """What the change does to the version that was seen.

        Raises ``Stale`` when another is in force, ``NotFound`` for a row that is not there, ``Invalid`` for what does
        not fit, ``InvalidState`` when nothing differs or no row is left, ``Unavailable``.
        """
        head = (await self._archive.heads()).get(register)
        number = head.number if head else 0
        if number != expected:
            raise _stale(register, expected, number)
        before = await self._archive.lines(head.digest) if head else ()
        # Long lists take long enough for others to notice.
        return await asyncio.to_thread(_edited, register, number, before, change)

    async def numbers_given(self, subcategory: str) -> frozenset[int]:
        """The numbers of conditions that any version of the catalogue gave under a sub-category."""
        lines = await self._archive.lines_ever(RegisterName.CATALOGUE, condition_mark(subcategory))
        return frozenset(condition.number for condition in conditions_of(lines))

    async def command(self, edited: Edited, *, actor: Actor, note: str = "") -> PublishVersion:
        """The command that publishes it, its content staged. Raises ``Unavailable``."""
        staging = Staging(
            register=edited.register,
            lines=edited.lines,
            based_on=edited.based_on,
            rows_refused=0,
            report="{}",
            by=actor.id,
        )
        candidate = await self._archive.stage(staging)
        return publishing(edited.register)(
            actor=actor, expected=edited.based_on, register=edited.register, candidate=candidate, note=note
        )


def _edited(register: str, number: int, before: Lines, change: Change) -> Edited:
    after = _changed(before, change)
    if after == before:
        raise InvalidState("register_unchanged", "内容与当前版本相同", "The content is that of the version in force")
    if not after and not publishing(register).may_be_empty:
        raise InvalidState("last_row", "至少须保留一行", "The last row of a register stays")
    differences = register_differences(register, before, after)
    return Edited(
        register=register,
        based_on=number,
        lines=after,
        digest=digest_of_lines(after),
        changes=_counted(differences),
        differences=differences,
    )


def _counted(differences: tuple[Difference, ...]) -> ChangeCount:
    actions = [each.action for each in differences]
    return ChangeCount(
        added=actions.count(Action.ADDED), removed=actions.count(Action.REMOVED), changed=actions.count(Action.CHANGED)
    )


def _changed(before: Lines, change: Change) -> Lines:
    try:
        return change(before)
    except (CalendarError, CatalogueError, ResponsibilityError, TerritoryError) as error:
        if error.code in _NOT_THERE:
            raise NotFound("not_found", error.message_zh, error.message_en) from error
        raise Invalid(error.code, error.message_zh, error.message_en, pointer=error.pointer or None) from error


def _stale(register: str, expected: int, current: int) -> Stale:
    return Stale(
        "stale_version",
        f"该登记册已被他人修改（您看到的是第 {expected} 版，现为第 {current} 版），请重新载入",
        f"Expected {register} at version {expected}, but it is at version {current}; load it again",
        details={"current_version": current},
    )
