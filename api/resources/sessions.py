"""Signing in and out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated

import msgspec

from api.answers import answered
from api.authentication import Caller
from api.resources.me import Me, me
from api.routes import Call, Cookie, Nothing, Reply, Resource, Route
from engine.errors import Unauthenticated

COOKIE_SECONDS = 12 * 60 * 60


class Credentials(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Name and password."""

    username: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    #: Longer ones are refused before any hashing.
    password: Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]


class SessionStarted(msgspec.Struct, frozen=True, kw_only=True):
    """The session just begun: programs send the token as Bearer, browsers the cookie and ``X-CSRF-Token``."""

    token: str
    csrf: str
    expires_at: datetime
    user: Me
    #: Where the event feed ends: what is read from now on shows what lies before, and the stream goes on after it.
    position: str


class CurrentSession(msgspec.Struct, frozen=True, kw_only=True):
    """The session that asks; other sites' pages cannot read it."""

    csrf: str
    user: Me
    #: As when the session began, of this moment.
    position: str


async def sign_in(call: Call[Nothing, Credentials]) -> Reply:
    """Start a session."""
    signed_in = await call.platform.sessions.sign_in(call.body.username, call.body.password, call.peer)
    actor = call.platform.people.actor(signed_in.account)
    if actor is None:
        raise Unauthenticated("sign_in_failed", "用户名或密码不正确", "User name or password is wrong")
    caller = Caller(actor=actor, account=signed_in.account, token=signed_in.token, csrf=signed_in.csrf)
    started = SessionStarted(
        token=signed_in.token,
        csrf=signed_in.csrf,
        expires_at=signed_in.expires_at,
        user=me(call.platform, caller),
        position=str(await call.platform.feed.end()),
    )
    reply = answered(started, status=201)
    return replace(reply, cookies=(Cookie(value=signed_in.token, max_age=COOKIE_SECONDS),))


async def get_session(call: Call[Nothing, None]) -> Reply:
    """Answer what a page that was opened within a session begins with."""
    caller, position = call.signed_in, str(await call.platform.feed.end())
    return answered(CurrentSession(csrf=caller.csrf, user=me(call.platform, caller), position=position))


async def sign_out(call: Call[Nothing, None]) -> Reply:
    """End the session that asks."""
    await call.platform.sessions.sign_out(call.signed_in.token)
    return Reply(status=204, cookies=(Cookie(value="", max_age=0),))


RESOURCE = Resource(
    name="sessions",
    title_zh="登录",
    title_en="Signing in and out",
    routes=(
        Route(
            method="POST",
            path="/sessions",
            handler=sign_in,
            summary_zh="登录",
            summary_en="Sign in",
            status=201,
            answer=SessionStarted,
            tells_secret=True,
            body=Credentials,
            is_open=True,
            refusals=("unauthenticated", "too_many"),
        ),
        Route(
            method="GET",
            path="/sessions",
            handler=get_session,
            summary_zh="本次登录：登录者与 CSRF 令牌",
            summary_en="This session: who is signed in, and the CSRF token",
            answer=CurrentSession,
            tells_secret=True,
        ),
        Route(
            method="DELETE",
            path="/sessions",
            handler=sign_out,
            summary_zh="退出登录",
            summary_en="Sign out",
            status=204,
        ),
    ),
)
