"""Who asks: a server-side session, named by a Bearer token or by the browser's cookie, or a program with a key.

A program sends its key as Bearer token or signs each request with it (``api/signatures.py``). Only cookies travel by
themselves, so only they are guarded against other sites: a change needs the session's CSRF token and, where the browser
says where it comes from, one of our own origins.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sanic import Request

from api.ports import Platform
from api.signatures import signed_request
from engine.actors import Actor
from engine.errors import Forbidden, Unauthenticated
from processes.access import KeyHolder, split_token

LONGEST_TOKEN = 512


def cookie_name(*, is_production: bool) -> str:
    """Name of the session cookie; the prefix binds it to this host and to TLS where that is used."""
    return "__Host-guiliu" if is_production else "guiliu"


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Someone signed in, or a program with a key."""

    actor: Actor
    account: int
    #: Kept out of every representation, and so out of logs.
    token: str = field(repr=False)
    csrf: str = field(repr=False)
    #: Name of the program's key; empty for a session.
    api_key: str = ""


@dataclass(frozen=True)
class _Token:
    text: str
    is_cookie: bool


async def caller_of(request: Request, platform: Platform) -> Caller:
    """Who asks. Raises ``Unauthenticated``; the same answer whatever is wrong with the token."""
    if (signed := signed_request(request)) is not None:
        return _program(signed.key, await platform.api_keys.resolve_signed(signed), platform)
    token = _token(request, platform)
    if token is None or len(token.text) > LONGEST_TOKEN:
        raise _not_signed_in()
    if not token.is_cookie and (parts := split_token(token.text)):
        return _program(parts[0], await platform.api_keys.resolve(token.text), platform)
    session = await platform.sessions.resolve(token.text)
    actor = platform.people.actor(session.account) if session else None
    if session is None or actor is None:
        raise _not_signed_in()
    if token.is_cookie and request.method not in ("GET", "HEAD"):
        check_origin(request, platform)
        _check_csrf(request.headers.get("x-csrf-token", ""), session.csrf)
    return Caller(actor=actor, account=session.account, token=token.text, csrf=session.csrf)


async def is_live(caller: Caller, platform: Platform) -> bool:
    """Whether who asked may still be told more."""
    if caller.api_key:
        return await platform.api_keys.is_live(caller.api_key)
    return await platform.sessions.is_live(caller.token)


def _program(key: str, holder: KeyHolder | None, platform: Platform) -> Caller:
    actor = platform.people.limited(holder.account, holder.scopes) if holder else None
    if holder is None or actor is None:
        raise _not_signed_in()
    return Caller(actor=actor, account=holder.account, token="", csrf="", api_key=key)


def _not_signed_in() -> Unauthenticated:
    return Unauthenticated("not_signed_in", "请先登录", "Sign in first")


def check_origin(request: Request, platform: Platform) -> None:
    """Raises ``Forbidden`` when a browser says that another site's page asks."""
    origin = request.headers.get("origin")
    if origin is not None:
        ours = origin in platform.origins if platform.origins else _same_host(origin, request.headers.get("host", ""))
    else:
        ours = request.headers.get("sec-fetch-site", "none") in ("same-origin", "same-site", "none")
    if not ours:
        raise Forbidden(
            "foreign_origin", "拒绝来自其他网站的请求", "Requests from the pages of other sites are refused"
        )


def _same_host(origin: str, host: str) -> bool:
    try:
        return urlsplit(origin).netloc.lower() == host.lower() != ""
    except ValueError:
        return False


def _token(request: Request, platform: Platform) -> _Token | None:
    authorization = request.headers.get("authorization")
    if authorization is not None:
        scheme, _, text = authorization.partition(" ")
        return _Token(text.strip(), is_cookie=False) if scheme.lower() == "bearer" and text.strip() else None
    text = request.cookies.get(cookie_name(is_production=platform.is_production))
    return _Token(text, is_cookie=True) if text else None


def _check_csrf(given: str, expected: str) -> None:
    if not hmac.compare_digest(given.encode(errors="replace"), expected.encode()):
        raise Forbidden(
            "csrf_token_wrong", "X-CSRF-Token 请求头缺失或不符", "The header X-CSRF-Token is missing or wrong"
        )
