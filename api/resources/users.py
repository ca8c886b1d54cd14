"""Users: accounts, the posts that they hold, and their passwords, which are written and never shown."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.commands import carry_out
from api.lists import List, Paging, Word, next_cursor, position
from api.pages import matches, page_of
from api.parameters import etag, not_found
from api.register_routes import with_etag
from api.routes import Call, Match, Nothing, Reply, Resource, Route
from api.shapes import shown
from processes.access import Permission, Register, SetPassword
from processes.organisation import AccountEntry, AssignPosts, PostHeld, SaveAccount, username_key

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
#: Longer ones are refused before any hashing.
Password = Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]


class HeldShown(msgspec.Struct, frozen=True, kw_only=True):
    """A post that is held at this moment."""

    post: str
    #: Code of the unit; ``null`` where it is held for the city as a whole.
    unit: str | None


class UserShown(msgspec.Struct, frozen=True, kw_only=True):
    """An account."""

    id: int
    username: str
    name: str
    is_disabled: bool
    posts: list[HeldShown]


class UserDetail(UserShown, frozen=True, kw_only=True):
    """An account with the versions of what can be changed."""

    #: ``ETag``.
    version: int
    #: ``ETag`` of the posts.
    posts_version: int


class UserList(List, frozen=True, kw_only=True):
    """Accounts, by username."""

    items: list[UserShown]
    count: int


class UserFilter(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which accounts."""

    #: Code of a unit in which a post is held.
    unit: Word | None = None
    group: Word | None = None
    is_disabled: bool | None = None
    #: In the username or the name.
    text: Word | None = None


class UserBegun(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new account; nobody can sign in with it before it has a password."""

    username: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    name: Name


class UserBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an account is to be; disabling it ends its sessions."""

    name: Name
    is_disabled: bool = False


class UserSaved(msgspec.Struct, frozen=True, kw_only=True):
    """The account as it is kept now."""

    id: int
    version: int


class PostBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A post to hold."""

    post: Annotated[str, msgspec.Meta(min_length=1, max_length=32)]
    unit: Annotated[str, msgspec.Meta(min_length=1, max_length=32)] | None = None
    #: Held from the first moment, up to but not including the second.
    valid_from: Moment | None = None
    valid_until: Moment | None = None


class PostsBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The posts to hold; those not named end."""

    posts: Annotated[list[PostBody], msgspec.Meta(max_length=50)]


class PasswordBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new password; all sessions of the account end."""

    password: Password


async def list_users(call: Call[UserFilter, None]) -> Reply:
    """Answer accounts."""
    register, wanted = call.platform.people.register, call.query
    accounts = (each for each in register.organisation.accounts.values() if _is_wanted(each, register, wanted))
    page = await page_of(accounts, lambda each: username_key(each.username), position(call), wanted.limit)
    items = [shown(each, UserShown, posts=_posts(each.id, register)) for each in page.items]
    return answered(UserList(items=items, next=next_cursor(call, page), count=page.count))


async def get_user(call: Call[Nothing, None]) -> Reply:
    """Answer an account."""
    key = username_key(_account(call).username)
    version, posts_version = await call.platform.versions.versions([f"account:{key}", f"posts:{key}"])
    posts = _posts(call.path["user"], call.platform.people.register)
    detail = shown(_account(call), UserDetail, posts=posts, version=version, posts_version=posts_version)
    return answered(detail, headers={"etag": etag(version)})


async def make_user(call: Call[Nothing, UserBegun]) -> Reply:
    """Make an account."""
    command = SaveAccount(
        actor=call.signed_in.actor, key=call.key, expected=0, username=call.body.username, name=call.body.name
    )
    return with_etag(await carry_out(call, command))


async def put_user(call: Call[Nothing, UserBody]) -> Reply:
    """Change an account."""
    command = SaveAccount(
        actor=call.signed_in.actor,
        expected=call.expected,
        username=_account(call).username,
        name=call.body.name,
        is_disabled=call.body.is_disabled,
    )
    return with_etag(await carry_out(call, command))


async def put_user_posts(call: Call[Nothing, PostsBody]) -> Reply:
    """Say which posts an account holds."""
    posts = tuple(
        PostHeld(post=each.post, unit=each.unit, valid_from=each.valid_from, valid_until=each.valid_until)
        for each in call.body.posts
    )
    command = AssignPosts(
        actor=call.signed_in.actor, expected=call.expected, username=_account(call).username, posts=posts
    )
    return with_etag(await carry_out(call, command))


async def put_user_password(call: Call[Nothing, PasswordBody]) -> Reply:
    """Set the password of an account."""
    account = _account(call)
    hash_ = await call.platform.passwords.hash(call.body.password)
    await carry_out(call, SetPassword(actor=call.signed_in.actor, username=account.username, hash=hash_))
    return Reply(status=204)


def _account(call: Call[Nothing, Any]) -> AccountEntry:
    account = call.platform.people.register.organisation.accounts.get(call.path["user"])
    if account is None:
        raise not_found()
    return account


def _posts(account: int, register: Register) -> list[HeldShown]:
    holdings = register.organisation.holdings.get(account, ())
    return [HeldShown(post=each.post, unit=each.unit) for each in holdings]


def _is_wanted(account: AccountEntry, register: Register, wanted: UserFilter) -> bool:
    holdings = register.organisation.holdings.get(account.id, ())
    return (
        wanted.is_disabled in (None, account.is_disabled)
        and (wanted.unit is None or any(each.unit == wanted.unit for each in holdings))
        and (wanted.group is None or any(each.post == wanted.group for each in holdings))
        and matches(wanted.text, account.username, account.name)
    )


RESOURCE = Resource(
    name="users",
    title_zh="人员账号",
    title_en="Users",
    routes=(
        Route(
            method="GET",
            path="/users",
            handler=list_users,
            summary_zh="账号列表",
            summary_en="Users",
            query=UserFilter,
            answer=UserList,
            permission=Permission.ORGANISATION_READ,
        ),
        Route(
            method="POST",
            path="/users",
            handler=make_user,
            summary_zh="新建账号",
            summary_en="Make a user",
            body=UserBegun,
            answer=UserSaved,
            status=201,
            keyed=True,
            refusals=("stale",),
        ),
        Route(
            method="GET",
            path="/users/{user}",
            handler=get_user,
            summary_zh="账号",
            summary_en="A user",
            answer=UserDetail,
            permission=Permission.ORGANISATION_READ,
        ),
        Route(
            method="PUT",
            path="/users/{user}",
            handler=put_user,
            summary_zh="修改或停用账号",
            summary_en="Change or disable a user",
            body=UserBody,
            answer=UserSaved,
            match=Match.REQUIRED,
            permission=Permission.ORGANISATION_MANAGE,
        ),
        Route(
            method="PUT",
            path="/users/{user}/posts",
            handler=put_user_posts,
            summary_zh="设定账号的岗位",
            summary_en="Say which posts a user holds",
            body=PostsBody,
            answer=UserSaved,
            also_status=201,
            match=Match.REQUIRED,
            permission=Permission.ACCESS_MANAGE,
        ),
        Route(
            method="PUT",
            path="/users/{user}/password",
            handler=put_user_password,
            summary_zh="重设密码",
            summary_en="Set a user's password",
            body=PasswordBody,
            status=204,
            permission=Permission.ACCESS_MANAGE,
        ),
    ),
)
