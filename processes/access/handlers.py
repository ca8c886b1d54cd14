"""Carries out changes of access within the unit of work, and writes them down in the security chain."""

from __future__ import annotations

from typing import Any

from engine.configuration import ConfigurationHandlers
from engine.errors import Forbidden, Invalid, Stale
from engine.storage.unit_of_work import UnitOfWork
from processes.access.commands import ChangeOwnPassword, GrantPermissions, SetPassword
from processes.access.sessions import end_sessions
from processes.organisation import account_named

_REVOKE = "delete from post_permission where post = $1 and permission <> all($2::text[])"
_GRANT = """
insert into post_permission (post, permission) select $1, unnest($2::text[]) on conflict do nothing
"""
_REPLACE_HASH = """
insert into password (account, hash) values ($1, $2)
on conflict (account) do update set hash = excluded.hash, changed_at = clock_timestamp()
"""


_REPLACE_JUDGED = """
update password set hash = $3, changed_at = clock_timestamp() where account = $1 and hash = $2
"""


async def grant_permissions(command: GrantPermissions, uow: UnitOfWork) -> dict[str, Any]:
    """Replace the permissions of a post. Raises ``Invalid`` when there is no such post."""
    if not await uow.fetchval("select true from post where key = $1", command.post):
        raise Invalid(
            "post_unknown",
            f"没有编码为 {command.post} 的岗位",
            f"There is no post named {command.post}",
            pointer="/post",
        )
    names = sorted(permission.value for permission in command.permissions)
    await uow.execute(_REVOKE, command.post, names)
    await uow.execute(_GRANT, command.post, names)
    uow.record("permissions_granted", {"post": command.post, "permissions": names}, actor=command.actor.id)
    return {"post": command.post, "permissions": names}


async def set_password(command: SetPassword, uow: UnitOfWork) -> dict[str, Any]:
    """Set the password and end the account's sessions. Raises ``NotFound``."""
    account = await account_named(command.username)
    await uow.execute(_REPLACE_HASH, account.id, command.hash)
    await end_sessions(account.id, uow)
    uow.record("password_set", {"account": account.id}, actor=command.actor.id)
    return {"id": account.id}


async def change_own_password(command: ChangeOwnPassword, uow: UnitOfWork) -> dict[str, Any]:
    """Set one's own password and end the account's sessions. Raises ``Forbidden``, ``Stale``."""
    account = await account_named(command.username)
    if command.actor.id != f"user:{account.id}":
        raise Forbidden("account_of_another", "只能修改自己的密码", "Only one's own password can be changed so")
    if await uow.execute(_REPLACE_JUDGED, account.id, command.judged, command.hash) == "UPDATE 0":
        raise Stale("stale_version", "密码已被修改，请重新登录", "The password was changed meanwhile; sign in again")
    await end_sessions(account.id, uow)
    uow.record("own_password_changed", {"account": account.id}, actor=command.actor.id)
    return {"id": account.id}


ACCESS_HANDLERS: ConfigurationHandlers = {
    GrantPermissions: grant_permissions,
    SetPassword: set_password,
    ChangeOwnPassword: change_own_password,
}
