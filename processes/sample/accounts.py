"""The sample city's people: one for each post, all with one well-known password. Never in production."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.actors import Actor
from engine.storage.database import Database
from processes.access import Passwords, SetPassword
from processes.organisation import AssignPosts, PostHeld, SaveAccount
from processes.sample.posts import SAMPLE_POSTS
from processes.sample.units import CENTRE, CLERK_UNIT

SAMPLE_PASSWORD: Final = "guiliu-demo"  # noqa: S105 - well known on purpose; production refuses to start with it
#: Posts of those who work for a responsible unit.
_OF_A_UNIT: Final = frozenset({"clerk", "head"})
SAMPLE_USERNAMES: Final = tuple(post.key for post in SAMPLE_POSTS)


def account_commands(actor: Actor) -> Iterator[SaveAccount | AssignPosts]:
    """Each account, named like its post, and the post in its unit."""
    for post in SAMPLE_POSTS:
        unit = CLERK_UNIT if post.key in _OF_A_UNIT else CENTRE
        yield SaveAccount(actor=actor, expected=0, username=post.key, name=f"{post.person}（样例）")
        yield AssignPosts(actor=actor, expected=0, username=post.key, posts=(PostHeld(post=post.key, unit=unit),))


def password_commands(actor: Actor, hash_: str) -> Iterator[SetPassword]:
    """The one password for each account."""
    for username in SAMPLE_USERNAMES:
        yield SetPassword(actor=actor, expected=0, username=username, hash=hash_)


_HASHES = """
select p.hash from account a join password p on p.account = a.id
where not a.is_disabled and a.username_key = any($1::text[])
"""


async def has_sample_accounts(database: Database, passwords: Passwords) -> bool:
    """Whether anyone could sign in with a sample username and the sample password."""
    rows = await database.fetch(_HASHES, list(SAMPLE_USERNAMES))
    for row in rows:
        if await passwords.fits(SAMPLE_PASSWORD, row["hash"]):
            return True
    return False
