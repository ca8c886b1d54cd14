"""An account made at the command line: how the first person of a city that has nobody gets in."""

from __future__ import annotations

from engine.actors import Actor
from guiliu.platform import Platform
from processes.access import GrantPermissions, Permission, SetPassword
from processes.organisation import AssignPosts, PostHeld, SaveAccount, SavePost

#: Whoever has the keys of the machine; the security chain shows the name.
OPERATOR = Actor(id="system:command-line", name="命令行", audience=None)
POST = "admin"
#: Enough to build everything else over HTTP: people, posts and what posts may do.
_PERMISSIONS = frozenset(
    {
        Permission.ACCESS_MANAGE,
        Permission.ORGANISATION_MANAGE,
        Permission.ORGANISATION_READ,
        Permission.AUDIT_READ,
    }
)
_HAS_POST = "select exists (select from post where key = $1)"


async def create_account(platform: Platform, username: str, name: str, password: str) -> bool:
    """A new account that administrates; whether its post had to be made, too.

    Raises ``Stale`` when there is such an account, ``Invalid`` for an unfit name or password: then nobody is let in.
    """
    hash_ = await platform.passwords.hash(password)
    handle = platform.bus.handle
    await handle(SaveAccount(actor=OPERATOR, expected=0, username=username, name=name))
    is_first = not await platform.database.fetchval(_HAS_POST, POST)
    if is_first:
        await handle(SavePost(actor=OPERATOR, post=POST, name_zh="系统管理员", name_en="Administrator"))
        await handle(GrantPermissions(actor=OPERATOR, post=POST, permissions=_PERMISSIONS))
    await handle(AssignPosts(actor=OPERATOR, username=username, posts=(PostHeld(post=POST),)))
    await handle(SetPassword(actor=OPERATOR, username=username, hash=hash_))
    return is_first
