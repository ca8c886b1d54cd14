"""Publishing a version: a few rows, whatever the size of what was staged."""

from __future__ import annotations

from typing import Any

from asyncpg import Record

from engine.configuration import ConfigurationHandlers
from engine.errors import Invalid, InvalidState, NotFound, Stale
from engine.storage import UnitOfWork
from processes.registers.commands import (
    PublishCalendar,
    PublishCatalogue,
    PublishDeadlineSettings,
    PublishList,
    PublishTerritory,
    PublishVersion,
    register_object,
)

_CANDIDATE = """
select c.digest, c.based_on, c.rows_refused, t.line_count,
       (select v.digest from register_version v where v.register = c.register order by v.number desc limit 1) as latest
from register_candidate c join register_content t on t.digest = c.digest
where c.id = $1 and c.register = $2
"""
# The version of the configuration object has moved already: a register has no other numbers than its object.
_PUBLISH = """
insert into register_version (register, number, digest, note, published_by, published_at)
select $1, version, $3, $4, $5, clock_timestamp() from configuration where name = $2 returning number
"""
_SPENT = "delete from register_candidate where register = $1 and based_on = $2 and digest = $3"


async def publish_version(command: PublishVersion, uow: UnitOfWork) -> dict[str, Any]:
    """Make the candidate the version in force.

    Raises ``NotFound``; ``Invalid`` for refusals not seen or nothing taken; ``Stale`` when another version was
    published since the comparison; ``InvalidState`` for a content that is in force already.
    """
    candidate = await uow.fetchrow(_CANDIDATE, command.candidate, command.register)
    if candidate is None:
        raise NotFound("import_not_found", "没有这个待应用的导入，或已过期", "There is no such import, or it expired")
    _check(candidate, command)
    register, digest = command.register, candidate["digest"]
    number = await uow.fetchval(_PUBLISH, register, register_object(register), digest, command.note, command.actor.id)
    if candidate["based_on"] != number - 1:
        raise _stale(candidate["based_on"], number - 1)
    await uow.execute(_SPENT, register, candidate["based_on"], digest)
    line = {"register": register, "number": number, "digest": digest.hex(), "rows": candidate["line_count"]}
    uow.record("register_published", line, actor=command.actor.id)
    return line


def _check(candidate: Record, command: PublishVersion) -> None:
    if candidate["rows_refused"] != command.refusals_seen:
        count = candidate["rows_refused"]
        raise Invalid(
            "refusals_not_seen",
            f"报告中有 {count} 行被拒绝，请先查看再确认",
            f"The report has {count} refused rows; see them before applying",
            pointer="/refusals_seen",
        )
    if not candidate["line_count"] and (candidate["rows_refused"] or not command.may_be_empty):
        raise Invalid("nothing_taken", "没有可导入的行", "No row of the file was taken")
    if candidate["digest"] == candidate["latest"]:
        raise InvalidState("register_unchanged", "内容与当前版本相同", "The content is that of the version in force")


def _stale(based_on: int, current: int) -> Stale:
    return Stale(
        "stale_version",
        f"此导入基于第 {based_on} 版，现已是第 {current} 版，请重新导入",
        f"This import was compared with version {based_on}, but version {current} is in force; import again",
        details={"current_version": current},
    )


REGISTER_HANDLERS: ConfigurationHandlers = {
    PublishCatalogue: publish_version,
    PublishCalendar: publish_version,
    PublishDeadlineSettings: publish_version,
    PublishList: publish_version,
    PublishTerritory: publish_version,
}
