"""Keys of programs: made, rotated and revoked by whoever manages access."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated, Any

import msgspec

from api.answers import answered
from api.commands import carry_out
from api.lists import List, Paging, next_cursor, position, shown_items
from api.pages import page_of
from api.routes import Call, Nothing, Reply, Resource, Route
from engine.jsontext import json_text, json_value
from processes.access import MakeApiKey, Permission, RevokeApiKey, RotateApiKey

Key = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9-]{0,31}$")]


class ApiKeyBegun(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A key to make."""

    key: Key
    #: What for, in words.
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    #: The account that the program acts as; best one of its own.
    username: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    #: Which of the account's permissions the program may use.
    scopes: Annotated[list[Permission], msgspec.Meta(min_length=1, max_length=100)]
    days: Annotated[int, msgspec.Meta(ge=1, le=366)] = 366


class Rotation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For how long the former secret works on beside the new one."""

    overlap_hours: Annotated[int, msgspec.Meta(ge=0, le=168)] = 24


class ApiKeyToken(msgspec.Struct, frozen=True, kw_only=True):
    """The key with its token, which no other answer shows."""

    key: str
    token: str
    ends_at: datetime
    version: int


class ApiKeyShown(msgspec.Struct, frozen=True, kw_only=True):
    """A key; its secret is never shown."""

    key: str
    name: str
    username: str
    scopes: list[str]
    made_at: datetime
    rotated_at: datetime
    ends_at: datetime
    revoked_at: datetime | None


class ApiKeyList(List, frozen=True, kw_only=True):
    """Keys, by name."""

    items: list[ApiKeyShown]
    count: int


async def list_api_keys(call: Call[Paging, None]) -> Reply:
    """Answer every key there ever was."""
    keys = await call.platform.api_keys.all()
    page = await page_of(keys, lambda each: each.key, position(call), call.query.limit)
    items = shown_items(page.items, ApiKeyShown)
    return answered(ApiKeyList(items=items, next=next_cursor(call, page), count=page.count))


async def make_api_key(call: Call[Nothing, ApiKeyBegun]) -> Reply:
    """Make a key."""
    body = call.body
    command = MakeApiKey(
        actor=call.signed_in.actor,
        key=call.key,
        api_key=body.key,
        name=body.name,
        username=body.username,
        scopes=frozenset(body.scopes),
        life=timedelta(days=body.days),
    )
    return await _with_token(call, command)


async def rotate_api_key(call: Call[Nothing, Rotation]) -> Reply:
    """Give a key another secret."""
    command = RotateApiKey(
        actor=call.signed_in.actor,
        key=call.key,
        api_key=call.path["api_key"],
        overlap=timedelta(hours=call.body.overlap_hours),
    )
    return await _with_token(call, command)


async def revoke_api_key(call: Call[Nothing, None]) -> Reply:
    """End a key at once."""
    await carry_out(call, RevokeApiKey(actor=call.signed_in.actor, api_key=call.path["api_key"]))
    return Reply(status=204)


async def _with_token(call: Call[Nothing, Any], command: MakeApiKey | RotateApiKey) -> Reply:
    """The answer with the token, which is added on the way out so that no stored answer holds it."""
    reply = await carry_out(call, command)
    body = {**json_value(reply.body), "token": await call.platform.api_keys.token(command.api_key)}
    return replace(reply, body=json_text(body))


def _route(method: str, path: str, handler: Any, words: tuple[str, str], **further: Any) -> Route:
    return Route(method=method, path=path, handler=handler, summary_zh=words[0], summary_en=words[1], **further)


_MANAGES = {"permission": Permission.ACCESS_MANAGE}

RESOURCE = Resource(
    name="api-keys",
    title_zh="程序密钥",
    title_en="Keys of programs",
    routes=(
        _route("GET", "/api-keys", list_api_keys, ("密钥列表", "Keys"), query=Paging, answer=ApiKeyList, **_MANAGES),
        _route(
            "POST",
            "/api-keys",
            make_api_key,
            ("新建密钥", "Make a key"),
            body=ApiKeyBegun,
            answer=ApiKeyToken,
            tells_secret=True,
            status=201,
            keyed=True,
            refusals=("not_found",),
            **_MANAGES,
        ),
        _route(
            "POST",
            "/api-keys/{api_key}/rotate",
            rotate_api_key,
            ("更换密钥", "Give a key another secret"),
            body=Rotation,
            answer=ApiKeyToken,
            tells_secret=True,
            keyed=True,
            **_MANAGES,
        ),
        _route(
            "DELETE",
            "/api-keys/{api_key}",
            revoke_api_key,
            ("作废密钥", "Revoke a key"),
            status=204,
            **_MANAGES,
        ),
    ),
)
