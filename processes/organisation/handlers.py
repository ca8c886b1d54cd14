"""Carries out changes of the organisation within the unit of work, and writes them down in the security chain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from tortoise.models import Model

from engine.configuration import ConfigurationHandlers
from engine.errors import Invalid, NotFound
from engine.storage.unit_of_work import UnitOfWork
from processes.organisation.commands import AssignPosts, PostHeld, SaveAccount, SavePost, SaveUnit
from processes.organisation.models import Account, Membership, Post, Unit
from processes.organisation.names import check_name, check_username, username_key

_UNIT_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")
_POST_KEY = re.compile(r"[a-z][a-z0-9-]{0,31}")


async def save_unit(command: SaveUnit, uow: UnitOfWork) -> dict[str, Any]:
    """Make or change a unit. Raises ``Invalid`` for an unfit code or a parent that is missing or below it."""
    if not _UNIT_CODE.fullmatch(command.code):
        raise _unfit(
            "/code",
            "字母、数字、下划线、连字符，且不以符号开头",
            "letters, digits, underscores and hyphens, beginning with a letter or digit",
        )
    check_name(command.name, "/name")
    await _check_parent(command)
    content = {
        "name": command.name,
        "name_en": command.name_en,
        "kind": command.kind.value,
        "parent": command.parent,
        "is_valid": command.is_valid,
    }
    await Unit.update_or_create(code=command.code, defaults=content)
    uow.record("unit_saved", {"code": command.code, **content}, actor=command.actor.id)
    return {"code": command.code}


async def _check_parent(command: SaveUnit) -> None:
    above = command.parent
    while above is not None:
        parent = await Unit.get_or_none(code=above)
        if parent is None:
            raise _missing("unit", above, "/parent")
        if above == command.code:
            raise Invalid(
                "unit_below_itself",
                "上级单位不能是自己或自己的下级",
                "Expected a parent outside the unit, but it is the unit itself or below it",
                pointer="/parent",
            )
        above = parent.parent


async def save_post(command: SavePost, uow: UnitOfWork) -> dict[str, Any]:
    """Make or change a post. Raises ``Invalid`` for an unfit key."""
    if not _POST_KEY.fullmatch(command.post):
        raise _unfit(
            "/post",
            "小写字母、数字、连字符，且以字母开头",
            "small letters, digits and hyphens, beginning with a letter",
        )
    check_name(command.name_zh, "/name_zh")
    check_name(command.name_en, "/name_en")
    content = {"name_zh": command.name_zh, "name_en": command.name_en}
    await Post.update_or_create(key=command.post, defaults=content)
    uow.record("post_saved", {"post": command.post, **content}, actor=command.actor.id)
    return {"post": command.post}


async def save_account(command: SaveAccount, uow: UnitOfWork) -> dict[str, Any]:
    """Make or change an account; its id. Raises ``Invalid`` for an unfit username."""
    check_username(command.username)
    check_name(command.name, "/name")
    account, _ = await Account.update_or_create(
        username_key=username_key(command.username),
        defaults={"username": command.username, "name": command.name, "is_disabled": command.is_disabled},
    )
    # Names of persons stay out of the chain, which cannot forget.
    uow.record("account_saved", {"account": account.id, "is_disabled": command.is_disabled}, actor=command.actor.id)
    return {"id": account.id}


async def assign_posts(command: AssignPosts, uow: UnitOfWork) -> dict[str, Any]:
    """Replace the posts of an account. Raises ``NotFound`` for the account, ``Invalid`` for a post or unit."""
    account = await account_named(command.username)
    await _check_known(command.posts)
    await Membership.filter(account=account.id).delete()
    for held in command.posts:
        await Membership.create(account=account.id, **asdict(held))
    uow.record(
        "posts_assigned",
        {"account": account.id, "posts": [asdict(held) for held in command.posts]},
        actor=command.actor.id,
    )
    return {"id": account.id}


async def account_named(username: str) -> Account:
    """The account with this username, within the unit of work. Raises ``NotFound``."""
    account = await Account.get_or_none(username_key=username_key(username))
    if account is None:
        raise NotFound("account_unknown", "没有这个账号", "There is no account with this username", pointer="/username")
    return account


async def _check_known(posts: Iterable[PostHeld]) -> None:
    for number, held in enumerate(posts):
        await _check_one(Post, "post", held.post, f"/posts/{number}/post")
        if held.unit is not None:
            await _check_one(Unit, "unit", held.unit, f"/posts/{number}/unit")
        if held.valid_from and held.valid_until and held.valid_from >= held.valid_until:
            raise Invalid(
                "period_empty",
                "任期的结束时间应晚于开始时间",
                "Expected the period to end after it begins",
                pointer=f"/posts/{number}/valid_until",
            )


async def _check_one(model: type[Model], kind: str, key: str, pointer: str) -> None:
    if not await model.exists(pk=key):
        raise _missing(kind, key, pointer)


_KINDS_ZH = {"unit": "单位", "post": "岗位"}


def _missing(kind: str, key: str, pointer: str) -> Invalid:
    return Invalid(
        f"{kind}_unknown", f"没有编码为 {key} 的{_KINDS_ZH[kind]}", f"There is no {kind} named {key}", pointer=pointer
    )


def _unfit(pointer: str, alphabet_zh: str, alphabet_en: str) -> Invalid:
    return Invalid("key_unfit", f"应为 1 到 32 个{alphabet_zh}", f"Expected 1 to 32 {alphabet_en}", pointer=pointer)


ORGANISATION_HANDLERS: ConfigurationHandlers = {
    SaveUnit: save_unit,
    SavePost: save_post,
    SaveAccount: save_account,
    AssignPosts: assign_posts,
}
